import { strongest } from './evidence.ts';
import type { MonitorEntry, MonitorState } from './monitorState.ts';
import { BETS } from './shiryaevRoberts.ts';

/** Where the evidence comes from. */
export interface LikelyChange {
  /** The view with the most evidence, of which the rest is said. */
  readonly view: string;
  /** The day from which a change explains the history best. */
  readonly since: string;
  /** Canaries by how much they speak for a change since then, strongest first; `evidence` is the mean product of their bets. */
  readonly canaries: readonly { readonly canary: string; readonly evidence: number }[];
}

/** The most likely start of a change: the day whose bets from there on won most. Null without history. A description, not a test. */
export function likelyChange(state: Pick<MonitorState, 'views' | 'evidence' | 'history'>): LikelyChange | null {
  const { view } = strongest(state);
  const history = state.history.map((entry): MonitorEntry => ({ ...entry, canaries: entry.canaries.filter((one) => one.view === view) }));
  let best = { gain: Number.NEGATIVE_INFINITY, at: -1 };
  let logs = BETS.map(() => 0);
  for (let at = history.length - 1; at >= 0; at -= 1) {
    const entry = history[at];
    if (entry === undefined) continue;
    const won = logWins(entry.canaries.flatMap(({ p }) => p));
    logs = logs.map((log, bet) => log + (won[bet] ?? 0));
    const gain = logMean(logs);
    if (entry.kind === 'day' && gain > best.gain) best = { gain, at };
  }
  const start = history[best.at];
  if (start === undefined) return null;
  const pValues = new Map<string, number[]>();
  for (const { canaries } of history.slice(best.at)) {
    for (const { canary, p } of canaries) pValues.set(canary, [...(pValues.get(canary) ?? []), ...p]);
  }
  const canaries = [...pValues].map(([canary, p]) => ({ canary, evidence: Math.min(1e300, Math.exp(logMean(logWins(p)))) }));
  return { view, since: start.date, canaries: canaries.sort((a, b) => b.evidence - a.evidence) };
}

function logWins(pValues: readonly number[]): readonly number[] {
  return BETS.map(({ e, c }) => pValues.reduce((sum, p) => sum + Math.log(1 - e + e * c * Math.max(p, 1e-9) ** (c - 1)), 0));
}

function logMean(logs: readonly number[]): number {
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0) / logs.length);
}
