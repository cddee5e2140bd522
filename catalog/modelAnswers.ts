import { type Catalog, isModelId, mergeCatalog } from './catalog.ts';
import type { ModelFacts, ModelKind } from './model.ts';

/** Providers that tell about their models when asked with a key of theirs. */
export type AskedPlatform = 'openai' | 'anthropic' | 'google';

/** What a provider told of one model. What is undefined was not told; `null` says that there is no such day. Days are `YYYY-MM-DD`. */
export interface ModelAnswer {
  readonly id: string;
  readonly released?: string | undefined;
  readonly deprecatedOn?: string | null | undefined;
  readonly retiresOn?: string | null | undefined;
  /** Tokens. */
  readonly contextWindow?: number | undefined;
  /** Tokens. */
  readonly maxOutputTokens?: number | undefined;
}

/** What a provider told of its models on a day. A model that is not among them may exist: an account does not see all. */
export interface ModelAnswers {
  readonly platform: AskedPlatform;
  /** The day it was told, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** The address that told it. */
  readonly source: string;
  readonly models: readonly ModelAnswer[];
}

/**
 * The catalog with what providers told later than its own rows were read. Days that they told replace those of the catalog, also for an
 * alias of the model; a promised minimum stays where no day was told.
 */
export function withModelAnswers(base: Catalog, answers: readonly ModelAnswers[]): Catalog {
  return answers.reduce(
    (catalog, told) =>
      mergeCatalog(
        catalog,
        told.models.flatMap((model) => rowsOf(model, told, catalog)),
      ),
    base,
  );
}

function rowsOf(answer: ModelAnswer, told: ModelAnswers, catalog: Catalog): readonly ModelFacts[] {
  const { platform } = told;
  if (!isModelId(answer.id)) return [];
  const aliases = catalog.models.filter(
    (row) => row.platform === platform && row.aliasOf === answer.id && !told.models.some(({ id }) => id === row.id),
  );
  const known = catalog.get(platform, answer.id);
  return [known ? updated(known, answer, told) : added(answer, told), ...aliases.map((row) => updated(row, answer, told))];
}

function updated(
  known: ModelFacts,
  { deprecatedOn, retiresOn, contextWindow, maxOutputTokens }: ModelAnswer,
  told: ModelAnswers,
): ModelFacts {
  const row = {
    ...known,
    ...(contextWindow === undefined ? {} : { contextWindow }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
  };
  if (deprecatedOn === undefined && retiresOn === undefined) return row;
  const { via: _relayed, ...read } = row;
  return {
    ...read,
    ...(deprecatedOn === undefined ? {} : { deprecatedOn }),
    ...retirement(retiresOn, known),
    asOf: told.asOf,
    source: told.source,
    confidence: 'official',
  };
}

function retirement(retiresOn: string | null | undefined, known: ModelFacts): Pick<ModelFacts, 'retiresOn' | 'retirementKind'> | undefined {
  if (typeof retiresOn === 'string') return { retiresOn, retirementKind: 'exact' };
  return retiresOn === undefined || known.retirementKind === 'notSoonerThan' ? undefined : { retiresOn: null, retirementKind: null };
}

function added({ id, released, deprecatedOn, retiresOn, contextWindow, maxOutputTokens }: ModelAnswer, told: ModelAnswers): ModelFacts {
  return {
    platform: told.platform,
    id,
    kind: kindOf(id, told.platform),
    family: id.replace(DATED, ''),
    released: released ?? null,
    deprecatedOn: deprecatedOn ?? null,
    retiresOn: retiresOn ?? null,
    retirementKind: retiresOn ? 'exact' : null,
    replacement: null,
    afterRetirement: 'unknown',
    ...(contextWindow === undefined ? {} : { contextWindow }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    asOf: told.asOf,
    source: told.source,
    confidence: 'official',
  };
}

/** How ids of snapshots end: `-2025-08-07`, `-20250929`. */
const DATED = /-\d{4}-?\d{2}-?\d{2}$/;

function kindOf(id: string, platform: AskedPlatform): ModelKind {
  if (id.endsWith('-latest')) return 'rolling-alias';
  if (platform === 'google') return /preview|-exp/.test(id) ? 'preview' : 'stable';
  return DATED.test(id) ? 'snapshot' : 'alias';
}
