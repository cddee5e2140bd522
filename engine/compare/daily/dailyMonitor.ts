import type { DailyRecord } from '../../../ledger/index.ts';
import type { Comparison, Output } from '../../../protocol/index.ts';
import {
  advanceMonitor,
  type CanaryBag,
  caseMatrices,
  type DistanceMatrix,
  type MonitorEntry,
  type MonitorState,
  recordWeeklyLook,
  recomputeEvidence,
  startMonitor,
  type WeeklyEntry,
} from '../../drift/index.ts';
import { comparableText } from '../comparableText.ts';
import { readingOptions } from '../buildComparison.ts';
import { approvedOutputs } from './canaries.ts';

type Start = Extract<DailyRecord, { readonly type: 'start' }>;
type Samples = Extract<DailyRecord, { readonly type: 'samples' }>;

/** A daily state folded: the monitor that is running now, and every sample since it began. */
export interface DailyHistory {
  readonly start: Start;
  readonly monitor: MonitorState;
  readonly samples: readonly Samples[];
  /** Samples on disk that nothing was concluded from yet: the process died between the two. */
  readonly open: Samples | undefined;
}

/** Folds the records; undefined for a state that never began. Evidence is computed again from the history, not read. */
export function foldDaily(records: readonly DailyRecord[]): DailyHistory | undefined {
  const at = records.findLastIndex(({ type }) => type === 'start');
  const start = records[at];
  if (start?.type !== 'start') return undefined;
  const weekly: WeeklyEntry[] = records.flatMap((record) => (record.type === 'weekly' ? [record.look] : []));
  const since = records.slice(at + 1);
  const history: MonitorEntry[] = since.flatMap((record) => (record.type === 'entry' ? [record.entry] : []));
  const samples = since.filter((record) => record.type === 'samples');
  const red = since.find((record) => record.type === 'red');
  const monitor: MonitorState = {
    ...startMonitor(start.seed, start.date, weekly),
    history,
    evidence: recomputeEvidence(history),
    redSince: red?.type === 'red' ? red.date : null,
  };
  return { start, monitor, samples, open: samples[history.length] };
}

/** Advances the monitor by samples that are on disk; gives the new state and the records that say what was concluded. */
export function conclude(
  { start, monitor, samples }: DailyHistory,
  taken: Samples,
  reading: Comparison['reading'],
): { readonly monitor: MonitorState; readonly records: readonly DailyRecord[] } {
  const earlier = samples.slice(0, monitor.history.length);
  const bags = start.canaries.flatMap((canary): readonly CanaryBag[] => {
    const added = outputsOf([taken], canary.caseId);
    if (!added.length) return [];
    const all = [...approvedOutputs(canary), ...outputsOf(earlier, canary.caseId), ...added];
    return [{ canary: canary.caseId, matrix: wholeOutput(all, reading), added: added.length }];
  });
  const next = advanceMonitor(monitor, taken.kind, taken.date, bags);
  const entry = next.history.at(-1);
  if (next === monitor || !entry) return { monitor, records: [] };
  return {
    monitor: next,
    records: [
      { type: 'entry', entry: asRecord(entry) },
      ...(next.redSince === null ? [] : [{ type: 'red' as const, date: next.redSince }]),
    ],
  };
}

/** Records a weekly look. */
export function concludeWeek(
  monitor: MonitorState,
  date: string,
  tests: { readonly distributionP: number; readonly modeP: number },
): { readonly monitor: MonitorState; readonly records: readonly DailyRecord[] } {
  const next = recordWeeklyLook(monitor, date, tests);
  const look = next.weekly.at(-1);
  if (next === monitor || !look) return { monitor, records: [] };
  return {
    monitor: next,
    records: [{ type: 'weekly', look: { ...look } }, ...(next.redSince === null ? [] : [{ type: 'red' as const, date: next.redSince }])],
  };
}

/** A canary's outputs in some records, in their order. */
export function outputsOf(samples: readonly Samples[], caseId: string): readonly Output[] {
  return samples.flatMap((record) => record.samples.filter((one) => one.caseId === caseId).flatMap(({ outputs }) => outputs));
}

/** Samples of the last days up to one, that day among them. */
export function since(samples: readonly Samples[], date: string, days: number): readonly Samples[] {
  const from = new Date(Date.parse(`${date}T00:00:00Z`) - (days - 1) * 86_400_000).toISOString().slice(0, 10);
  return samples.filter((record) => record.date >= from && record.date <= date);
}

/** Distances of whole outputs; where an output is one value, those of that value. */
function wholeOutput(outputs: readonly Output[], reading: Comparison['reading']): DistanceMatrix {
  const { views } = caseMatrices(
    outputs.map((output) => ({ text: comparableText(output), contract: null })),
    readingOptions(reading),
  );
  const view = views.find(({ kind }) => kind === 'document') ?? views[0];
  return view?.matrix ?? { size: outputs.length, values: new Float64Array(outputs.length ** 2) };
}

function asRecord({ canaries, ...entry }: MonitorEntry): Extract<DailyRecord, { readonly type: 'entry' }>['entry'] {
  return { ...entry, canaries: canaries.map(({ canary, p }) => ({ canary, p: [...p] })) };
}
