import type { Sandbox } from '../../sandbox/index.ts';
import type { Provider } from './provider.ts';
import type { ResolvedModel } from './resolveModel.ts';

/** What a provider's file needs to open a provider for one run. */
export interface ProviderSettings {
  readonly resolved: ResolvedModel;
  /** The key bound to this provider and origin; undefined where none is sent. */
  readonly key: string | undefined;
  readonly redact: (text: string) => string;
  /** The sandbox in the process, made at the first need. */
  readonly sandbox: () => Promise<Sandbox>;
}

/** A provider with connections to close after the run. */
export interface OpenProvider extends Provider {
  readonly close: () => void;
}
