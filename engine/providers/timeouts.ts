import type { ProviderConfig } from '../../prompts-schema/index.ts';
import type { WireTimeouts } from './guardedFetch.ts';

/** The times of evenkeel.yml that are said; the others keep their defaults. */
export function timeoutsOf(config: ProviderConfig | undefined): Partial<WireTimeouts> {
  return Object.fromEntries(Object.entries(config?.timeouts ?? {}).filter(([, ms]) => ms !== undefined));
}
