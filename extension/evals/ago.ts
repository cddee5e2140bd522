const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago in one word and a number: `3 hours`, `1 minute`, `seconds`. Milliseconds in. */
export function ago(ms: number): string {
  for (const [name, length] of STEPS) {
    const count = Math.floor(ms / length);
    if (count > 0) return `${count} ${name}${count === 1 ? '' : 's'}`;
  }
  return 'seconds';
}
