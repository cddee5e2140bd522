import type { BoundKey, KeyNeed } from '../protocol/index.ts';
import { UserError } from '../safety/index.ts';

/**
 * The keys that a command line finds in its environment. An environment key belongs to the provider's own origin; to any other it goes only
 * when that origin is allowed by name (`--allow-origin`). Throws a UserError for the first key that is required and missing.
 */
export function keysFromEnvironment(
  needs: readonly KeyNeed[],
  env: Readonly<Record<string, string | undefined>>,
  { allowOrigins = [] }: { readonly allowOrigins?: readonly string[] } = {},
): readonly BoundKey[] {
  return needs.flatMap(({ provider, origin, isDefaultOrigin, envName, required }) => {
    const key = env[envName]?.trim();
    const allowed = isDefaultOrigin || allowOrigins.includes(origin);
    if (key && allowed) return [{ provider, origin, key }];
    if (!required) return [];
    throw new UserError(
      'configuration',
      key
        ? `evenkeel.yml would send the key in ${envName} to ${origin}, an address that nobody has allowed. If it is right, allow it with --allow-origin ${origin}.`
        : `No key for ${origin}. Set ${envName} in the environment.`,
    );
  });
}

/** The key for exactly this provider at exactly this origin; a key for another origin of the same provider is none. */
export function boundKey(keys: readonly BoundKey[], provider: string, origin: string): string | undefined {
  return keys.find((key) => key.provider === provider && key.origin === origin)?.key;
}

/** Throws a UserError for the first required key that is not there. */
export function requireKeys(needs: readonly KeyNeed[], keys: readonly BoundKey[]): void {
  for (const { provider, origin, required, envName } of needs)
    if (required && !boundKey(keys, provider, origin))
      throw new UserError('configuration', `No key for ${origin}. Set it with “Evenkeel: Set API Key…” or ${envName}.`);
}
