import type { JournalState, RunStore } from '../../../ledger/index.ts';
import { UserError } from '../../../safety/index.ts';
import { readRun } from '../../run/resume.ts';

/** The stored run that a person names: an id, `latest`, `previous`, or a day (`2026-11-21`, in UTC: its last run). */
export async function namedRun(store: RunStore, promptId: string, name: string): Promise<JournalState> {
  if (!RELATIVE.test(name)) {
    const state = await readRun(store, name);
    if (state.header.promptId !== promptId)
      throw new UserError('usage', `The run ${name} is of ${state.header.promptId}, not of ${promptId}. Name a run of this prompt.`);
    return state;
  }
  const runs = (await store.list(promptId))
    .filter(({ header, totals }) => header.selection !== 'adHoc' && header.purpose === undefined && totals.cases > 0)
    .sort((a, b) => (a.header.startedAt < b.header.startedAt ? 1 : -1)); // ids tell no more than the second
  const found = name === 'latest' ? runs[0] : name === 'previous' ? runs[1] : runs.find(({ header }) => header.startedAt.startsWith(name));
  if (found) return readRun(store, found.header.runId);
  const next = runs.length ? `There is a run of ${runs[0]?.header.startedAt.slice(0, 10)}.` : 'Run an eval first.';
  throw new UserError('usage', `There is no stored run “${name}” of this prompt. ${next}`, { file: promptId });
}

const RELATIVE = /^(latest|previous|\d{4}-\d{2}-\d{2})$/;
