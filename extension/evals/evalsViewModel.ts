import { createHash } from 'node:crypto';
import {
  type EvalsHeader,
  type EvalsRow,
  type RunEnd,
  type RunEvent,
  type RunHeader,
  RunTally,
  sampleKeyText,
} from '../../protocol/index.ts';
import { ago } from './ago.ts';
import { type CaseRecord, recordSample, recordScores, rowOf } from './caseRecord.ts';
import { moneyNote } from './moneyNote.ts';

/** A row that is new or has changed, with its place in the dataset's order. */
export interface RowPatch {
  readonly at: number;
  readonly row: EvalsRow;
}

/** Whole outputs of a run by sample, as digests: what the next run is compared with. */
export type RunDigests = ReadonlyMap<string, string>;

/**
 * One run as the evals panel shows it, built from its events alone: the same events give the same header and rows, live or replayed.
 * Rows that changed since the last `takePatches` are what has to be sent. `now` is in milliseconds.
 */
export class EvalsViewModel {
  readonly #now: () => number;
  readonly #previous: RunDigests | undefined;
  readonly #tally = new RunTally();
  readonly #records: (CaseRecord | undefined)[] = [];
  readonly #rows: (EvalsRow | undefined)[] = [];
  readonly #places = new Map<string, number>();
  readonly #touched = new Set<number>();
  #header: RunHeader | undefined;
  #inputName: string | undefined;
  #startedAt = 0;
  #doneAtStart = 0;
  #oldestCached: number | undefined;
  #changed = 0;
  #end: RunEnd | undefined;
  #message: string | undefined;

  constructor({ now = Date.now, previous }: { readonly now?: () => number; readonly previous?: RunDigests | undefined } = {}) {
    this.#now = now;
    this.#previous = previous;
  }

  get runHeader(): RunHeader | undefined {
    return this.#header;
  }

  get end(): RunEnd | undefined {
    return this.#end;
  }

  /** Why it ended, where the engine said so. */
  get message(): string | undefined {
    return this.#message;
  }

  get total(): number {
    return Math.max(this.#header?.cases ?? 0, this.#records.length);
  }

  get done(): number {
    return this.#tally.done;
  }

  apply(event: RunEvent): void {
    this.#tally.apply(event);
    switch (event.type) {
      case 'runStarted':
        this.#header = event.header;
        this.#startedAt = this.#now();
        this.#doneAtStart = this.#tally.done;
        this.#end = undefined;
        this.#message = undefined;
        break;
      case 'caseStarted': {
        const record = this.#record(event.caseId, event.at);
        record.state = 'running';
        if (event.input) {
          record.input = event.input.text;
          this.#inputName ??= event.input.name;
        }
        break;
      }
      case 'sampleFinished':
        recordSample(this.#record(event.sample.key.caseId), sampleKeyText(event.sample.key), event.sample, digest);
        this.#noteCached(event.sample.cachedAt);
        break;
      case 'sampleScored':
        recordScores(this.#record(event.key.caseId), sampleKeyText(event.key), event.scores);
        break;
      case 'caseFinished':
        this.#record(event.caseId).state = 'done';
        break;
      case 'runFinished':
        this.finish(event.end, event.message);
        break;
      case 'attemptStarted':
        break;
    }
  }

  /** The run is over, said by its last event or, where that never came, by what ended it. */
  finish(end: RunEnd, message?: string): void {
    this.#end = end;
    this.#message = message;
    for (const [at, record] of this.#records.entries()) {
      if (record?.state !== 'running') continue;
      record.state = 'stopped';
      this.#touched.add(at);
    }
  }

  /** A run that had ended goes on. */
  reopen(): void {
    this.#end = undefined;
    this.#message = undefined;
  }

  /** The rows that changed since the last call, in order. */
  takePatches(): readonly RowPatch[] {
    const places = [...this.#touched].sort((a, b) => a - b);
    this.#touched.clear();
    return places.flatMap((at) => {
      const row = this.#refresh(at);
      return row ? [{ at, row }] : [];
    });
  }

  /** Every row there is, each with its place. */
  rows(): readonly RowPatch[] {
    this.takePatches();
    return this.#rows.flatMap((row, at) => (row ? [{ at, row }] : []));
  }

  caseIds(...status: readonly EvalsRow['status'][]): readonly string[] {
    return this.rows().flatMap(({ row }) => (status.length === 0 || status.includes(row.status) ? [row.caseId] : []));
  }

  /** The figures above the rows; what the session alone knows (its questions and notices) is added there. */
  header(): EvalsHeader {
    const { passRate, interval, ...totals } = this.#tally.totals();
    const { done, planned, inFlight } = this.#tally;
    const header = this.#header;
    const running = header !== undefined && this.#end === undefined;
    const secondsLeft = running ? this.#secondsLeft(done, planned) : undefined;
    return {
      title: header?.promptName ?? '',
      ...(header?.version ? { version: header.version } : {}),
      models: [...(header?.models ?? [])],
      ...(header?.dataset ? { dataset: header.dataset.path } : {}),
      state: this.#end ?? (running ? 'running' : 'planning'),
      done,
      planned,
      inFlight: running ? inFlight : 0,
      ...(secondsLeft === undefined ? {} : { secondsLeft }),
      passed: totals.passed,
      failed: totals.failed,
      unscored: totals.unscored,
      errors: totals.errors,
      ...(passRate === undefined ? {} : { passRate }),
      ...(interval ? { low: interval.low, high: interval.high } : {}),
      failedBy: this.#tally.failedBy().map(([name, count]) => [name, count]),
      unscoredBy: this.#tally.unscoredBy().map(([name, count]) => [name, count]),
      retries: totals.retries,
      unknownOutcomes: totals.unknownOutcomes,
      ...(totals.medianLatencyMs === undefined ? {} : { medianLatencyMs: totals.medianLatencyMs }),
      ...(totals.p95LatencyMs === undefined ? {} : { p95LatencyMs: totals.p95LatencyMs }),
      costUsd: totals.costUsd,
      unpriced: totals.unpriced,
      fromCache: totals.fromCache,
      ...(this.#oldestCached === undefined ? {} : { cachedAgo: ago(Math.max(0, this.#now() - this.#oldestCached)) }),
      moneyNote: header ? moneyNote(header) : '',
      ...(this.#previous ? { changed: this.#changed } : {}),
      ...(this.#inputName === undefined ? {} : { inputName: this.#inputName }),
    };
  }

  /** This run's outputs laid over those of the runs before it: what the next run is compared with. */
  digests(): RunDigests {
    const all = new Map(this.#previous);
    for (const record of this.#records)
      for (const [key, sample] of record?.samples ?? []) if (sample.digest !== undefined) all.set(key, sample.digest);
    return all;
  }

  #record(caseId: string, at?: number): CaseRecord {
    const place = this.#places.get(caseId) ?? this.#placeFor(at);
    this.#places.set(caseId, place);
    this.#touched.add(place);
    const record = this.#records[place] ?? { caseId, input: '', state: 'running', samples: new Map() };
    this.#records[place] = record;
    return record;
  }

  /** The wanted place if it is a sensible one and free, else the end. */
  #placeFor(at: number | undefined): number {
    const limit = Math.max(this.#header?.cases ?? 0, this.#records.length + 1);
    return at !== undefined && Number.isInteger(at) && at >= 0 && at < limit && !this.#records[at] ? at : this.#records.length;
  }

  #refresh(at: number): EvalsRow | undefined {
    const record = this.#records[at];
    if (!record) return undefined;
    const row = rowOf(record, this.#statusOf(record), this.#previous);
    this.#changed += Number(row.changed ?? false) - Number(this.#rows[at]?.changed ?? false);
    this.#rows[at] = row;
    return row;
  }

  #statusOf(record: CaseRecord): EvalsRow['status'] {
    if (record.state === 'running') return 'running';
    return this.#tally.statusOf(record.caseId) ?? 'waiting';
  }

  #noteCached(cachedAt: string | undefined): void {
    const time = cachedAt === undefined ? Number.NaN : Date.parse(cachedAt);
    if (!Number.isNaN(time)) this.#oldestCached = Math.min(this.#oldestCached ?? time, time);
  }

  /** From the rate of this session alone; nothing before it is worth saying. */
  #secondsLeft(done: number, planned: number): number | undefined {
    const seconds = (this.#now() - this.#startedAt) / 1000;
    const since = done - this.#doneAtStart;
    if (since < 3 || seconds < 0.5 || done >= planned) return undefined;
    return Math.ceil(((planned - done) * seconds) / since);
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
