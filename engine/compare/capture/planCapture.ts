import {
  type BaselineSource,
  changeBaseline,
  entryFor,
  type FrozenCase,
  fingerprintOf,
  inputsHash,
  type JournalState,
  type LoadedPrompt,
  readBaselines,
  type StoredBaseline,
} from '../../../ledger/index.ts';
import { type CaptureRequest, type Sample, sampleKeyText } from '../../../protocol/index.ts';
import { UserError } from '../../../safety/index.ts';
import type { EngineContext } from '../../engineContext.ts';
import { datasetFingerprint, type Plan, selectCases, tightest } from '../../run/plan.ts';
import { driftSettings } from '../driftSettings.ts';
import type { JobContext, JobEnd, PlannedJob } from '../job.ts';
import { jobSummary } from '../jobSummary.ts';
import { planCompare } from '../planCompare.ts';
import { modelOf, planLive, seedOf } from '../sides/liveSide.ts';
import { loadJudged } from '../sides/resolveSide.ts';
import { leftOf } from '../spending.ts';
import { takeUp } from '../takeUp.ts';
import { type CapturedCase, mergeCaptured } from './mergeCaptured.ts';

/** Plans to capture a baseline, to top one up, or to hold a fresh run against it (A/A). Nothing is sent and nothing is written. */
export async function planCapture(request: CaptureRequest, engine: EngineContext): Promise<PlannedJob> {
  const folder = engine.folderOf(request.root);
  const { workspace } = folder;
  const now = engine.clock.date();
  const today = now.toISOString().slice(0, 10);
  const judged = await loadJudged(workspace, request.promptId, request.text, today);
  const model = modelOf(request.model, judged);
  const seed = request.seed ?? judged.config.defaults.seed;
  if (request.mode === 'check') return planCheck(request, model, seedOf(seed, 'check', today), engine);

  const { fingerprint } = fingerprintOf(judged.document, judged.facts);
  const existing = (await readBaselines(workspace, request.promptId, { fingerprint })).find(({ baseline }) => baseline.model === model);
  if (request.mode === 'topUp' && !existing)
    throw new UserError('configuration', `There is no baseline for ${model} to top up. Capture one first.`, { file: request.promptId });
  const wanted = Math.max(1, Math.floor(request.samples ?? existing?.baseline.wanted ?? driftSettings(judged.document).baseline));
  const { caseIds } = request;
  const cases = selectCases({ promptId: request.promptId, cases: caseIds ? { kind: 'ids', ids: [...caseIds] } : { kind: 'all' } }, judged);
  const lots = request.mode === 'capture' ? [{ cases, repeats: wanted }] : lackingLots(cases, existing, wanted);
  if (!lots.length)
    throw new UserError('usage', `Every case of the baseline for ${model} holds ${wanted} samples already. Nothing to top up.`);
  const side = { kind: 'workingCopy' as const, label: 'working copy', loaded: judged, model };
  const planning = { ...folder, interactive: engine.interactive, date: engine.clock.date, catalog: engine.catalog };
  const plans = await Promise.all(
    lots.map(async (lot) => {
      const settings = {
        ...lot,
        selection: lot.cases.length === judged.cases.length ? ('all' as const) : ('some' as const),
        purpose: 'baseline' as const,
        seed: seedOf(seed, 'baseline', request.mode, request.mode === 'topUp' ? now.toISOString() : today),
        concurrency: request.concurrency,
        cache: false,
        budget: tightest(request.budget, judged.config.budgets.run),
        sandboxUrl: request.sandboxUrl,
      };
      return takeUp(await planLive(side, judged, settings, planning), folder.store, planning, request.sandboxUrl);
    }),
  );
  const summary = jobSummary({
    judged,
    plans,
    cases: lots.reduce((sum, lot) => sum + lot.cases.length, 0),
    repeats: Math.max(...lots.map(({ repeats }) => repeats)),
    atMostMore: 0,
    models: [model],
    candidate: `baseline · ${model}`,
    notes:
      request.mode === 'capture' && existing && !caseIds
        ? [`The baseline for ${model} is replaced: ${existing.baseline.cases.size} approved cases. git keeps the old one.`]
        : [],
  });
  const capture: Capture = { request, judged, model, wanted, existing, plans, cases, today };
  return { summary, run: (job) => runCapture(capture, job, engine) };
}

interface Capture {
  readonly request: CaptureRequest;
  readonly judged: LoadedPrompt;
  readonly model: string;
  readonly wanted: number;
  readonly existing: StoredBaseline | undefined;
  readonly plans: readonly Plan[];
  readonly cases: readonly FrozenCase[];
  readonly today: string;
}

async function planCheck(request: CaptureRequest, model: string, seed: number, engine: EngineContext): Promise<PlannedJob> {
  const { root, promptId, text, caseIds, samples, concurrency, budget, sandboxUrl } = request;
  const side = { model };
  return planCompare(
    {
      root,
      promptId,
      ...(text === undefined ? {} : { text }),
      kind: 'review',
      baseline: { kind: 'baseline', ...side },
      candidate: { kind: 'workingCopy', ...side },
      ...(caseIds ? { caseIds } : {}),
      ...(samples === undefined ? {} : { samples }),
      seed,
      ...(concurrency === undefined ? {} : { concurrency }),
      ...(budget ? { budget } : {}),
      ...(sandboxUrl === undefined ? {} : { sandboxUrl }),
    },
    engine,
  );
}

/** Cases by how many samples they lack, so that nothing is called for that is there. */
function lackingLots(
  cases: readonly FrozenCase[],
  existing: StoredBaseline | undefined,
  wanted: number,
): readonly { readonly cases: readonly FrozenCase[]; readonly repeats: number }[] {
  const lots = new Map<number, FrozenCase[]>();
  for (const of of cases) {
    const entry = existing && entryFor(existing.baseline, of.id, inputsHash(of.variables));
    const lacks = wanted - (entry?.outputs.reduce((sum, { count }) => sum + count, 0) ?? 0);
    if (lacks <= 0) continue;
    const lot = lots.get(lacks);
    if (lot) lot.push(of);
    else lots.set(lacks, [of]);
  }
  return [...lots].sort(([a], [b]) => b - a).map(([repeats, lot]) => ({ cases: lot, repeats }));
}

async function runCapture(capture: Capture, job: JobContext, engine: EngineContext): Promise<JobEnd> {
  const { request, judged, model, wanted, existing, plans, cases, today } = capture;
  const { workspace } = engine.folderOf(request.root);
  const states: JournalState[] = [];
  for (const plan of plans) {
    if (job.signal.aborted) break;
    states.push(await job.take({ ...plan, budget: leftOf(plan.budget, states) }, 'baseline'));
    if (states.at(-1)?.end?.end !== 'finished') break;
  }
  if (job.signal.aborted)
    return { end: 'cancelled', message: 'Cancelled; no baseline was written. Answers that came are kept with their run.' };
  const captured = capturedCases(states, model);
  const got = captured.reduce((sum, { outputs }) => sum + outputs.length, 0);
  const planned = plans.reduce((sum, { cases: lot, header }) => sum + lot.length * header.repeats, 0);
  const why = states.find(({ end }) => end?.end !== 'finished')?.end?.message;
  if (got === 0) return { end: 'failed', message: `Nothing was captured. ${why ?? 'No call gave an answer: look at the newest run.'}` };
  if (got < planned && request.mode === 'capture' && existing)
    return {
      end: 'failed',
      message:
        `${planned - got} of ${planned} calls gave no answer; the approved baseline was kept as it is. ${why ?? 'Capture again.'}`.trim(),
    };
  job.computing();
  const { fingerprint, parts } = fingerprintOf(judged.document, judged.facts);
  const version = judged.document.version?.value;
  const source: BaselineSource = {
    fingerprint,
    parts,
    ...(version === undefined ? {} : { version }),
    answeredBy: answeredBy(states),
    days: [today],
    dataset: datasetFingerprint(judged.cases),
  };
  const { path } = await changeBaseline(workspace, request.promptId, model, (current) =>
    mergeCaptured(current, {
      promptId: request.promptId,
      model,
      wanted,
      source,
      captured,
      order: judged.cases.map(({ id }) => id),
      replace: request.mode === 'capture',
      whole: request.mode === 'capture' && cases.length === judged.cases.length,
    }),
  );
  const short = got < planned ? ` ${planned - got} calls gave no answer: top up later.` : '';
  const each = new Set(captured.map(({ outputs }) => outputs.length));
  const samples = each.size === 1 ? `${captured.length} cases × ${[...each][0]} samples` : `${got} samples of ${captured.length} cases`;
  const verb = request.mode === 'topUp' ? 'Added' : 'Captured';
  return { end: 'finished', message: `${verb} ${samples} for ${model} in ${path}.${short}` };
}

/** What the runs answered, case by case in their order. */
function capturedCases(states: readonly JournalState[], model: string): readonly CapturedCase[] {
  return states.flatMap((state) =>
    state.cases.flatMap((of) => {
      const outputs = Array.from({ length: state.header.repeats }, (_, repeat) =>
        state.samples.get(sampleKeyText({ caseId: of.id, model, repeat })),
      )
        .map((sample: Sample | undefined) => sample?.output)
        .filter((output) => output !== undefined);
      return outputs.length ? [{ caseId: of.id, inputs: inputsHash(of.variables), outputs }] : [];
    }),
  );
}

function answeredBy(states: readonly JournalState[]): readonly string[] {
  const names = states.flatMap(({ samples }) => [...samples.values()].flatMap((sample) => sample.answeredBy ?? []));
  return [...new Set(names)].sort();
}
