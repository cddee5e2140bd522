import type { HistoryEvent } from '../../protocol/index.ts';

/**
 * Merges events by their time, newest first; a day counts as its end. Commits keep their order, whatever their clocks said: none stands above one
 * that came after it.
 */
export function newestFirst(commits: readonly HistoryEvent[], others: readonly HistoryEvent[]): readonly HistoryEvent[] {
  const timed: { readonly event: HistoryEvent; readonly time: number }[] = [];
  let latest = Number.POSITIVE_INFINITY;
  for (const event of commits) {
    latest = Math.min(latest, timeOf(event.at));
    timed.push({ event, time: latest });
  }
  // Stable: of one moment the others stand above the commit that they came from.
  const all = [...others.map((event) => ({ event, time: timeOf(event.at) })), ...timed];
  return all.sort((a, b) => b.time - a.time).map(({ event }) => event);
}

function timeOf(at: string): number {
  const time = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(at) ? `${at}T23:59:59.999Z` : at);
  return Number.isNaN(time) ? 0 : time;
}
