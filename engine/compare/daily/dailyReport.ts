import { type Canary, type DailyRecord, type FrozenCase, fingerprintOf, type LoadedPrompt } from '../../../ledger/index.ts';
import type { MonitorReport, SideInfo } from '../../../protocol/index.ts';
import { likelyChange, monitorColour, monitorSentence } from '../../drift/index.ts';
import type { Assessor } from '../assessor.ts';
import type { CasePair } from '../buildComparison.ts';
import { approvedOutputs } from './canaries.ts';
import { type DailyHistory, outputsOf } from './dailyMonitor.ts';

/** Where the monitor stands, for reports. */
export function monitorReport({ monitor, start }: DailyHistory, date: string): MonitorReport {
  const colour = monitorColour(monitor);
  const last = monitor.history.at(-1);
  const likely = colour === 'green' ? null : likelyChange(monitor);
  const look = monitor.weekly.at(-1);
  return {
    colour,
    sentence: monitorSentence(monitor),
    date,
    since: monitor.since,
    evidence: last?.r ?? 0,
    canaries: start.canaries.length,
    history: monitor.history.map((entry) => ({ date: entry.date, evidence: entry.r })),
    ...(look ? { weekly: { date: look.date, alarm: look.alarm } } : {}),
    ...(likely ? { likelySince: likely.since } : {}),
  };
}

/** The canaries with their approved answers and those of the given records. */
export function reportPairs(
  canaries: readonly Canary[],
  cases: readonly FrozenCase[],
  records: readonly Extract<DailyRecord, { readonly type: 'samples' }>[],
  assessor: Assessor,
): readonly CasePair[] {
  const byId = new Map(canaries.map((canary) => [canary.caseId, canary]));
  return cases.flatMap((of) => {
    const canary = byId.get(of.id);
    if (!canary) return [];
    const assess = (output: Parameters<Assessor['assess']>[0]['output']) => assessor.assess({ output }, of);
    return [{ of, approved: approvedOutputs(canary).map(assess), fresh: outputsOf(records, of.id).map(assess), failures: 0 }];
  });
}

/** The two sides of a daily report: what was approved when the monitor began, and what the canaries answered since. */
export function reportSides(
  { start, samples }: DailyHistory,
  model: string,
  { document, facts }: LoadedPrompt,
): { readonly baseline: SideInfo; readonly candidate: SideInfo } {
  const { fingerprint, parts } = fingerprintOf(document, facts);
  const version = document.version?.value;
  const own = start.fingerprint === fingerprint ? { parts } : {};
  return {
    baseline: {
      kind: 'baseline',
      label: 'baseline',
      fingerprint: start.fingerprint,
      ...own,
      model,
      answeredBy: [],
      at: start.date,
      runIds: [],
    },
    candidate: {
      kind: 'daily',
      label: 'daily check',
      ...(version === undefined ? {} : { version }),
      fingerprint,
      parts,
      model,
      answeredBy: [...new Set(samples.flatMap(({ answeredBy }) => answeredBy))].sort(),
      ...(samples.length ? { at: samples.at(-1)?.date ?? '' } : {}),
      runIds: samples.slice(-10).map(({ runId }) => runId),
    },
  };
}
