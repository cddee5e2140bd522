import {
  plannedSamples,
  type RunEvent,
  RunTally,
  type RunTotals,
  type Sample,
  type SampleKey,
  type StoredRun,
  sampleKeyText,
} from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { type FrozenCase, isAskedOf, type JournalState } from './record.ts';

/** The run as lists and panels know it. */
export function toStoredRun(state: JournalState): StoredRun {
  const { missing, unknown } = openSamples(state);
  return { header: state.header, end: state.end?.end ?? 'interrupted', totals: state.end?.totals ?? totalsOf(state), missing, unknown };
}

/**
 * Totals counted anew from what the journal holds, with the engine's own tally: for runs that have no end and after scoring again.
 * Attempts of unknown outcome are in at their worst cost.
 */
export function totalsOf(state: JournalState): RunTotals {
  const tally = new RunTally();
  for (const event of bodyOf(state, tally)) tally.apply(event);
  const totals = tally.totals();
  const unsettled = [...state.unsettled.values()];
  const lost = state.lostAttempts ?? { attempts: totals.unknownOutcomes, worstCost: 0 };
  return {
    ...totals,
    unknownOutcomes: lost.attempts + unsettled.reduce((sum, { attempts }) => sum + attempts, 0),
    unknownCostUsd: lost.worstCost + unsettled.reduce((sum, { worstCost }) => sum + worstCost, 0),
  };
}

/** The run's events as a panel would have seen them, case after case in the dataset's order; an interrupted run ends with `interrupted`. */
export function eventsOf(state: JournalState): readonly RunEvent[] {
  const tally = new RunTally();
  const events: RunEvent[] = [];
  for (const event of bodyOf(state, tally)) {
    tally.apply(event);
    events.push(event);
  }
  const { end, totals } = toStoredRun(state);
  const message = state.end?.message;
  events.push({ type: 'runFinished', runId: state.header.runId, end, totals, ...(message === undefined ? {} : { message }) });
  return events;
}

/**
 * Samples that a resume calls for, in the dataset's order: those without an answer, save where the provider's last word was a failure.
 * A sample that was cancelled, met the budget or is of unknown outcome is missing.
 */
export function missingKeys(state: JournalState): readonly SampleKey[] {
  const { models, repeats } = state.header;
  if (state.cases.length * models.length * repeats > MOST_SAMPLES)
    throw new UserError(
      'configuration',
      `The run ${state.header.runId} plans more than ${MOST_SAMPLES} samples; its journal is not to be trusted. Start a new run.`,
    );
  const keys: SampleKey[] = [];
  for (const { id, ...of } of state.cases)
    for (const model of models.filter((model) => isAskedOf(of, model)))
      for (let repeat = 0; repeat < repeats; repeat++) {
        const key = { caseId: id, model, repeat };
        if (!isAnswered(state.samples.get(sampleKeyText(key)))) keys.push(key);
      }
  return keys;
}

const MOST_SAMPLES = 10_000_000;

/** Failures that say nothing about the provider's answer. */
const NOT_ANSWERED: ReadonlySet<string> = new Set(['cancelled', 'budget', 'unknownOutcome']);

function isAnswered(sample: Sample | undefined): boolean {
  return sample !== undefined && !(sample.failure && NOT_ANSWERED.has(sample.failure.kind));
}

/** Without enumerating the plan, whose size is only a number in a file. */
function openSamples({ header, samples, unsettled }: JournalState): { readonly missing: number; readonly unknown: number } {
  let answered = 0;
  const unknown = new Set([...unsettled.keys()].filter((key) => !isAnswered(samples.get(key))));
  for (const [key, sample] of samples)
    if (isAnswered(sample)) answered++;
    else if (sample.failure?.billing === 'unknown') unknown.add(key);
  const missing = Math.max(0, plannedSamples(header) - answered);
  return { missing, unknown: Math.min(unknown.size, missing) };
}

/** The event that a case begins, with its place and the start of its first variable for lists of cases. */
export function caseStarted(runId: string, { id, variables }: FrozenCase, at: number): RunEvent {
  const [first] = Object.entries(variables);
  const text = first && (typeof first[1] === 'string' ? first[1] : JSON.stringify(first[1]));
  return {
    type: 'caseStarted',
    runId,
    caseId: id,
    at,
    ...(first && text !== undefined ? { input: { name: first[0], text: text.slice(0, INPUT_LENGTH) } } : {}),
  };
}

const INPUT_LENGTH = 200;

/** Everything but the end. `tally` must have taken each event before the next is asked for. */
function* bodyOf(state: JournalState, tally: RunTally): Generator<RunEvent> {
  const { header } = state;
  const { runId } = header;
  yield { type: 'runStarted', header };
  const places = new Map(state.cases.map((frozen, at) => [frozen.id, { frozen, at }]));
  for (const [caseId, samples] of byCase(state)) {
    const place = places.get(caseId);
    if (place) yield caseStarted(runId, place.frozen, place.at);
    for (const sample of samples) {
      for (let attempt = 2; attempt <= Math.min(sample.attempts, MOST_ATTEMPTS); attempt++)
        yield { type: 'attemptStarted', runId, key: sample.key, attempt };
      yield { type: 'sampleFinished', runId, sample };
      const scores = state.scores.get(sampleKeyText(sample.key));
      if (scores) yield { type: 'sampleScored', runId, key: sample.key, scores: [...scores] };
    }
    const models = header.models.filter((model) => !place || isAskedOf(place.frozen, model));
    const status = samples.length >= models.length * header.repeats ? tally.statusOf(caseId) : undefined;
    if (status) yield { type: 'caseFinished', runId, caseId, status };
  }
}

const MOST_ATTEMPTS = 1000;

function byCase({ header, cases, samples }: JournalState): ReadonlyMap<string, readonly Sample[]> {
  const sorted = new Map<string, Sample[]>(cases.map(({ id }) => [id, []]));
  for (const sample of samples.values()) {
    const { caseId } = sample.key;
    const list = sorted.get(caseId);
    if (list) list.push(sample);
    else sorted.set(caseId, [sample]);
  }
  const place = new Map(header.models.map((model, index) => [model, index]));
  const order = ({ key }: Sample): number => (place.get(key.model) ?? header.models.length) * 1e6 + key.repeat;
  for (const [id, list] of sorted)
    if (list.length) list.sort((a, b) => order(a) - order(b));
    else sorted.delete(id);
  return sorted;
}
