import { pathOfView } from '../cases/namedViews.ts';
import { BURST_SAMPLES, monitorColour, RED } from './advanceMonitor.ts';
import { strongest } from './evidence.ts';
import { likelyChange } from './likelyChange.ts';
import type { MonitorState } from './monitorState.ts';

/** Where a monitor stands, in sentences. The evidence is a bet's winnings, never called a probability. */
export function monitorSentence(state: MonitorState): string {
  const colour = monitorColour(state);
  if (colour === 'red') return redWords(state);
  const evidence = evidenceShown(strongest(state).r);
  if (colour === 'green') return `No sign of change (evidence ${evidence}; alarm at ${shown(RED)}).`;
  const burst = state.history.at(-1)?.kind === 'burst';
  const taken = burst
    ? `Took ${BURST_SAMPLES} extra samples per canary.`
    : `The next check takes ${BURST_SAMPLES} extra samples per canary.`;
  return `Something may have changed (evidence ${evidence}; alarm at ${shown(RED)}). ${taken}`;
}

/** Evidence as people read it: `1.4`, `5,200`; `more than 1,000,000` beyond. */
export function evidenceShown(evidence: number): string {
  if (evidence > MOST_SHOWN) return `more than ${shown(MOST_SHOWN)}`;
  if (evidence < 10) return evidence.toFixed(1);
  const step = evidence < 1000 ? 1 : 10 ** (Math.floor(Math.log10(evidence)) - 1);
  return shown(Math.floor(evidence / step) * step);
}

const MOST_SHOWN = 1_000_000;
/** A canary with less evidence of its own is not named. */
const STRONG = 10;

function redWords(state: MonitorState): string {
  const change = likelyChange(state);
  const { r } = strongest(state);
  const path = change === null ? null : pathOfView(change.view);
  const named = change === null ? [] : change.canaries.filter(({ evidence }) => evidence >= STRONG).slice(0, 2);
  const field = path === null ? '' : `${nameShown(path)} of `;
  const where = named.length === 0 ? '' : `; strongest in ${field}${named.map(({ canary }) => nameShown(canary)).join(', ')}`;
  const since = change === null ? '' : ` Most likely since ${dayShown(change.since)}${where}.`;
  const rarity = 'With no change at all, an alarm like this comes in at most 1 of 20 years.';
  const look = state.weekly.at(-1);
  if (r < RED && look?.alarm === true)
    return `Changed. The weekly look of ${dayShown(look.date)} differs from the baseline by more than chance allows. ${rarity}${since}`;
  return `Changed. Evidence ${evidenceShown(r)} to 1. ${rarity}${since}`;
}

/** Case ids come from the repository, paths from answers: one short line. */
function nameShown(canary: string): string {
  const line = canary.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

function shown(whole: number): string {
  return whole.toLocaleString('en-US');
}

function dayShown(date: string): string {
  return new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
}
