import type { EvalsRow, Sample, Score } from '../../protocol/index.ts';
import { oneLine } from './oneLine.ts';

/** What the panel keeps of one case: a few short strings a sample, never whole outputs. */
export interface CaseRecord {
  readonly caseId: string;
  input: string;
  state: 'running' | 'done' | 'stopped';
  readonly samples: Map<string, SampleRecord>;
}

interface SampleRecord {
  output: string;
  failure: string | undefined;
  /** A digest of the whole output, to tell whether it changed. */
  digest: string | undefined;
  latencyMs: number | undefined;
  tokens: number | undefined;
  cached: boolean;
  scores: readonly Pick<Score, 'evaluator' | 'status'>[];
}

/** Notes a sample's answer or failure; its scores come by themselves. */
export function recordSample(record: CaseRecord, key: string, sample: Sample, digest: (text: string) => string): void {
  const { output, failure, usage } = sample;
  const text = output?.refusal ?? output?.text;
  Object.assign(sampleOf(record, key), {
    output: text === undefined ? '' : oneLine(text || (output?.toolCalls ?? []).map((call) => `${call.name}(${call.arguments})`).join(' ')),
    failure: failure && oneLine(failure.message),
    digest: text === undefined ? undefined : digest(JSON.stringify([text, output?.toolCalls ?? []])),
    latencyMs: sample.latencyMs,
    tokens: usage && usage.inputTokens + usage.outputTokens,
    cached: sample.cachedAt !== undefined,
  });
}

export function recordScores(record: CaseRecord, key: string, scores: readonly Score[]): void {
  sampleOf(record, key).scores = scores.map(({ evaluator, status }) => ({ evaluator, status }));
}

/**
 * The row of a case. Several samples share one row: an evaluator that failed on any of them has failed, the output shown is the first
 * that failed, time is their mean, tokens their sum.
 */
export function rowOf(record: CaseRecord, status: EvalsRow['status'], previous: ReadonlyMap<string, string> | undefined): EvalsRow {
  const samples = [...record.samples.values()];
  const shown =
    samples.find(({ scores }) => scores.some((score) => score.status === 'failed')) ?? samples.find(({ failure }) => failure) ?? samples[0];
  const failed = namesOf(samples, 'failed');
  const unscored = namesOf(samples, 'unscored').filter((name) => !failed.includes(name));
  const passed = namesOf(samples, 'passed').filter((name) => !failed.includes(name) && !unscored.includes(name));
  const latencies = samples.flatMap(({ latencyMs }) => latencyMs ?? []);
  const tokens = samples.flatMap((sample) => sample.tokens ?? []);
  const changed = previous && changedSince(record, previous);
  return {
    caseId: record.caseId,
    status,
    input: record.input,
    output: shown?.failure ?? shown?.output ?? '',
    failed,
    unscored,
    passedCount: passed.length,
    ...(latencies.length ? { latencyMs: sum(latencies) / latencies.length } : {}),
    ...(tokens.length ? { tokens: sum(tokens) } : {}),
    cached: samples.length > 0 && samples.every((sample) => sample.cached),
    ...(changed === undefined ? {} : { changed }),
  };
}

function changedSince(record: CaseRecord, previous: ReadonlyMap<string, string>): boolean | undefined {
  const compared = [...record.samples].filter(([key, { digest }]) => digest !== undefined && previous.has(key));
  return compared.length ? compared.some(([key, { digest }]) => previous.get(key) !== digest) : undefined;
}

function sampleOf(record: CaseRecord, key: string): SampleRecord {
  const known = record.samples.get(key);
  if (known) return known;
  const fresh = { output: '', failure: undefined, digest: undefined, latencyMs: undefined, tokens: undefined, cached: false, scores: [] };
  record.samples.set(key, fresh);
  return fresh;
}

function namesOf(samples: readonly SampleRecord[], status: Score['status']): string[] {
  return [...new Set(samples.flatMap(({ scores }) => scores.filter((score) => score.status === status).map(({ evaluator }) => evaluator)))];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
