import { mergeTested, type TestedWith } from '../../prompts-schema/index.ts';
import { type RunHeader, RunTally, type RunTotals } from '../../protocol/index.ts';
import type { RunListing, RunStore } from '../runs/record.ts';
import { eventsOf } from '../runs/runState.ts';
import { testedOf } from './testedOf.ts';

/** What the stored evals say that a prompt at this fingerprint was tested with: of each model its newest finished run over all cases. */
export async function testedByRuns(
  store: Pick<RunStore, 'list' | 'read'>,
  promptId: string,
  fingerprint: string,
): Promise<readonly TestedWith[]> {
  const found = new Map<string, TestedWith>();
  for (const listing of await store.list(promptId)) {
    if (!isTest(listing, fingerprint)) continue;
    const models = listing.header.models.filter((model) => !found.has(model));
    if (!models.length) continue;
    const totals = await totalsByModel(store, listing, models);
    for (const [model, of] of totals) found.set(model, ofRun(listing.header, model, of));
  }
  return mergeTested([...found.values()], []);
}

function isTest({ header, end }: RunListing, fingerprint: string): boolean {
  return header.purpose === undefined && header.selection === 'all' && header.fingerprint === fingerprint && end === 'finished';
}

/** A run of one model says it in its totals; one of several is counted anew, model by model. */
async function totalsByModel(
  store: Pick<RunStore, 'read'>,
  { header, totals }: RunListing,
  models: readonly string[],
): Promise<ReadonlyMap<string, RunTotals>> {
  const [only] = header.models;
  if (header.models.length === 1 && only !== undefined) return new Map([[only, totals]]);
  const state = await store.read(header.runId);
  if (!state) return new Map();
  const tallies = new Map(models.map((model) => [model, new RunTally()]));
  for (const event of eventsOf(state)) {
    const key = event.type === 'sampleFinished' ? event.sample.key : 'key' in event ? event.key : undefined;
    for (const [model, tally] of tallies) if (!key || key.model === model) tally.apply(event);
  }
  return new Map([...tallies].map(([model, tally]) => [model, tally.totals()]));
}

function ofRun({ runId, startedAt, dataset }: RunHeader, model: string, { cases, passed, failed }: RunTotals): TestedWith {
  const on = startedAt.slice(0, 10);
  return testedOf({ model, dataset: dataset?.fingerprint, cases, passed, scored: passed + failed, run: runId, how: 'eval', on });
}
