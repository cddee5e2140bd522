/** Bytes in the unit that people compare bundles in: `12.3 kB`, a thousand bytes each. */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
