import type { Canary, DailyRecord } from '../../../ledger/index.ts';
import type { Comparison, Output } from '../../../protocol/index.ts';
import {
  advanceMonitor,
  type CanaryBag,
  type CaseMatrices,
  caseMatrices,
  chooseViews,
  type MonitorEntry,
  type MonitorState,
  recomputeEvidence,
  recordWeeklyLook,
  startMonitor,
  viewsOn,
  type WeeklyEntry,
  WHOLE,
  watchable,
} from '../../drift/index.ts';
import { readingOptions } from '../buildComparison.ts';
import { comparableText } from '../comparableText.ts';
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
  const history = since.flatMap((record) => (record.type === 'entry' ? [fromRecord(record.entry)] : []));
  const samples = since.filter((record) => record.type === 'samples');
  const red = since.find((record) => record.type === 'red');
  const begun = startMonitor({ seed: start.seed, since: start.date, weekly, ...(start.views ? { views: start.views } : {}) });
  const monitor: MonitorState = {
    ...begun,
    history,
    evidence: recomputeEvidence({ ...begun, history }),
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
  const bags = start.canaries.flatMap((canary) => bagsOf(canary, { monitor, samples }, taken, reading));
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

/** What a new monitor watches: what the approved answers of its canaries hold. */
export function viewsToWatch(canaries: readonly Canary[], reading: Comparison['reading']): readonly string[] {
  return chooseViews(canaries.map((canary) => distances(approvedOutputs(canary), reading)));
}

/**
 * The answers of one canary in every view that takes part, those of `taken` last. Views that have seen the same answers share one computation
 * of the distances.
 */
function bagsOf(
  canary: Canary,
  { monitor, samples }: Pick<DailyHistory, 'monitor' | 'samples'>,
  taken: Samples,
  reading: Comparison['reading'],
): readonly CanaryBag[] {
  const added = outputsOf([taken], canary.caseId);
  if (!added.length) return [];
  const earlier = samples.slice(0, monitor.history.length);
  const computed = new Map<string, ReturnType<typeof watchable>>();
  return viewsOn(taken.kind, monitor).flatMap((view): readonly CanaryBag[] => {
    const seen = earlier.filter((_, at) => hasSeen(monitor.history[at], view));
    const key = seen.map(({ runId }) => runId).join();
    const views =
      computed.get(key) ?? watchable(distances([...approvedOutputs(canary), ...outputsOf(seen, canary.caseId), ...added], reading));
    computed.set(key, views);
    const matrix = views.get(view);
    return matrix ? [{ canary: canary.caseId, view, matrix, added: added.length }] : [];
  });
}

/** Whether a view took part in an occasion: in every day, and in the bursts that it asked for. */
function hasSeen(entry: MonitorEntry | undefined, view: string): boolean {
  return entry !== undefined && (entry.kind === 'day' || entry.canaries.some((row) => row.view === view));
}

function distances(outputs: readonly Output[], reading: Comparison['reading']): CaseMatrices {
  return caseMatrices(
    outputs.map((output) => ({ text: comparableText(output), contract: null })),
    readingOptions(reading),
  );
}

type EntryRecord = Extract<DailyRecord, { readonly type: 'entry' }>['entry'];

function fromRecord({ canaries, ...entry }: EntryRecord): MonitorEntry {
  return { ...entry, canaries: canaries.map(({ canary, view = WHOLE, p }) => ({ canary, view, p })) };
}

function asRecord({ canaries, ...entry }: MonitorEntry): EntryRecord {
  return { ...entry, canaries: canaries.map(({ canary, view, p }) => ({ canary, ...(view === WHOLE ? {} : { view }), p: [...p] })) };
}
