import { type FrozenCase, fingerprintOf, type JournalState, type LoadedPrompt } from '../../ledger/index.ts';
import type { CompareRequest, SideInfo, SideRef } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import type { EngineContext } from '../engineContext.ts';
import { CACHE_HOURS } from '../run/cache.ts';
import { datasetFingerprint, type Plan, type PlanContext, selectCases, tightest } from '../run/plan.ts';
import { createAssessor } from './assessor.ts';
import { buildComparison, type CasePair, evidenceOf, readingOptions } from './buildComparison.ts';
import { sideChanges } from './changes/sideChanges.ts';
import { driftSettings } from './driftSettings.ts';
import type { JobContext, JobEnd, PlannedJob } from './job.ts';
import { jobSummary } from './jobSummary.ts';
import { baselineSide } from './sides/baselineSide.ts';
import { type LiveSettings, type LiveSide, planLive, seedOf } from './sides/liveSide.ts';
import { askedSide, type PlannedSide, reusedSide } from './sides/plannedSide.ts';
import { loadJudged, type ResolvedSide, resolveSide, type SideContext } from './sides/resolveSide.ts';
import { runSide } from './sides/runSide.ts';
import type { SideData } from './sides/sideData.ts';
import { storedSamples } from './sides/storedSamples.ts';
import { leftOf, spentBy } from './spending.ts';
import { takeUp } from './takeUp.ts';

/** Plans a comparison of any two sides. Nothing is sent and nothing is written. */
export async function planCompare(request: CompareRequest, engine: EngineContext): Promise<PlannedJob> {
  const folder = engine.folderOf(request.root);
  const { workspace, store } = folder;
  const today = engine.clock.date().toISOString().slice(0, 10);
  const judged = await loadJudged(workspace, request.promptId, request.text, today);
  const context: SideContext = { workspace, store, today, judged };
  const candidate = await resolveSide(request.candidate ?? { kind: 'workingCopy' }, context);
  const baseline = await resolveBaseline(request, candidate.kind === 'live' ? { ...context, preferred: candidate.side.model } : context);
  requireTwo(baseline, candidate);
  const quick = request.kind === 'quick';
  const drift = driftSettings(judged.document);
  const samples = quick ? 1 : Math.max(1, Math.floor(request.samples ?? drift.samples));
  const confirm = quick || candidate.kind !== 'live' ? 0 : Math.max(0, Math.floor(request.confirm ?? drift.confirm));
  const third = confirm > 0 ? drift.third : 0;
  const cases = casesOf(request, judged, [baseline, candidate]);
  const seed = request.seed ?? judged.config.defaults.seed;
  const live: Omit<LiveSettings, 'repeats' | 'seed'> = {
    cases,
    selection: request.caseIds ? 'some' : 'all',
    purpose: 'comparison',
    concurrency: request.concurrency,
    // Every sample of a review must be drawn anew; a quick compare makes no claim and may use what is there.
    cache: quick && (judged.config.defaults.cache ?? engine.interactive),
    budget: tightest(request.budget, judged.config.budgets.run),
    sandboxUrl: request.sandboxUrl,
  };
  const planning: PlanContext = { ...folder, interactive: engine.interactive, date: engine.clock.date, catalog: engine.catalog };
  const plan = async (side: LiveSide, settings: Pick<LiveSettings, 'repeats' | 'seed'> & Partial<LiveSettings>) =>
    takeUp(await planLive(side, judged, { ...live, ...settings }, planning), store, planning, request.sandboxUrl);
  const now = engine.clock.date();
  /** Of a quick compare what stored runs answered already is not asked again, as far as it is not older than `hours`. */
  const planSide = async (side: LiveSide, settings: Pick<LiveSettings, 'repeats' | 'seed'>, hours: number): Promise<PlannedSide> => {
    const whole = await planLive(side, judged, { ...live, ...settings }, planning);
    const mayReuse = quick && request.seed === undefined && hours > 0;
    const found = mayReuse ? await storedSamples(whole, store, now.getTime() - hours * 3_600_000) : undefined;
    if (!found?.states.length) return askedSide(await takeUp(whole, store, planning, request.sandboxUrl));
    return reusedSide(found, (left) => plan(side, { ...settings, cases: left }), { label: side.label, now: now.toISOString() });
  };
  const oldSide =
    baseline.kind === 'live'
      ? // What the old side said, it said: its answers do not grow stale.
        await planSide(
          baseline.side,
          { repeats: quick ? 1 : drift.baseline, seed: seedOf(seed, 'comparison', 'baseline') },
          Number.POSITIVE_INFINITY,
        )
      : undefined;
  const newSide =
    candidate.kind === 'live'
      ? await planSide(candidate.side, { repeats: samples, seed: seedOf(seed, 'comparison', 'first') }, live.cache ? CACHE_HOURS : 0)
      : undefined;
  const reused = [oldSide, newSide].flatMap((side) => side?.notes ?? []);
  const summary = jobSummary({
    judged,
    plans: [oldSide?.plan, newSide?.plan].filter((one) => one !== undefined),
    notes: reused,
    cases: cases.length,
    repeats: samples,
    atMostMore: (confirm + third) * cases.length,
    models: [...new Set([baseline, candidate].map(modelNamed))],
    baseline: shownSide(baseline),
    candidate: shownSide(candidate),
  });

  const run = async (job: JobContext): Promise<JobEnd> => {
    const started = engine.clock.now();
    const assessor = await createAssessor(judged);
    const states: JournalState[] = [];
    const read = (side: ResolvedSide & { readonly kind: 'run' | 'live' }, of: readonly JournalState[]): Promise<SideData> =>
      runSide(of, assessor, workspace, today, {
        ...(side.kind === 'live'
          ? { kind: side.side.kind, label: side.side.label, named: side.side.named, model: side.side.model }
          : { kind: 'run', label: runLabel(side.state), model: side.state.header.models[0] ?? '' }),
        ...(quick ? { most: 1 } : {}),
      });
    const take = async (planned: Plan, phase: 'baseline' | 'firstLook' | 'secondLook' | 'thirdLook'): Promise<JournalState> => {
      const state = await job.take({ ...planned, budget: leftOf(planned.budget, states) }, phase);
      states.push(state);
      return state;
    };
    const takeSide = async (side: PlannedSide | undefined, phase: 'baseline' | 'firstLook'): Promise<JournalState[]> => [
      ...(side?.stored ?? []),
      ...(side?.plan ? [await take(side.plan, phase)] : []),
    ];
    const old =
      baseline.kind === 'baseline'
        ? baselineSide(baseline.baselines, cases, assessor, { some: request.caseIds !== undefined })
        : await read(baseline, baseline.kind === 'live' ? await takeSide(oldSide, 'baseline') : [baseline.state]);
    if (job.signal.aborted) return CANCELLED;
    const looks: JournalState[] =
      candidate.kind === 'run' ? [candidate.state] : candidate.kind === 'live' ? await takeSide(newSide, 'firstLook') : noRun();
    if (job.signal.aborted) return CANCELLED;
    const sideOf = candidate as ResolvedSide & { readonly kind: 'run' | 'live' };
    let fresh = await read(sideOf, looks);
    const screen = confirm > 0 ? samples : null;
    const later = { confirm, third };
    const lookAgain = async (what: 'suspect' | 'unclear', repeats: number, look: 'second' | 'third'): Promise<void> => {
      if (repeats === 0 || candidate.kind !== 'live' || looks.at(-1)?.end?.end !== 'finished') return;
      const open = casesThatAre(what, pairsOf(cases, old, fresh), { seed, screen: samples, later }, assessor.reading);
      if (!open.length) return;
      const more = await plan(candidate.side, {
        cases: open,
        selection: 'some',
        repeats,
        seed: seedOf(seed, 'comparison', look),
      });
      looks.push(await take(more, `${look}Look`));
      fresh = await read(sideOf, looks);
    };
    await lookAgain('suspect', confirm, 'second');
    await lookAgain('unclear', third, 'third');
    job.computing();
    const info = { old: fromNow(old.info, baseline, judged, cases), fresh: fromNow(fresh.info, sideOf, judged, cases) };
    const unfinished = states.find(({ end }) => end?.end !== 'finished');
    const comparison = buildComparison({
      id: job.jobId,
      kind: request.kind,
      createdAt: engine.clock.date().toISOString(),
      promptId: judged.promptId,
      promptName: summary.promptName,
      seed,
      baseline: info.old,
      candidate: info.fresh,
      assessor,
      pairs: pairsOf(cases, old, fresh),
      screen,
      later,
      spent: spentBy(states, engine.clock.now() - started),
      notes: [...reused, ...old.notes, ...fresh.notes, ...(unfinished?.end?.message === undefined ? [] : [unfinished.end.message])],
      incomplete: unfinished !== undefined,
      changes: await sideChanges({ side: baseline, info: info.old }, { side: candidate, info: info.fresh }, context),
    });
    await folder.comparisons.save(comparison);
    return { end: 'finished', comparisonId: comparison.id };
  };
  return { summary, run };
}

const CANCELLED: JobEnd = { end: 'cancelled', message: 'Cancelled; nothing was compared. Answers that came are kept with their run.' };

/** A run that is held against itself tells nothing, and would be called unchanged. */
function requireTwo(baseline: ResolvedSide, candidate: ResolvedSide): void {
  if (baseline.kind === 'run' && candidate.kind === 'run' && baseline.state.header.runId === candidate.state.header.runId)
    throw new UserError('usage', `Both sides are the ${runLabel(candidate.state)}. Name another run, or compare it with the working copy.`);
}

function noRun(): never {
  throw new UserError('usage', 'A baseline is what others are held against. Name it as the first side.');
}

/** The baseline; a quick compare without one takes the newest eval. */
async function resolveBaseline({ kind, baseline }: CompareRequest, context: SideContext): Promise<ResolvedSide> {
  if (baseline) return resolveSide(baseline, context);
  try {
    return await resolveSide({ kind: 'baseline' }, context);
  } catch (error) {
    if (kind !== 'quick' || !(error instanceof UserError) || error.code !== 'configuration') throw error;
    return resolveSide(LATEST, context).catch(() => {
      throw error;
    });
  }
}

const LATEST: SideRef = { kind: 'run', run: 'latest' };

/** The dataset's cases; between two stored runs theirs, so that old runs can be compared after the dataset has changed. */
function casesOf({ caseIds, promptId }: CompareRequest, judged: LoadedPrompt, sides: readonly ResolvedSide[]): readonly FrozenCase[] {
  const states = sides.flatMap((side) => (side.kind === 'run' ? [side.state] : []));
  if (states.length === sides.length) {
    const cases = [...new Map([...states].reverse().flatMap((state) => state.cases.map((of) => [of.id, of] as const))).values()];
    return caseIds ? cases.filter(({ id }) => caseIds.includes(id)) : cases;
  }
  return selectCases({ promptId, cases: caseIds ? { kind: 'ids', ids: [...caseIds] } : { kind: 'all' } }, judged);
}

/** Every case with what each side has of it; a case that is in the dataset no more comes last. */
export function pairsOf(cases: readonly FrozenCase[], old: SideData, fresh: SideData): readonly CasePair[] {
  const pair = (of: FrozenCase): CasePair => ({
    of,
    approved: old.cases.get(of.id)?.samples ?? [],
    fresh: fresh.cases.get(of.id)?.samples ?? [],
    failures: fresh.cases.get(of.id)?.failures ?? 0,
  });
  const known = new Set(cases.map(({ id }) => id));
  const gone = [...old.cases.keys()].filter((id) => !known.has(id));
  return [...cases.map(pair), ...gone.map((id) => pair({ id, variables: {} }))];
}

/** The cases that a look calls to the next one. */
function casesThatAre(
  what: 'suspect' | 'unclear',
  pairs: readonly CasePair[],
  looks: Parameters<typeof evidenceOf>[1],
  reading: Parameters<typeof readingOptions>[0],
): readonly FrozenCase[] {
  const options = readingOptions(reading);
  return pairs
    .filter(({ approved, fresh }) => approved.length > 0 && fresh.length > 0)
    .filter((pair) => evidenceOf(pair, looks, options)[what])
    .map(({ of }) => of);
}

/** A side that was run just now answered the dataset as it is. */
function fromNow(info: SideInfo, side: ResolvedSide, judged: LoadedPrompt, cases: readonly FrozenCase[]): SideInfo {
  if (side.kind !== 'live') return info;
  const whole = cases.length === judged.cases.length;
  const version = side.side.loaded.document.version?.value;
  const { fingerprint, parts } = fingerprintOf(side.side.loaded.document, side.side.loaded.facts);
  return {
    ...info,
    ...(version === undefined ? {} : { version }),
    fingerprint,
    parts,
    ...(whole ? { dataset: datasetFingerprint(cases) } : {}),
  };
}

function modelNamed(side: ResolvedSide): string {
  if (side.kind === 'live') return side.side.model;
  return side.kind === 'run' ? (side.state.header.models[0] ?? '') : (side.baselines[0]?.baseline.model ?? '');
}

function shownSide(side: ResolvedSide): string {
  const model = modelNamed(side);
  if (side.kind === 'live') return `${side.side.label} · ${model}`;
  return side.kind === 'run' ? `${runLabel(side.state)} · ${model}` : `baseline · ${model}`;
}

function runLabel({ header }: JournalState): string {
  return `run of ${header.startedAt.slice(0, 16).replace('T', ' ')}`;
}
