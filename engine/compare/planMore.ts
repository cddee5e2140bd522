import { type FrozenCase, fingerprintOf } from '../../ledger/index.ts';
import type { ComparedCase, HostRequests, SideInfo, SideRef } from '../../protocol/index.ts';
import type { JsonObject } from '../../safety/index.ts';
import { UserError } from '../../safety/index.ts';
import type { EngineContext } from '../engineContext.ts';
import { tightest } from '../run/plan.ts';
import { createAssessor } from './assessor.ts';
import { buildComparison } from './buildComparison.ts';
import type { PlannedJob } from './job.ts';
import { jobSummary } from './jobSummary.ts';
import { planLive, seedOf } from './sides/liveSide.ts';
import { loadJudged, resolveSide } from './sides/resolveSide.ts';
import { runSide } from './sides/runSide.ts';
import { spentBy } from './spending.ts';

/**
 * Plans five more samples for cases that could not be told. The comparison is computed anew with them under its own id. Only while the
 * prompt is what was compared: other samples would answer another question.
 */
export async function planMore(params: HostRequests['planMore']['params'], engine: EngineContext): Promise<PlannedJob> {
  const folder = engine.folderOf(params.root);
  const { workspace, store } = folder;
  const comparison = await folder.comparisons.read(params.comparisonId);
  const { candidate, promptId } = comparison;
  const ref = promptId === '' ? undefined : liveRef(candidate);
  if (!ref)
    throw new UserError(
      'usage',
      'More samples can be taken only where the new side was run by the comparison. Run a drift review instead.',
    );
  const today = engine.clock.date().toISOString().slice(0, 10);
  const judged = await loadJudged(workspace, promptId, undefined, today);
  const side = await resolveSide(ref, { workspace, store, today, judged });
  if (side.kind !== 'live') throw new Error('a live side was asked for');
  const { loaded } = side.side;
  if (fingerprintOf(loaded.document, loaded.facts).fingerprint !== candidate.fingerprint)
    throw new UserError('conflict', 'The prompt was edited since this comparison. Run the drift review again.', { file: promptId });
  const wanted = new Set(params.caseIds);
  const cases = comparison.cases.filter(({ caseId, fresh }) => wanted.has(caseId) && fresh.length > 0).map(frozen);
  if (!cases.length) throw new UserError('usage', 'None of these cases has new samples to add to.');
  const held = Math.max(...comparison.cases.map(({ fresh }) => fresh.length));
  const plan = await planLive(
    side.side,
    judged,
    {
      cases,
      selection: 'some',
      purpose: 'comparison',
      repeats: MORE_SAMPLES,
      seed: seedOf(comparison.seed, comparison.id, 'more', held),
      concurrency: undefined,
      cache: false,
      budget: tightest(judged.config.budgets.run),
      sandboxUrl: params.sandboxUrl,
    },
    { ...folder, interactive: engine.interactive, date: engine.clock.date, catalog: engine.catalog },
  );
  const summary = jobSummary({
    judged,
    plans: [plan],
    cases: cases.length,
    repeats: MORE_SAMPLES,
    atMostMore: 0,
    models: [candidate.model],
  });
  return {
    summary,
    run: async (job) => {
      const started = engine.clock.now();
      const assessor = await createAssessor(judged);
      const state = await job.take(plan, 'secondLook');
      if (job.signal.aborted) return { end: 'cancelled', message: 'Cancelled; the comparison is as it was.' };
      job.computing();
      const more = await runSide([state], assessor, workspace, today, {
        kind: candidate.kind,
        label: candidate.label,
        named: candidate.named,
        model: candidate.model,
      });
      const spent = spentBy([state], engine.clock.now() - started);
      const next = buildComparison({
        ...comparison,
        assessor: { ...assessor, evaluators: comparison.evaluators, reading: comparison.reading },
        candidate: { ...candidate, runIds: [...candidate.runIds, state.header.runId] },
        pairs: comparison.cases.map((one) => ({
          of: frozen(one),
          approved: one.approved,
          fresh: [...one.fresh, ...(more.cases.get(one.caseId)?.samples ?? [])],
          failures: one.failures + (more.cases.get(one.caseId)?.failures ?? 0),
        })),
        screen: comparison.design.confirm > 0 ? comparison.design.screen : null,
        later: { confirm: comparison.design.confirm, third: comparison.design.third ?? 0 },
        spent: {
          calls: comparison.spent.calls + spent.calls,
          usd: comparison.spent.usd + spent.usd,
          unpriced: comparison.spent.unpriced + spent.unpriced,
          ms: comparison.spent.ms + spent.ms,
        },
        notes: [...new Set([...comparison.notes, MORE_NOTE])],
      });
      await folder.comparisons.save(next);
      return { end: 'finished', comparisonId: next.id };
    },
  };
}

/** New samples a case that are taken at a person's word. */
const MORE_SAMPLES = 5;

/** The side that was run, to be run again; undefined for one that was read. */
function liveRef({ kind, named, label, model }: SideInfo): SideRef | undefined {
  // Comparisons of before have a revision in the label alone.
  const name = named ?? label.split(' ')[0] ?? '';
  if (kind === 'workingCopy') return { kind, model };
  if (kind === 'git') return { kind, ref: name, model };
  if (kind === 'environment') return { kind, environment: name, model };
  return kind === 'release' ? { kind, version: name, model } : undefined;
}

const MORE_NOTE = 'Samples were added for some cases after their first result was seen; their p-values are a little too small.';

function frozen({ caseId, variables, expected }: ComparedCase): FrozenCase {
  return { id: caseId, variables: variables as JsonObject, ...(expected === undefined ? {} : { expected }) };
}
