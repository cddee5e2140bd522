/** `94.2 %`; the ends without a decimal, and only for what is exactly there. */
export function percent(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  return `${Math.min(99.9, Math.max(0.1, share * 100)).toFixed(1)} %`;
}

/** Points of a percentage: `−8.2`, `0.0`, with a plus sign when asked for. */
export function points(difference: number, plus = false): string {
  const shown = Math.abs(difference * 100).toFixed(1);
  if (shown === '0.0') return shown;
  return `${difference < 0 ? '−' : plus ? '+' : ''}${shown}`;
}

/** `p = 0.0002`, `p < 0.0001`: two digits that count. */
export function pValue(p: number): string {
  if (p < 0.0001) return 'p < 0.0001';
  return `p = ${p < 0.001 ? p.toFixed(4) : Number(p.toPrecision(2))}`;
}
