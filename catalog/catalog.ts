import { MODELS } from './data/models.ts';
import { OTHER_IDS } from './data/otherIds.ts';
import type { ModelFacts, Platform } from './model.ts';
import { nearestNames } from './nearest.ts';
import { type NormalizedModel, normalizeModelName } from './normalizeModelName.ts';

/** Facts about models, looked up by platform and id. Never changed: a refresh makes a new one. */
export interface Catalog {
  readonly models: readonly ModelFacts[];
  readonly get: (platform: Platform, id: string) => ModelFacts | undefined;
  /** Whether the id is known to exist on the platform, with or without dates. */
  readonly knows: (platform: Platform, id: string) => boolean;
}

/** What the catalog says of a name. */
export type FoundModel =
  | { readonly unknown: false; readonly model: ModelFacts; readonly normalized: NormalizedModel }
  | {
      readonly unknown: true;
      readonly normalized: NormalizedModel;
      /** Ids of the same platform that are written alike, nearest first. */
      readonly nearest: readonly string[];
      /** The same model at its maker: its limits hold, its dates and prices do not (Bedrock, Vertex AI and Azure set their own). */
      readonly elsewhere: ModelFacts | undefined;
      /** The platform has this id, only no dates of it were read. */
      readonly exists: boolean;
    };

/** The facts that come with this version. Built on first use. */
export function builtinCatalog(): Catalog {
  builtin ??= createCatalog(MODELS);
  return builtin;
}

/** A catalog of exactly these rows; of two rows for one platform and id the later one counts. */
export function createCatalog(models: readonly ModelFacts[]): Catalog {
  const byKey = new Map<string, ModelFacts>();
  for (const model of models) byKey.set(keyOf(model.platform, model.id), model);
  const mentioned = new Set<string>();
  for (const [platform, ids] of Object.entries(OTHER_IDS)) for (const id of ids ?? []) mentioned.add(`${platform}:${id}`);
  for (const model of byKey.values()) {
    for (const id of [model.replacement, model.aliasOf]) if (id && isModelId(id)) mentioned.add(keyOf(model.platform, id));
  }
  return {
    models: [...byKey.values()],
    get: (platform, id) => byKey.get(keyOf(platform, id)),
    knows: (platform, id) => byKey.has(keyOf(platform, id)) || mentioned.has(keyOf(platform, id)),
  };
}

/** The catalog with rows read later: a row replaces the one of the same platform and id unless it was read on an earlier day. */
export function mergeCatalog(base: Catalog, refreshed: readonly ModelFacts[]): Catalog {
  const kept = refreshed.filter((row) => {
    const old = base.get(row.platform, row.id);
    return old === undefined || old.asOf <= row.asOf;
  });
  return kept.length === 0 ? base : createCatalog([...base.models, ...kept]);
}

/** The facts for a model's name in any spelling. */
export function findModel(name: string, catalog: Catalog): FoundModel {
  const normalized = normalizeModelName(name);
  const { platform, id } = normalized;
  if (platform === undefined) return { unknown: true, normalized, nearest: [], elsewhere: undefined, exists: false };
  const model = catalog.get(platform, id) ?? catalog.get(platform, id.toLowerCase());
  if (model) return { unknown: false, model, normalized };
  const exists = catalog.knows(platform, id);
  const elsewhere = makerOf(platform, id, catalog);
  const ids = catalog.models.filter((row) => row.platform === platform).map((row) => row.id);
  return { unknown: true, normalized, nearest: exists || elsewhere ? [] : nearestNames(id, ids), elsewhere, exists };
}

/** Whether a replacement as the provider names it is one id, so that a fix may write it. */
export function isModelId(text: string): boolean {
  return /^[a-z0-9][a-z0-9.:@_-]*$/i.test(text);
}

let builtin: Catalog | undefined;

function keyOf(platform: Platform, id: string): string {
  return `${platform}:${id}`;
}

/** Whose model a cloud serves under this id. */
function makerOf(platform: Platform, id: string, catalog: Catalog): ModelFacts | undefined {
  if (platform === 'bedrock') return catalog.get('anthropic', id);
  if (platform === 'google-vertex') return catalog.get('anthropic', id) ?? catalog.get('google', id);
  if (platform === 'azure-openai') return catalog.get('openai', id.replace('@', '-').replace('gpt-35', 'gpt-3.5'));
  return undefined;
}
