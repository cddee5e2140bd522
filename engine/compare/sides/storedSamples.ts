import type { FrozenCase, JournalState, RunListing, RunStore } from '../../../ledger/index.ts';
import { sampleKeyText } from '../../../protocol/index.ts';
import type { Plan } from '../../run/plan.ts';

/** Answers that stored runs have of exactly the requests of a plan: one a case. */
export interface StoredSamples {
  /** The runs, newest first, each cut to the cases that are taken from it. */
  readonly states: readonly JournalState[];
  /** Cases that have to be asked. */
  readonly left: readonly FrozenCase[];
}

/**
 * Looks for answers of one model in finished evals and comparisons of the same fingerprint. An answer counts where its rendered request is the
 * same to the byte, at the same origin; `since` (ms since 1970): only answers that are not older.
 */
export async function storedSamples(plan: Plan, store: RunStore, since = Number.NEGATIVE_INFINITY): Promise<StoredSamples> {
  const [model] = plan.models;
  const listings = (await store.list(plan.header.promptId)).filter((run) => mayHold(run, plan, since)).sort(newestFirst);
  const wanted = new Map(
    listings.length && model ? plan.cases.map((of) => [of.id, { of, hash: model.builder.build(of.variables).hash }]) : [],
  );
  const states: JournalState[] = [];
  for (const { header } of listings.slice(0, MOST_RUNS)) {
    if (!wanted.size || !model) break;
    const state = await store.read(header.runId);
    const taken: FrozenCase[] = [];
    for (const { of, hash } of wanted.values()) {
      const sample = state?.samples.get(sampleKeyText({ caseId: of.id, model: model.resolved.name, repeat: 0 }));
      if (!sample?.output || sample.requestHash !== hash || Date.parse(sample.cachedAt ?? header.startedAt) < since) continue;
      wanted.delete(of.id);
      taken.push(of);
    }
    if (state && taken.length) states.push({ ...state, header: { ...state.header, repeats: 1 }, cases: taken });
  }
  const found = new Set(states.flatMap(({ cases }) => cases.map(({ id }) => id)));
  return { states, left: plan.cases.filter(({ id }) => !found.has(id)) };
}

/** Runs that are read at most: an older one would only fill gaps of these. */
const MOST_RUNS = 10;

function mayHold({ header, end }: RunListing, { header: wanted }: Plan, since: number): boolean {
  return (
    end === 'finished' &&
    (header.purpose === undefined || header.purpose === 'comparison') &&
    header.fingerprint === wanted.fingerprint &&
    wanted.models.every((model) => header.models.includes(model)) &&
    Date.parse(header.startedAt) >= since
  );
}

function newestFirst(a: RunListing, b: RunListing): number {
  return a.header.startedAt < b.header.startedAt ? 1 : -1;
}
