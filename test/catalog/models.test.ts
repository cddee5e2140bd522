import { readFileSync } from 'node:fs';
import { calcPrice, findProvider } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { builtinCatalog } from '../../catalog/index.ts';
import { MODELS } from '../../catalog/data/models.ts';
import { OTHER_IDS } from '../../catalog/data/otherIds.ts';
import { PRICES_VERSION } from '../../catalog/prices.ts';

const day = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);

const modelSchema = z.strictObject({
  platform: z.enum(['openai', 'anthropic', 'google', 'google-vertex', 'bedrock', 'azure-openai', 'xai', 'mistral', 'sandbox']),
  id: z.string().regex(/^[a-z0-9][a-z0-9.@-]*$/),
  kind: z.enum(['snapshot', 'alias', 'rolling-alias', 'preview', 'stable']),
  family: z.string().min(2),
  aliasOf: z.string().optional(),
  released: day.nullable(),
  deprecatedOn: day.nullable(),
  retiresOn: day.nullable(),
  retirementKind: z.enum(['exact', 'notSoonerThan']).nullable(),
  replacement: z.string().min(1).nullable(),
  afterRetirement: z.union([z.literal('error'), z.literal('unknown'), z.string().regex(/^reroute:[a-z0-9.-]+$/)]),
  contextWindow: z.int().positive().optional(),
  maxOutputTokens: z.int().positive().optional(),
  asOf: day,
  source: z.union([z.url({ protocol: /^https$/ }), z.literal('local')]),
  via: z.url({ protocol: /^https$/ }).optional(),
  confidence: z.enum(['official', 'relayed', 'inferred', 'unverified']),
  note: z.string().regex(/\.$/).optional(),
});

const PRICE_PROVIDERS: Readonly<Record<string, string>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'google',
  'google-vertex': 'google',
  xai: 'x-ai',
  mistral: 'mistral',
  'azure-openai': 'azure',
};

describe('the model data', () => {
  it('follows its schema in every row', () => {
    const wrong = MODELS.flatMap((row) => {
      const read = modelSchema.safeParse(row);
      return read.success ? [] : [`${row.platform}:${row.id}: ${read.error.issues.map((issue) => `${issue.path} ${issue.message}`)}`];
    });
    expect(wrong).toEqual([]);
  });

  it('names each model of a platform once', () => {
    const keys = MODELS.map((row) => `${row.platform}:${row.id}`);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it('has days that follow each other and a kind for every retirement', () => {
    const wrong = MODELS.filter(
      ({ released, deprecatedOn, retiresOn, retirementKind }) =>
        (retiresOn === null) !== (retirementKind === null) ||
        (released && retiresOn && released >= retiresOn) ||
        (deprecatedOn && retiresOn && deprecatedOn >= retiresOn) ||
        (released && deprecatedOn && released >= deprecatedOn),
    );
    expect(wrong).toEqual([]);
  });

  it('points aliases and rerouted calls at rows that exist', () => {
    const catalog = builtinCatalog();
    const loose = MODELS.flatMap((row) => [
      ...(row.aliasOf && !catalog.get(row.platform, row.aliasOf) ? [`${row.id} → ${row.aliasOf}`] : []),
      ...(row.afterRetirement.startsWith('reroute:') && !catalog.get(row.platform, row.afterRetirement.slice(8)) ? [row.id] : []),
    ]);
    expect(loose).toEqual([]);
  });

  it('has the context windows of the price package, and its release', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../node_modules/@pydantic/genai-prices/package.json', import.meta.url), 'utf8'));
    expect(manifest.version).toBe(PRICES_VERSION);
    const differs = MODELS.filter(({ platform, id, contextWindow }) => {
      const providerId = PRICE_PROVIDERS[platform];
      if (contextWindow === undefined || providerId === undefined) return false;
      return calcPrice({}, id, { providerId })?.model.context_window !== contextWindow;
    });
    expect(differs.map((row) => row.id)).toEqual([]);
  });

  it('calls an id known without dates only where the price package has it', () => {
    const loose = Object.entries(OTHER_IDS).flatMap(([platform, ids]) => {
      const known = new Set(findProvider({ providerId: PRICE_PROVIDERS[platform] ?? '' })?.models.map(({ id }) => id));
      return (ids ?? []).filter((id) => !known.has(id));
    });
    expect(loose).toEqual([]);
  });
});
