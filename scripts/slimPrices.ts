import fs from 'node:fs';
import { findProvider, type Provider } from '@pydantic/genai-prices';
import type { Plugin } from 'esbuild';
import { PRICE_PROVIDERS } from '../catalog/prices.ts';
import { UserError } from '../safety/index.ts';

/**
 * Bundles @pydantic/genai-prices with the providers alone that the catalog asks for, and of their models what a price is made of. Its whole table is
 * more than half a megabyte in each of three bundles.
 */
export const slimPrices: Plugin = {
  name: 'slim-prices',
  setup: (build) => {
    build.onLoad({ filter: /genai-prices[\\/]dist[\\/]index\.js$/ }, ({ path }) => ({
      contents: withProviders(fs.readFileSync(path, 'utf8'), neededProviders()),
      loader: 'js',
    }));
  },
};

/** The module with other providers in its table, which is the list that it begins with. */
export function withProviders(module: string, providers: readonly Provider[]): string {
  const table = /^const \w+ = (\[\n[\s\S]*?\n\])/.exec(module);
  if (!table?.[1]?.includes('api_pattern:'))
    throw new UserError(
      'configuration',
      'The build of @pydantic/genai-prices does not begin with its table any more: look at scripts/slimPrices.ts.',
    );
  return module.replace(table[1], () => JSON.stringify(providers));
}

/** The providers of the catalog's platforms and those that they fall back on. */
export function neededProviders(): readonly Provider[] {
  const found = new Map<string, Provider>();
  const waiting = Object.values(PRICE_PROVIDERS);
  for (const id of waiting) {
    if (found.has(id)) continue;
    const provider = findProvider({ providerId: id });
    if (!provider) throw new UserError('configuration', `@pydantic/genai-prices knows no provider \`${id}\`: look at catalog/prices.ts.`);
    found.set(id, slim(provider));
    waiting.push(...(provider.fallback_model_providers ?? []));
  }
  return [...found.values()];
}

function slim({ id, name, api_pattern, provider_match, fallback_model_providers, models }: Provider): Provider {
  return {
    id,
    name,
    api_pattern,
    ...(provider_match ? { provider_match } : {}),
    ...(fallback_model_providers ? { fallback_model_providers } : {}),
    models: models.map(({ id, match, prices }) => ({ id, match, prices })),
  };
}
