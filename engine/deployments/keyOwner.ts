import type { KeyNeed } from '../../protocol/index.ts';

/**
 * Whom a key of an environment belongs to, in the place of a provider's name: `environment:canary`, and with a part for sources that need two,
 * `environment:eu#secretKey`. Percent-encoded, so that no name of an environment reads like a part.
 */
export function keyOwner(environment: string, part?: 'publicKey' | 'secretKey'): string {
  return `environment:${encodeURIComponent(environment)}${part === undefined ? '' : `#${part}`}`;
}

/** What to do where a key is missing. */
export function noKey({ origin, envName }: KeyNeed): string {
  return `No key for ${origin}. Set it with “Evenkeel: Set Deployment Key…” or ${envName}.`;
}
