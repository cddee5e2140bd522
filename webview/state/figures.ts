/** `0.6 s`, `12 s`, `3 min`; milliseconds in. */
export function formatSeconds(ms: number): string {
  const seconds = ms / 1000;
  if (seconds >= 120) return `${Math.round(seconds / 60)} min`;
  if (seconds >= 10) return `${Math.round(seconds)} s`;
  return seconds > 0 && seconds < 0.05 ? `${Math.max(1, Math.round(ms))} ms` : `${seconds.toFixed(1)} s`;
}

/** `$0.00`, `$0.0042`, `$12.40`: two digits, more where they would hide that there was a cost. */
export function formatMoney(usd: number): string {
  if (usd > 0 && usd < 0.01) return usd < 0.0001 ? 'below $0.0001' : `$${usd.toFixed(4)}`;
  return `$${usd.toFixed(2)}`;
}

/** A share of 1 as `89.2 %`. */
export function formatPercent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** `89.2 %, between 75.3 and 95.7`: a pass rate with its 95 % interval, all of them shares of 1. */
export function intervalWords(rate: number, low: number, high: number): string {
  return `${formatPercent(rate)}, between ${(low * 100).toFixed(1)} and ${(high * 100).toFixed(1)}`;
}

/** `3 right team, 1 summary filled, 2 more`: names with counts, at most three of them. */
export function countedNames(counted: readonly (readonly [string, number])[]): string {
  const shown = counted.slice(0, 3).map(([name, count]) => `${count} ${name}`);
  const more = counted.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
