import { type FrozenCase, isAskedOf } from '../../ledger/index.ts';
import { LIKELY_OUTPUT_TOKENS } from '../../prompts-schema/index.ts';
import { type SampleKey, sampleKeyText } from '../../protocol/index.ts';
import { type AnswerCache, cacheKey } from './cache.ts';
import type { PlannedModel } from './plan.ts';
import { count } from './planNotes.ts';

/** What is estimated. */
export interface EstimateInput {
  readonly models: readonly PlannedModel[];
  readonly cases: readonly FrozenCase[];
  readonly repeats: number;
  /** Of a continuation: the samples that are left. */
  readonly only: readonly SampleKey[] | undefined;
  /** Undefined where no stored answer is used. */
  readonly cache: AnswerCache | undefined;
}

/** What a run would cost, and what rendering it found. */
export interface Estimate {
  readonly calls: number;
  readonly fromCache: number;
  readonly cost: number | undefined;
  readonly worstCost: number | undefined;
  readonly pricesAsOf: string | undefined;
  readonly notes: readonly string[];
}

/** Renders every request once and looks the cache up. Nothing of the requests is kept. */
export async function estimateRun({ models, cases, repeats, only, cache }: EstimateInput): Promise<Estimate> {
  const wanted = only && new Set(only.map(sampleKeyText));
  const lacking = new Map<string, number>();
  const keys: string[] = [];
  let cost: number | undefined = 0;
  let worstCost: number | undefined = 0;
  let pricesAsOf: string | undefined;
  const perKey: { readonly key: string; readonly cost: number; readonly worst: number }[] = [];
  for (const { resolved, builder, pricer } of models) {
    if (pricer.asOf === undefined) cost = worstCost = undefined;
    else pricesAsOf = pricer.asOf;
    for (const { id, variables, ...of } of cases) {
      if (of.refused !== undefined || !isAskedOf(of, resolved.name)) continue;
      const built = builder.build(variables);
      for (const name of built.missing) lacking.set(name, (lacking.get(name) ?? 0) + 1);
      const likely =
        pricer.costOf({ inputTokens: built.inputTokens, outputTokens: Math.min(builder.maxOutputTokens, LIKELY_OUTPUT_TOKENS) })?.usd ?? 0;
      const worst = pricer.costOf({ inputTokens: built.mostInputTokens, outputTokens: builder.maxOutputTokens })?.usd ?? 0;
      for (let repeat = 0; repeat < repeats; repeat++) {
        if (wanted && !wanted.has(sampleKeyText({ caseId: id, model: resolved.name, repeat }))) continue;
        const key = cacheKey(built.hash, repeat);
        keys.push(key);
        perKey.push({ key, cost: likely, worst });
      }
    }
  }
  const cached = cache ? await cache.known(keys) : new Set<string>();
  let fromCache = 0;
  for (const { key, cost: likely, worst } of perKey) {
    if (cached.has(key)) fromCache++;
    else if (cost !== undefined && worstCost !== undefined) {
      cost += likely;
      worstCost += worst;
    }
  }
  const sent = models.every(({ builder }) => builder.keepsPlaceholders) ? 'it is sent as written' : 'nothing stands in its place';
  const notes = [...lacking].map(
    ([name, times]) =>
      `${times === cases.length * models.length ? 'No case has' : `${count(Math.ceil(times / models.length))} of ${count(cases.length)} cases lack`} a value for {{${name}}}; ${sent}.`,
  );
  return { calls: keys.length - fromCache, fromCache, cost, worstCost, pricesAsOf, notes };
}
