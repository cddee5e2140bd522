import type { ProviderConfig } from '../../prompts-schema/index.ts';
import type { OpenProvider, ProviderSettings } from './providerSettings.ts';

/** Opens the provider of a resolved model; its file, and later its SDK, are loaded only now. */
export async function openProvider(settings: ProviderSettings): Promise<OpenProvider> {
  const { open } = await FILES[settings.resolved.kind]();
  return open(settings);
}

/** One file a kind; a kind without a file does not compile. */
const FILES: Readonly<Record<ProviderConfig['kind'], () => Promise<{ readonly open: (settings: ProviderSettings) => OpenProvider }>>> = {
  openai: () => import('./openai.ts'),
  anthropic: () => import('./anthropic.ts'),
  'openai-compatible': () => import('./openaiCompatible.ts'),
  sandbox: () => import('./sandbox.ts'),
};
