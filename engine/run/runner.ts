import { caseStarted, eventsOf, type FrozenCase, isAskedOf, type JournalWriter } from '../../ledger/index.ts';
import {
  type Failure,
  type RunEnd,
  type RunEvent,
  type RunHeader,
  RunTally,
  type RunTotals,
  type Sample,
  type SampleKey,
  sampleKeyText,
} from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import type { Clock } from '../clock.ts';
import { createScorer, type Scorer } from '../evaluators/scorer.ts';
import { type Provider, type ProviderAnswer, ProviderError } from '../providers/provider.ts';
import { cancelled } from '../providers/toProviderError.ts';
import { type Budget, createBudget } from './budget.ts';
import { type AnswerCache, cacheKey } from './cache.ts';
import { drawOf } from './draw.ts';
import { createLimiter, type Limiter } from './limiter.ts';
import type { Plan, PlannedModel } from './plan.ts';
import type { BuiltRequest } from './request.ts';
import { createRetryBudget, decideRetry, type RetryBudget } from './retry.ts';
import { spentBefore } from './spentBefore.ts';
import { type Circuit, createCircuit, type StopReason } from './stop.ts';
import { createTurns, type Turns } from './turns.ts';

/** What a run needs beside its plan. */
export interface RunDependencies {
  readonly header: RunHeader;
  readonly writer: JournalWriter;
  /** By model name. */
  readonly providers: ReadonlyMap<string, Provider>;
  readonly cache: AnswerCache;
  readonly clock: Clock;
  readonly random: () => number;
  readonly interactive: boolean;
  readonly redactDeep: <T>(value: T) => T;
  /** Resolves when the consumer can take more; the run waits for it between samples. */
  readonly emit: (event: RunEvent) => void | Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Runs a plan: an attempt is on disk before its call, the output and its scores after; events follow what is on disk. Holds no output
 * of a finished sample. Never rejects for what a provider, a disk or a user does: the last event says how it ended.
 */
export async function runPlan(plan: Plan, dependencies: RunDependencies): Promise<void> {
  await new Run(plan, dependencies, await createScorer(plan.evaluators, plan.evaluatorFiles)).run();
}

/** One model of the run with what is shared among its samples. */
interface Lane extends PlannedModel {
  readonly provider: Provider;
  readonly limiter: Limiter;
  readonly retries: RetryBudget;
  readonly circuit: Circuit;
}

class Run {
  readonly #plan: Plan;
  readonly #deps: RunDependencies;
  readonly #scorer: Scorer;
  readonly #tally = new RunTally();
  readonly #turns: Turns;
  readonly #budget: Budget;
  /** Aborts waits at once when the run stops. */
  readonly #waits = new AbortController();
  /** Calls under way. */
  readonly #calls = new Set<AbortController>();
  readonly #writes = new Set<Promise<void>>();
  /** Samples that each case still waits for; a case that is done is removed. */
  readonly #left = new Map<string, number>();
  readonly #started = new Set<string>();
  readonly #places: ReadonlyMap<string, number>;
  /** Aborted once nothing is left to do. */
  readonly #over = new AbortController();
  #pressure: Promise<void> | undefined;
  #stop: StopReason | undefined;

  constructor(plan: Plan, deps: RunDependencies, scorer: Scorer) {
    this.#plan = plan;
    this.#places = new Map(plan.cases.map(({ id }, at) => [id, at]));
    this.#deps = deps;
    this.#scorer = scorer;
    this.#turns = createTurns(Math.ceil(plan.concurrency / CONCURRENCY_A_CALL));
    this.#budget = createBudget(plan.budget, spentBefore(plan.resume?.state));
  }

  async run(): Promise<void> {
    const { signal } = this.#deps;
    const onCancel = (): void => this.#end({ end: 'cancelled', message: 'Cancelled. Resume the run to call for what is missing.' }, true);
    if (signal.aborted) onCancel();
    else signal.addEventListener('abort', onCancel, { once: true });
    try {
      await this.#begin();
      await Promise.all([...this.#queues()].map(([lane, queue]) => this.#runLane(lane, queue)));
    } catch (error) {
      this.#broken(error);
    }
    while (this.#writes.size) await Promise.all(this.#writes);
    signal.removeEventListener('abort', onCancel);
    this.#over.abort();
    await this.#finish();
  }

  async #begin(): Promise<void> {
    const { writer, header, clock } = this.#deps;
    const { prompt, cases, seed, concurrency, cache, budget, evaluatorsHash, resume } = this.#plan;
    if (resume) {
      await writer.append({ type: 'resumed', at: clock.date().toISOString(), kept: header.resumed?.kept ?? 0, unknown: resume.unknown });
      this.#emit({ type: 'runStarted', header });
      // The stream of a continuation tells the whole run, so that whoever only sees it counts the same.
      for (const event of eventsOf(resume.state)) if (event.type !== 'runStarted' && event.type !== 'runFinished') this.#emit(event);
      return;
    }
    const settings = { repeats: header.repeats, seed, concurrency, cache, budget, evaluators: evaluatorsHash };
    const first = writer.append({ type: 'run', formatVersion: 1, header, prompt, settings });
    const rows: Promise<void>[] = [];
    for (let at = 0; at < cases.length; at += CASES_A_RECORD)
      rows.push(writer.append({ type: 'cases', cases: cases.slice(at, at + CASES_A_RECORD) }));
    await Promise.all([first, ...rows]);
    this.#emit({ type: 'runStarted', header });
  }

  /** What each model has to do, in the dataset's order. */
  #queues(): ReadonlyMap<Lane, Iterator<{ readonly of: FrozenCase; readonly repeat: number }>> {
    const { plan, deps } = { plan: this.#plan, deps: this.#deps };
    const wanted = plan.resume && new Set(plan.resume.keys.map(sampleKeyText));
    const shared = new Map<string, { readonly retries: RetryBudget; readonly circuit: Circuit }>();
    const queues = new Map<Lane, Iterator<{ readonly of: FrozenCase; readonly repeat: number }>>();
    const repeats = deps.header.repeats;
    for (const { id, ...of } of plan.cases) {
      let samples = 0;
      for (const model of deps.header.models.filter((name) => isAskedOf(of, name)))
        for (let repeat = 0; repeat < repeats; repeat++) if (!wanted || wanted.has(sampleKeyText({ caseId: id, model, repeat }))) samples++;
      if (samples) this.#left.set(id, samples);
    }
    for (const model of plan.models) {
      const { name, provider: providerName, origin } = model.resolved;
      const provider = deps.providers.get(name);
      if (!provider) throw new Error(`No provider was opened for ${name}.`);
      const place = `${providerName}\n${origin}`;
      const common = shared.get(place) ?? { retries: createRetryBudget(deps.clock.now), circuit: createCircuit() };
      shared.set(place, common);
      const lane: Lane = { ...model, provider, limiter: createLimiter(plan.concurrency, deps.clock), ...common };
      queues.set(
        lane,
        (function* () {
          for (const of of plan.cases.filter((one) => isAskedOf(one, name)))
            for (let repeat = 0; repeat < repeats; repeat++)
              if (!wanted || wanted.has(sampleKeyText({ caseId: of.id, model: name, repeat }))) yield { of, repeat };
        })(),
      );
    }
    return queues;
  }

  async #runLane(lane: Lane, queue: Iterator<{ readonly of: FrozenCase; readonly repeat: number }>): Promise<void> {
    const work = async (): Promise<void> => {
      while (!this.#stop) {
        const next = queue.next();
        if (next.done) return;
        try {
          await this.#runSample(lane, next.value.of, next.value.repeat);
        } catch (error) {
          this.#broken(error);
        }
        if (this.#pressure) await this.#relieved();
      }
    };
    await Promise.all(Array.from({ length: this.#plan.concurrency }, work));
  }

  async #runSample(lane: Lane, of: FrozenCase, repeat: number): Promise<void> {
    const key: SampleKey = { caseId: of.id, model: lane.resolved.name, repeat };
    if (of.refused !== undefined) {
      this.#caseStarted(of);
      const failure: Failure = { kind: 'badRequest', message: of.refused, billing: 'notSent' };
      return this.#keep({ key, requestHash: '', failure, attempts: 0 }, of);
    }
    const built = lane.builder.build(of.variables);
    if (this.#plan.cache) {
      const hit = await this.#deps.cache.get(cacheKey(built.hash, repeat));
      if (this.#stop) return;
      if (hit) {
        const { at, formatVersion: _version, ...answer } = hit;
        this.#caseStarted(of);
        return this.#keep({ key, requestHash: built.hash, ...answer, attempts: 0, cachedAt: at }, of);
      }
    }
    await this.#callUntilDone(lane, of, key, built);
  }

  async #callUntilDone(lane: Lane, of: FrozenCase, key: SampleKey, built: BuiltRequest): Promise<void> {
    const { interactive, random, clock } = this.#deps;
    let previous: Failure | undefined;
    let unknown = 0;
    for (let attempt = 1; ; attempt++) {
      const result = await this.#attempt(lane, of, key, built, attempt, previous);
      if (result === undefined) return;
      if (!(result instanceof ProviderError)) {
        const cost = result.usage && lane.pricer.costOf(result.usage);
        const { firstByteMs, latencyMs, ...answer } = result;
        return this.#keep(
          { key, requestHash: built.hash, ...defined(answer), ...(cost ? { cost } : {}), latencyMs, firstByteMs, attempts: attempt },
          of,
        );
      }
      previous = toFailure(result);
      if (this.#stop && result.kind !== 'cancelled') return this.#note(key, attempt, previous);
      const stop = lane.circuit.failed(result);
      if (stop) {
        this.#end(stop, false);
        return this.#note(key, attempt, previous);
      }
      const decision = decideRetry(result, { attempt, unknown, interactive, throttles: lane.limiter.throttles(), random });
      if (!decision.retry || !(await this.#mayRetry(lane, decision.throttle)))
        return this.#keep({ key, requestHash: built.hash, failure: previous, attempts: attempt }, of);
      if (result.billing === 'unknown') unknown++;
      this.#note(key, attempt, previous);
      if (decision.throttle) lane.limiter.throttled(decision.delayMs);
      else await clock.sleep(decision.delayMs, this.#waits.signal);
      if (this.#stop) return;
    }
  }

  /** A throttled sample waits for a retry to become free; any other failure without one is final. */
  async #mayRetry(lane: Lane, throttle: boolean): Promise<boolean> {
    while (!lane.retries.take()) {
      if (!throttle || this.#stop) return false;
      lane.limiter.throttled(1000);
      await this.#deps.clock.sleep(1000, this.#waits.signal);
    }
    return true;
  }

  /** One call with everything before and after it. Undefined when the run stopped before it was made. */
  async #attempt(
    lane: Lane,
    of: FrozenCase,
    key: SampleKey,
    built: BuiltRequest,
    attempt: number,
    afterFailure: Failure | undefined,
  ): Promise<ProviderAnswer | ProviderError | undefined> {
    const { writer, clock, header } = this.#deps;
    if (!(await lane.limiter.acquire(this.#waits.signal))) return undefined;
    const worst = lane.pricer.costOf({ inputTokens: built.mostInputTokens, outputTokens: lane.builder.maxOutputTokens })?.usd;
    try {
      if (!(await this.#budget.reserve(worst))) {
        this.#end({ end: 'budget', message: this.#budgetMessage() }, false);
        return undefined;
      }
      if (this.#mustNotSend()) {
        this.#budget.cancel(worst);
        return undefined;
      }
      await writer.append({
        type: 'attempt',
        key,
        attempt,
        at: clock.date().toISOString(),
        requestHash: built.hash,
        ...(worst === undefined ? {} : { worstCost: worst }),
      });
      await this.#turns.next();
      if (this.#mustNotSend()) {
        this.#budget.cancel(worst);
        this.#note(key, attempt, { kind: 'cancelled', message: 'The run stopped before the call was sent.', billing: 'notSent' });
        return undefined;
      }
      this.#caseStarted(of);
      this.#emit({ type: 'attemptStarted', runId: header.runId, key, attempt, ...(afterFailure ? { afterFailure } : {}) });
      if (attempt === 1) lane.retries.earn();
      const controller = new AbortController();
      this.#calls.add(controller);
      try {
        const answer = await lane.provider.call(built.request, {
          signal: controller.signal,
          draw: drawOf(this.#plan.seed, key.caseId, key.repeat),
        });
        const cost = answer.usage && lane.pricer.costOf(answer.usage)?.usd;
        this.#budget.settle(worst, { cost: cost ?? worst ?? 0 });
        lane.limiter.succeeded();
        lane.circuit.answered();
        return answer;
      } catch (error) {
        const failure = controller.signal.aborted ? cancelled() : error instanceof ProviderError ? error : internal(error);
        this.#budget.settle(worst, failure.billing === 'unknown' ? 'unknown' : { cost: 0 });
        return failure;
      } finally {
        this.#calls.delete(controller);
      }
    } finally {
      lane.limiter.release();
    }
  }

  /** Stores a finished sample with its scores and tells of it once both are on disk. The next sample does not wait for that. */
  #keep(raw: Sample, of: FrozenCase): void {
    const { writer, header, cache } = this.#deps;
    const sample = this.#deps.redactDeep(raw);
    const scores = sample.output ? this.#deps.redactDeep(this.#scorer.score(sample, of)) : undefined;
    const written = [
      writer.append({ type: 'output', sample }),
      ...(scores ? [writer.append({ type: 'scores', key: sample.key, evaluators: this.#plan.evaluatorsHash, scores })] : []),
      ...(this.#plan.cache && sample.output && !sample.cachedAt
        ? [cache.put(cacheKey(sample.requestHash, sample.key.repeat), sample).catch(() => undefined)] // losing it costs a call later
        : []),
    ];
    this.#track(
      Promise.all(written).then(() => {
        this.#emit({ type: 'sampleFinished', runId: header.runId, sample });
        if (scores) this.#emit({ type: 'sampleScored', runId: header.runId, key: sample.key, scores: [...scores] });
        this.#sampleDone(of.id);
      }),
    );
  }

  /** An attempt that ended without an answer, in the journal alone. */
  #note(key: SampleKey, attempt: number, failure: Failure): void {
    this.#track(this.#deps.writer.append({ type: 'attemptFailed', key, attempt, failure }));
  }

  #sampleDone(caseId: string): void {
    const left = (this.#left.get(caseId) ?? 1) - 1;
    if (left > 0) {
      this.#left.set(caseId, left);
      return;
    }
    this.#left.delete(caseId);
    this.#started.delete(caseId);
    const status = this.#tally.statusOf(caseId);
    if (status) this.#emit({ type: 'caseFinished', runId: this.#deps.header.runId, caseId, status });
  }

  #caseStarted(of: FrozenCase): void {
    if (this.#started.has(of.id)) return;
    this.#started.add(of.id);
    this.#emit(this.#deps.redactDeep(caseStarted(this.#deps.header.runId, of, this.#places.get(of.id) ?? 0)));
  }

  #emit(event: RunEvent): void {
    this.#tally.apply(event);
    const pressure = this.#deps.emit(event);
    if (pressure) this.#pressure = pressure;
  }

  /** Waits until the consumer has taken what there is, or the run stops. */
  async #relieved(): Promise<void> {
    const { signal } = this.#waits;
    if (signal.aborted) return;
    let stopped: (() => void) | undefined;
    const stop = new Promise<void>((resolve) => {
      stopped = resolve;
      signal.addEventListener('abort', resolve as () => void, { once: true });
    });
    await Promise.race([this.#pressure, stop]);
    if (stopped) signal.removeEventListener('abort', stopped);
    this.#pressure = undefined;
  }

  #track(write: Promise<void>): void {
    const tracked = write.catch((error: unknown) => this.#broken(error));
    this.#writes.add(tracked);
    void tracked.then(() => this.#writes.delete(tracked));
  }

  /** The journal cannot be written, or a bug: no call may be paid whose answer is then lost. */
  #broken(error: unknown): void {
    const message =
      error instanceof UserError ? error.message : `Internal error: ${error instanceof Error ? error.message : String(error)}`;
    this.#end({ end: 'failed', message }, true);
  }

  /** The first reason counts. Waits end at once; calls under way are aborted, or get a moment to answer, or within a budget all they need. */
  #end(reason: StopReason, abortCalls: boolean): void {
    if (!this.#stop) {
      this.#stop = reason;
      this.#waits.abort();
      if (reason.end === 'failed' && !abortCalls) void this.#deps.clock.sleep(GRACE_MS, this.#over.signal).then(() => this.#abortCalls());
    }
    if (abortCalls) this.#abortCalls();
  }

  /** A call that fits the budget is made, also when the next one did not. */
  #mustNotSend(): boolean {
    return this.#stop !== undefined && this.#stop.end !== 'budget';
  }

  #abortCalls(): void {
    for (const call of this.#calls) call.abort();
  }

  #budgetMessage(): string {
    const { maxCost, maxCalls } = this.#plan.budget;
    const limit = maxCalls !== undefined && this.#budget.calls() >= maxCalls ? `${maxCalls} calls` : `$${maxCost}`;
    return `The budget of ${limit} is used up: nothing more was sent. Raise budgets.run in evenkeel.yml or ask for more, then resume the run.`;
  }

  async #finish(): Promise<void> {
    const { writer, header } = this.#deps;
    const end = this.#stop?.end ?? 'finished';
    const message = this.#stop && this.#deps.redactDeep(this.#stop.message);
    const totals = { ...this.#tally.totals(), unknownCostUsd: this.#budget.unknownCost() };
    const last: { readonly end: RunEnd; readonly totals: RunTotals; readonly message?: string } = {
      end,
      totals,
      ...(message === undefined ? {} : { message }),
    };
    // A journal that cannot be written is the reason of the end already.
    await writer.append({ type: 'end', ...last }).catch(() => undefined);
    this.#emit({ type: 'runFinished', runId: header.runId, ...last });
  }
}

const CASES_A_RECORD = 500;

/** One call is begun between two looks at what has come in, and one more for each so many in flight. */
const CONCURRENCY_A_CALL = 32;

/** How long calls under way may go on once the run makes no sense any more. */
const GRACE_MS = 500;

function toFailure({ kind, message, billing, status }: ProviderError): Failure {
  return { kind, message, billing, ...(status === undefined ? {} : { status }) };
}

function internal(error: unknown): ProviderError {
  return new ProviderError('malformed', `Internal error: ${error instanceof Error ? error.message : String(error)}`, {
    billing: 'unknown',
  });
}

/** Without the keys whose value is undefined: JSON and the event types have none. */
function defined<T extends object>(value: T): { readonly [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    readonly [K in keyof T]: Exclude<T[K], undefined>;
  };
}
