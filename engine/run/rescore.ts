import { type JournalState, type LoadedPrompt, loadPrompt, type RunStore, requireReferences, totalsOf } from '../../ledger/index.ts';
import type { RunEvent, Score } from '../../protocol/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { createScorer } from '../evaluators/scorer.ts';
import { hashEvaluators } from './plan.ts';
import { readRun } from './resume.ts';

/** Scores a stored run's outputs with the evaluators as they are now: records are added, nothing is called and nothing rewritten. */
export async function rescoreRun(
  { runId, text }: { readonly runId: string; readonly text?: string },
  {
    workspace,
    store,
    today,
    emit,
  }: { readonly workspace: Workspace; readonly store: RunStore; readonly today: string; readonly emit: (event: RunEvent) => void },
): Promise<void> {
  const state = await readRun(store, runId);
  const loaded: LoadedPrompt = await loadPrompt(workspace, state.prompt.promptId, { ...(text === undefined ? {} : { text }), today });
  requireReferences(loaded);
  const { document, facts, files } = loaded;
  const scorer = await createScorer(document.evaluators, facts.evaluatorFiles);
  const evaluators = hashEvaluators(document.evaluators, files);
  const cases = new Map(state.cases.map((each) => [each.id, each]));
  const scores = new Map<string, readonly Score[]>();
  const writer = await store.reopen(runId);
  try {
    const written: Promise<void>[] = [];
    for (const [key, sample] of state.samples) {
      const of = cases.get(sample.key.caseId);
      if (!of || !sample.output) continue;
      const scored = scorer.score(sample, of);
      scores.set(key, scored);
      written.push(writer.append({ type: 'scores', key: sample.key, evaluators, scores: scored }));
    }
    await Promise.all(written);
    const after: JournalState = { ...state, scores };
    const totals = totalsOf(after);
    const message = state.end?.message;
    // An interrupted run stays without an end, so that it can still be resumed.
    if (state.end) await writer.append({ type: 'end', end: state.end.end, totals, ...(message === undefined ? {} : { message }) });
    for (const [key, sample] of state.samples) {
      const scored = scores.get(key);
      if (scored) emit({ type: 'sampleScored', runId, key: sample.key, scores: [...scored] });
    }
    emit({ type: 'runFinished', runId, end: state.end?.end ?? 'interrupted', totals, ...(message === undefined ? {} : { message }) });
  } finally {
    await writer.close();
  }
}
