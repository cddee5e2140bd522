import {
  appendDailyState,
  type Canary,
  DAILY_FORMAT,
  type DailyRecord,
  dailyStatePath,
  type FrozenCase,
  fingerprintOf,
  inputsHash,
  type JournalState,
  type LoadedPrompt,
  readDailyState,
} from '../../../ledger/index.ts';
import { requireCapability, UserError } from '../../../safety/index.ts';
import { AMBER, BURST_SAMPLES, monitorColour, WEEKLY_DAYS, weeklyStanding } from '../../drift/index.ts';
import type { EngineContext } from '../../engineContext.ts';
import { frozenCase, type Plan, tightest } from '../../run/plan.ts';
import { type Assessor, createAssessor } from '../assessor.ts';
import { buildComparison, type CasePair } from '../buildComparison.ts';
import { driftSettings } from '../driftSettings.ts';
import type { JobContext, JobEnd, PlannedJob } from '../job.ts';
import { jobSummary } from '../jobSummary.ts';
import { planCompare } from '../planCompare.ts';
import { modelOf, planLive, seedOf } from '../sides/liveSide.ts';
import { baselinesFor, loadJudged } from '../sides/resolveSide.ts';
import { leftOf, spentBy } from '../spending.ts';
import { takeUp } from '../takeUp.ts';
import { canariesHash, chooseCanaries } from './canaries.ts';
import { conclude, concludeWeek, type DailyHistory, foldDaily, since, viewsToWatch } from './dailyMonitor.ts';
import { monitorReport, reportPairs, reportSides } from './dailyReport.ts';
import { weeklyTests } from './weeklyTests.ts';

/** One day's check of one prompt. */
export interface DailyRequest {
  readonly root: string;
  readonly promptId: string;
  /** Absolute path of the folder that holds the state. */
  readonly state: string;
  /** Begin anew where there is no state; without it a missing state is lost state. */
  readonly start: boolean;
  /** `YYYY-MM-DD`; today in UTC when left out. */
  readonly date?: string;
  readonly model?: string;
  readonly concurrency?: number;
  readonly budget?: { readonly maxCost?: number; readonly maxCalls?: number };
  readonly sandboxUrl?: string;
}

/** Plans the check: nothing when today's is made already or an alarm waits for a person, else one call a canary and more where it must look closer. */
export async function planDaily(request: DailyRequest, engine: EngineContext): Promise<PlannedJob> {
  const folder = engine.folderOf(request.root);
  const { workspace } = folder;
  requireCapability(workspace.capabilities, 'write', 'keep a daily state');
  const date = request.date ?? engine.clock.date().toISOString().slice(0, 10);
  const judged = await loadJudged(workspace, request.promptId, undefined, date);
  const model = modelOf(request.model, judged);
  const path = dailyStatePath(request.state, request.promptId, model);
  const state = await readDailyState(path);
  requireStart(request, path, state.records);
  const [stored] = await baselinesFor({ workspace, judged }, model);
  if (!stored) throw new Error('baselinesFor gives at least one');
  const { daily, samples, confirm, third } = driftSettings(judged.document);
  const canaries = chooseCanaries(stored.baseline, judged.cases.map(frozenCase), daily.cases, daily.seed);
  if (!canaries.length)
    throw new UserError('configuration', `The baseline for ${model} has no case of the dataset. Capture it again.`, {
      file: request.promptId,
    });
  const known = foldDaily(state.records);
  const changed = known !== undefined && canariesHash(canaries) !== known.start.baseline;
  const begin: DailyRecord | undefined =
    known && !changed
      ? undefined
      : {
          type: 'start',
          formatVersion: DAILY_FORMAT,
          date,
          seed: String(daily.seed),
          promptId: request.promptId,
          model,
          fingerprint: fingerprintOf(judged.document, judged.facts).fingerprint,
          because: changed ? 'baseline' : 'asked',
          baseline: canariesHash(canaries),
          canaries: [...canaries],
          views: [...viewsToWatch(canaries, (await createAssessor(judged)).reading)],
        };
  const history = begin ? foldDaily([...state.records, begin]) : known;
  if (!history) throw new Error('a state with a start can be folded');
  const cases = casesOf(history.start.canaries, judged);
  const isDone = history.monitor.redSince !== null || history.monitor.history.some((entry) => entry.kind === 'day' && entry.date === date);
  const planning = { ...folder, interactive: engine.interactive, date: engine.clock.date, catalog: engine.catalog };
  const live = async (of: readonly FrozenCase[], repeats: number, kind: string): Promise<Plan> => {
    const settings = {
      cases: of,
      selection: 'some' as const,
      purpose: 'daily' as const,
      repeats,
      seed: seedOf(daily.seed, 'daily', kind, date),
      concurrency: request.concurrency,
      cache: false,
      budget: tightest(request.budget, judged.config.budgets.run),
      sandboxUrl: request.sandboxUrl,
    };
    const side = { kind: 'workingCopy' as const, label: 'daily check', loaded: judged, model };
    return takeUp(await planLive(side, judged, settings, planning), folder.store, planning, request.sandboxUrl);
  };
  const plans = isDone || history.open ? [] : [await live(cases, 1, 'day')];
  const summary = jobSummary({
    judged,
    plans,
    cases: cases.length,
    repeats: 1,
    atMostMore: isDone ? 0 : cases.length * BURST_SAMPLES + judged.cases.length * (samples + confirm + third),
    models: [model],
    candidate: `daily check of ${date} · ${model}`,
    notes: dailyNotes(history, changed, cases.length),
  });
  // The worst case of the worst day is no reason to ask every day.
  const check: Check = { request, judged, model, date, path, begin, history, cases, isDone, plans, live };
  return { summary: { ...summary, askFirst: [] }, run: (job) => runDaily(check, job, engine) };
}

interface Check {
  readonly request: DailyRequest;
  readonly judged: LoadedPrompt;
  readonly model: string;
  readonly date: string;
  readonly path: string;
  readonly begin: DailyRecord | undefined;
  readonly history: DailyHistory;
  readonly cases: readonly FrozenCase[];
  readonly isDone: boolean;
  readonly plans: readonly Plan[];
  readonly live: (of: readonly FrozenCase[], repeats: number, kind: string) => Promise<Plan>;
}

async function runDaily(check: Check, job: JobContext, engine: EngineContext): Promise<JobEnd> {
  const { request, judged, date, path, cases, plans } = check;
  const started = engine.clock.now();
  const assessor = await createAssessor(judged);
  const states: JournalState[] = [];
  let { history } = check;
  const wasRed = history.monitor.redSince !== null;
  const write = async (...records: readonly DailyRecord[]): Promise<void> => {
    if (records.length) await appendDailyState(path, records);
  };
  if (check.begin) await write(check.begin);

  /** Samples are on disk before anything is concluded from them, so that a crash between the two costs no call and no evidence. */
  const advance = async (taken: Extract<DailyRecord, { readonly type: 'samples' }>, onDisk: boolean): Promise<void> => {
    if (!onDisk) await write(taken);
    const withSamples = { ...history, samples: onDisk ? history.samples : [...history.samples, taken] };
    const { monitor, records } = conclude(withSamples, taken, assessor.reading);
    await write(...records);
    history = { ...withSamples, monitor, open: undefined };
  };
  const take = async (plan: Plan, kind: 'day' | 'burst'): Promise<boolean> => {
    const run = await job.take({ ...plan, budget: leftOf(plan.budget, states) }, kind === 'day' ? 'firstLook' : 'secondLook');
    states.push(run);
    if (job.signal.aborted || run.end?.end !== 'finished') return false;
    await advance(samplesOf(run, kind, date, check.model), false);
    return true;
  };

  if (!check.isDone) {
    if (history.open) await advance(history.open, true);
    const [plan] = plans;
    if (plan && !(await take(plan, 'day'))) return stopped(job, states);
    if (isAmber(history) && !(await take(await check.live(cases, BURST_SAMPLES, 'burst'), 'burst'))) return stopped(job, states);
    if (history.monitor.redSince === null && weeklyStanding(history.monitor, date).state === 'due') {
      const tests = weeklyTests(pairsOf(check, history, assessor), assessor.reading, `${history.start.seed}\n${date}`);
      if (tests) {
        const { monitor, records } = concludeWeek(history.monitor, date, tests);
        await write(...records);
        history = { ...history, monitor };
      }
    }
  }
  job.computing();
  const monitor = monitorReport(history, date);
  if (!wasRed && history.monitor.redSince !== null) {
    const review = await planCompare(reviewRequest(check), engine);
    const end = await review.run(job);
    if (end.comparisonId === undefined) return end;
    const store = engine.folderOf(request.root).comparisons;
    await store.save({ ...(await store.read(end.comparisonId)), monitor });
    return { ...end, message: monitor.sentence };
  }
  const sides = reportSides(history, check.model, judged);
  const comparison = buildComparison({
    id: job.jobId,
    kind: 'daily',
    createdAt: engine.clock.date().toISOString(),
    promptId: request.promptId,
    promptName: judged.document.name?.value ?? request.promptId,
    seed: Number(history.start.seed) || 1,
    ...sides,
    assessor,
    pairs: pairsOf(check, history, assessor),
    screen: null,
    spent: spentBy(states, engine.clock.now() - started),
    notes: ['These are the canaries of the last 7 days against the approved answers; the monitor decides, not this table.'],
    incomplete: false,
    monitor,
  });
  await engine.folderOf(request.root).comparisons.save(comparison);
  return { end: 'finished', comparisonId: comparison.id, message: monitor.sentence };
}

function pairsOf({ cases, date }: Check, history: DailyHistory, assessor: Assessor): readonly CasePair[] {
  return reportPairs(history.start.canaries, cases, since(history.samples, date, WEEKLY_DAYS), assessor);
}

function isAmber({ monitor }: DailyHistory): boolean {
  return monitorColour(monitor) === 'amber' && monitor.history.at(-1)?.kind === 'day' && (monitor.history.at(-1)?.r ?? 0) >= AMBER;
}

function reviewRequest({ request, model }: Check): Parameters<typeof planCompare>[0] {
  const { root, promptId, concurrency, budget, sandboxUrl } = request;
  return {
    root,
    promptId,
    kind: 'review',
    baseline: { kind: 'baseline', model },
    candidate: { kind: 'workingCopy', model },
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(budget ? { budget } : {}),
    ...(sandboxUrl === undefined ? {} : { sandboxUrl }),
  };
}

function samplesOf(
  run: JournalState,
  kind: 'day' | 'burst',
  date: string,
  model: string,
): Extract<DailyRecord, { readonly type: 'samples' }> {
  const answered = [...run.samples.values()].filter(({ key }) => key.model === model);
  return {
    type: 'samples',
    kind,
    date,
    runId: run.header.runId,
    answeredBy: [...new Set(answered.flatMap((sample) => sample.answeredBy ?? []))].sort(),
    samples: run.cases.flatMap(({ id }) => {
      const outputs = answered
        .filter(({ key }) => key.caseId === id)
        .sort((a, b) => a.key.repeat - b.key.repeat)
        .flatMap(({ output }) => (output ? [output] : []));
      return outputs.length ? [{ caseId: id, outputs }] : [];
    }),
  };
}

function stopped(job: JobContext, states: readonly JournalState[]): JobEnd {
  if (job.signal.aborted) return { end: 'cancelled', message: 'Cancelled; today’s check was not made.' };
  const why = states.at(-1)?.end?.message ?? 'The calls did not come through.';
  return { end: 'failed', message: `Today's check was not made: ${why} The state is as it was; run it again.` };
}

/** A missing state is lost unless somebody says that this is the first day. */
function requireStart({ start }: DailyRequest, path: string, records: readonly DailyRecord[]): void {
  if (!records.length && !start)
    throw new UserError(
      'incomplete',
      `There is no daily state at ${path}. If it was lost, restore it: its evidence cannot be had again. If this is the first day, run once with --start.`,
    );
  if (records.length && start)
    throw new UserError('usage', `There is a daily state at ${path} already; --start would forget it. Run without --start.`);
}

/** The canaries as they are in the dataset now; those that were edited or are gone are left out. */
function casesOf(canaries: readonly Canary[], { cases, promptId }: LoadedPrompt): readonly FrozenCase[] {
  const byId = new Map(cases.map((of) => [of.id, of]));
  const found = canaries.flatMap(({ caseId, inputs }) => {
    const of = byId.get(caseId);
    return of && inputsHash(of.variables) === inputs ? [frozenCase(of)] : [];
  });
  if (found.length * 2 >= canaries.length) return found;
  throw new UserError(
    'configuration',
    `More than half of the ${canaries.length} canaries were edited or are gone from the dataset. Capture a new baseline; the check then begins anew with it.`,
    { file: promptId },
  );
}

function dailyNotes({ start, monitor }: DailyHistory, changed: boolean, cases: number): readonly string[] {
  const least = Math.min(...start.canaries.map(({ approved }) => approved.reduce((sum, { count }) => sum + count, 0)));
  return [
    ...(changed ? ['The approved answers changed since the last check: the monitor begins anew with them.'] : []),
    ...(monitor.redSince === null
      ? []
      : [`An alarm of ${monitor.redSince} waits for a person: accept or reject what changed. No call is made.`]),
    ...(start.views === undefined
      ? ['This monitor began before paths were watched and looks at whole outputs only. A new baseline begins one that watches every path.']
      : []),
    ...(cases < start.canaries.length ? [`${start.canaries.length - cases} canaries were edited or are gone and are left out.`] : []),
    ...(least < ADVISED_BASELINE
      ? [`The canaries have ${least} approved samples at least; ${ADVISED_BASELINE} find an early change sooner.`]
      : []),
  ];
}

/** Approved samples a canary that let the weekly layer see an early change (drift.md 4). */
const ADVISED_BASELINE = 30;
