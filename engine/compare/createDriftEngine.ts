import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  fingerprintOf,
  loadPrompt,
  newRunId,
  pruneBaseline,
  readBaselines,
  readComparisonFile,
  summarizeBaseline,
} from '../../ledger/index.ts';
import {
  type BaselineSummary,
  type BoundKey,
  CaptureRequest,
  CompareRequest,
  type Comparison,
  RecordedRequest,
} from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { errorCode } from '../../workspace/index.ts';
import type { EngineContext } from '../engineContext.ts';
import { createPlanShelf } from '../planShelf.ts';
import { planCapture } from './capture/planCapture.ts';
import { planDaily } from './daily/planDaily.ts';
import type { DriftEngine, StartedJob } from './driftEngine.ts';
import { type JobEnd, jobContext, type PlannedJob } from './job.ts';
import { planCompare } from './planCompare.ts';
import { planMore } from './planMore.ts';
import { compareRecorded } from './recorded/compareRecorded.ts';
import { markdownReport } from './report/markdown.ts';
import { workingPoints } from './since/workingPoints.ts';
import { caseComparison } from './view/caseComparison.ts';
import { caseTexts } from './view/caseTexts.ts';
import { comparisonView, type StateOf } from './view/comparisonView.ts';

/** Comparisons, captures and reviews over the engine's runs; front ends ask here and nowhere else. */
export function createDriftEngine(engine: EngineContext): DriftEngine {
  const plans = createPlanShelf<PlannedJob>();
  const { folderOf } = engine;

  const startCompare: DriftEngine['startCompare'] = (planId, keys, onEvent, signal = new AbortController().signal) =>
    plans.use(planId, async (planned): Promise<StartedJob> => {
      const jobId = newRunId(engine.clock.date(), engine.random);
      const job = jobContext(engine, jobId, keys as readonly BoundKey[], onEvent, signal);
      const finished = planned
        .run(job)
        .catch((error: unknown): JobEnd => failedJob(error))
        .then((end) => onEvent({ type: 'compareFinished', jobId, ...end }));
      return { jobId, finished };
    });

  /** The comparison with the state of every case's review. */
  const withStates = async (
    root: string,
    comparisonId: string,
  ): Promise<{ readonly comparison: Comparison; readonly stateOf: StateOf }> => {
    const { comparisons, reviews } = folderOf(root);
    const comparison = await comparisons.read(comparisonId);
    const lookup = await reviews.lookup(comparison.promptId);
    const { model } = comparison.candidate;
    return { comparison, stateOf: (caseId, change) => lookup({ caseId, change, model, comparison: comparisonId }) };
  };

  return {
    planCompare: async (params) => plans.keep(await planCompare(CompareRequest.parse(params), engine)),
    planCapture: async (params) => plans.keep(await planCapture(CaptureRequest.parse(params), engine)),
    planMore: async (params) => plans.keep(await planMore(params, engine)),
    planDaily: async (request) => plans.keep(await planDaily(request, engine)),
    startCompare,
    workingPoints: (params) => workingPoints(params, engine),
    compareRecorded: (params) => compareRecorded(RecordedRequest.parse(params), engine),
    openReport: async ({ root, path }) => {
      const comparison = readComparisonFile(await readReport(path), basename(path));
      await folderOf(root).comparisons.save(comparison);
      return { comparisonId: comparison.id };
    },
    comparisons: ({ root, promptId }) => folderOf(root).comparisons.list(promptId),
    comparison: async ({ root, comparisonId }) => {
      const { comparison, stateOf } = await withStates(root, comparisonId);
      return comparisonView(comparison, stateOf);
    },
    comparisonCase: async ({ root, comparisonId, caseId, ...shown }) => {
      const { comparison, stateOf } = await withStates(root, comparisonId);
      return caseComparison(comparison, caseId, stateOf, shown);
    },
    comparisonTexts: async ({ root, comparisonId, caseIds, ...shown }) => {
      const comparison = await folderOf(root).comparisons.read(comparisonId);
      return caseTexts(comparison, caseIds, shown);
    },
    review: async ({ root, comparisonId, action, scope, reason }) => {
      const { comparisons, reviews } = folderOf(root);
      return reviews.apply(await comparisons.read(comparisonId), action, scope, reason);
    },
    undoReview: async ({ root, comparisonId }) => {
      const { comparisons, reviews } = folderOf(root);
      return reviews.undo(await comparisons.read(comparisonId));
    },
    dropComparison: async ({ root, comparisonId }) => {
      await folderOf(root).comparisons.drop(comparisonId);
      return null;
    },
    exportReport: async ({ root, comparisonId, format }) => {
      const { comparison, stateOf } = await withStates(root, comparisonId);
      return { text: format === 'json' ? `${JSON.stringify(comparison)}\n` : markdownReport(comparison, stateOf) };
    },
    baselines: async ({ root, promptId, text }): Promise<readonly BaselineSummary[]> => {
      const { workspace } = folderOf(root);
      const loaded = await loadPrompt(workspace, promptId, text === undefined ? {} : { text });
      const { fingerprint } = fingerprintOf(loaded.document, loaded.facts);
      return (await readBaselines(workspace, promptId, { fingerprint })).map((stored) => summarizeBaseline(stored, promptId, loaded.cases));
    },
    pruneBaselines: async ({ root, promptId }) => {
      const { workspace } = folderOf(root);
      const { cases } = await loadPrompt(workspace, promptId);
      return { removed: await pruneBaseline(workspace, promptId, cases) };
    },
  };
}

/** What a person can mend is said as it is; anything else is said to be a bug, and told on the error stream too. */
function failedJob(error: unknown): JobEnd {
  if (error instanceof UserError) return { end: error.code === 'cancelled' ? 'cancelled' : 'failed', message: error.located };
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return { end: 'failed', message: `Internal error: ${error instanceof Error ? error.message : String(error)}` };
}

/** A report file that a person chose, wherever it is. */
async function readReport(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UserError('usage', `${basename(path)} cannot be read (${errorCode(error) || String(error)}).`);
  }
}
