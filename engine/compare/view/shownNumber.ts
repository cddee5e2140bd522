/** A number with so many decimals; without what binary fractions add to it, and with an exponent where it has no plain form. */
export function shownNumber(value: number, digits?: number): string {
  const plain = Number(value.toPrecision(15)) + 0;
  return digits === undefined || !isPlain(plain) ? String(plain) : plain.toFixed(digits);
}

/** The decimals that a number is written with, at most 6. */
export function decimalsOf(value: number): number {
  const plain = Number(value.toPrecision(15));
  return isPlain(plain) ? Math.min(6, String(plain).split('.')[1]?.length ?? 0) : 0;
}

function isPlain(value: number): boolean {
  return Math.abs(value) < 1e15 && (value === 0 || Math.abs(value) >= 1e-6);
}
