import type { CaseStatus, RunEvent, RunHeader, RunTotals, Sample, Score } from './run.ts';
import { plannedSamples, sampleKeyText } from './run.ts';
import { wilsonInterval } from './wilson.ts';

/**
 * Counts a run from its events; engine, terminal and panel share it, so their figures cannot differ. Holds numbers, not outputs.
 * A sample scored again replaces its earlier scores; the last word on a sample counts.
 */
export class RunTally {
  readonly #cases = new Map<string, Map<string, SampleTally>>();
  readonly #failedBy = new Map<string, number>();
  readonly #unscoredBy = new Map<string, number>();
  #planned = 0;
  #inFlight = 0;
  #retries = 0;
  #unknownAttempts = 0;
  #expectedSamples = 0;

  /** Samples that have an answer or a failure. */
  get done(): number {
    let count = 0;
    for (const samples of this.#cases.values()) for (const sample of samples.values()) if (sample.finished) count++;
    return count;
  }

  get planned(): number {
    return this.#expectedSamples;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  apply(event: RunEvent): void {
    switch (event.type) {
      case 'runStarted':
        this.#start(event.header);
        break;
      case 'attemptStarted':
        this.#attempt(event.attempt, event.afterFailure?.billing === 'unknown');
        break;
      case 'sampleFinished':
        this.#finish(event.sample);
        break;
      case 'sampleScored':
        this.#score(event.key.caseId, sampleKeyText(event.key), event.scores);
        break;
      default:
        break;
    }
  }

  /** Evaluator names by how many samples they failed, most first. */
  failedBy(): readonly (readonly [string, number])[] {
    return [...this.#failedBy].filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]);
  }

  /** The same for evaluators that could not be scored. */
  unscoredBy(): readonly (readonly [string, number])[] {
    return [...this.#unscoredBy].filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]);
  }

  /** The status of one case as far as its samples have come; undefined before the first. */
  statusOf(caseId: string): CaseStatus | undefined {
    const samples = this.#cases.get(caseId);
    return samples && [...samples.values()].some((sample) => sample.finished) ? caseStatus(samples) : undefined;
  }

  totals(): RunTotals {
    const count = { passed: 0, failed: 0, unscored: 0, error: 0 };
    const latencies: number[] = [];
    const sums = {
      calls: 0,
      fromCache: 0,
      inputTokens: 0,
      outputTokens: 0,
      costUsd: 0,
      unpriced: 0,
      unknownCostUsd: 0,
      unknownOutcomes: this.#unknownAttempts,
    };
    for (const samples of this.#cases.values()) {
      if ([...samples.values()].some((sample) => sample.finished)) count[caseStatus(samples)]++;
      for (const sample of samples.values()) add(sums, latencies, sample);
    }
    const scored = count.passed + count.failed;
    latencies.sort((a, b) => a - b);
    return {
      cases: this.#planned,
      passed: count.passed,
      failed: count.failed,
      unscored: count.unscored,
      errors: count.error,
      ...(scored ? { passRate: count.passed / scored, interval: wilsonInterval(count.passed, scored) } : {}),
      retries: this.#retries,
      ...sums,
      costUsd: roundMoney(sums.costUsd),
      unknownCostUsd: roundMoney(sums.unknownCostUsd),
      ...(latencies.length ? { medianLatencyMs: quantile(latencies, 0.5), p95LatencyMs: quantile(latencies, 0.95) } : {}),
    };
  }

  #start(header: RunHeader): void {
    this.#planned = header.cases;
    this.#inFlight = 0; // a resumed run starts with nothing in flight, whatever its journal left open
    this.#expectedSamples = plannedSamples(header);
  }

  #attempt(attempt: number, afterUnknown: boolean): void {
    if (attempt > 1) this.#retries++;
    else this.#inFlight++;
    if (afterUnknown) this.#unknownAttempts++;
  }

  #finish(sample: Sample): void {
    if (!sample.cachedAt && sample.attempts > 0) this.#inFlight = Math.max(0, this.#inFlight - 1);
    const tally = this.#sample(sample.key.caseId, sampleKeyText(sample.key));
    Object.assign(tally, {
      finished: true,
      failed: sample.failure !== undefined,
      unknown: sample.failure?.billing === 'unknown',
      cached: sample.cachedAt !== undefined,
      attempts: sample.attempts,
      latencyMs: sample.latencyMs,
      inputTokens: sample.usage?.inputTokens ?? 0,
      outputTokens: sample.usage?.outputTokens ?? 0,
      costUsd: sample.cost?.usd,
    });
  }

  #score(caseId: string, key: string, scores: readonly Score[]): void {
    const tally = this.#sample(caseId, key);
    for (const [list, counts] of [
      [tally.failedNames, this.#failedBy],
      [tally.unscoredNames, this.#unscoredBy],
    ] as const)
      for (const name of list) counts.set(name, (counts.get(name) ?? 0) - 1);
    tally.failedNames = scores.filter(({ status }) => status === 'failed').map(({ evaluator }) => evaluator);
    tally.unscoredNames = scores.filter(({ status }) => status === 'unscored').map(({ evaluator }) => evaluator);
    tally.scored = scores.length;
    for (const name of tally.failedNames) this.#failedBy.set(name, (this.#failedBy.get(name) ?? 0) + 1);
    for (const name of tally.unscoredNames) this.#unscoredBy.set(name, (this.#unscoredBy.get(name) ?? 0) + 1);
  }

  #sample(caseId: string, key: string): SampleTally {
    const samples = this.#cases.get(caseId) ?? new Map<string, SampleTally>();
    this.#cases.set(caseId, samples);
    const known = samples.get(key) ?? emptySample();
    samples.set(key, known);
    return known;
  }
}

interface SampleTally {
  finished: boolean;
  failed: boolean;
  unknown: boolean;
  cached: boolean;
  attempts: number;
  latencyMs: number | undefined;
  inputTokens: number;
  outputTokens: number;
  costUsd: number | undefined;
  scored: number;
  failedNames: readonly string[];
  unscoredNames: readonly string[];
}

function emptySample(): SampleTally {
  return {
    finished: false,
    failed: false,
    unknown: false,
    cached: false,
    attempts: 0,
    latencyMs: undefined,
    inputTokens: 0,
    outputTokens: 0,
    costUsd: undefined,
    scored: 0,
    failedNames: [],
    unscoredNames: [],
  };
}

function caseStatus(samples: ReadonlyMap<string, SampleTally>): CaseStatus {
  const all = [...samples.values()].filter((sample) => sample.finished);
  if (all.some((sample) => sample.failedNames.length)) return 'failed';
  if (all.some((sample) => sample.failed)) return 'error';
  if (all.some((sample) => sample.unscoredNames.length || !sample.scored)) return 'unscored';
  return 'passed';
}

interface Sums {
  calls: number;
  fromCache: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
  unpriced: number;
  unknownOutcomes: number;
}

function add(sums: Sums, latencies: number[], sample: SampleTally): void {
  if (!sample.finished) return;
  if (sample.cached) sums.fromCache++;
  else sums.calls += sample.attempts;
  if (sample.unknown) sums.unknownOutcomes++;
  if (sample.failed) return;
  if (sample.latencyMs !== undefined && !sample.cached) latencies.push(sample.latencyMs);
  sums.inputTokens += sample.inputTokens;
  sums.outputTokens += sample.outputTokens;
  if (sample.cached) return;
  if (sample.costUsd === undefined) sums.unpriced++;
  else sums.costUsd += sample.costUsd;
}

/** Linear interpolation between order statistics (type 7); the list is sorted and not empty. */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}

/** Sums of many small prices carry float noise; a millionth of a cent is enough. */
function roundMoney(usd: number): number {
  return Math.round(usd * 1e8) / 1e8;
}
