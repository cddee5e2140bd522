import { normalQuantile } from '../special/normal.ts';
import type { PairedDifference, PairedTable } from './pairedTable.ts';

/**
 * The paired change of the pass rate with the adjusted Wald interval at `confidence`: one case added to each of the two cells that differ.
 * `diff` is the plain difference, the interval lies around the adjusted one. Source: Bonett and Price 2012.
 */
export function bonettPrice(table: PairedTable, confidence: number): PairedDifference {
  const n = table.bothPass + table.lost + table.gained + table.bothFail;
  if (n === 0) {
    return { diff: null, low: -1, high: 1 };
  }
  const lost = (table.lost + 1) / (n + 2);
  const gained = (table.gained + 1) / (n + 2);
  const centre = gained - lost;
  const half = normalQuantile((1 + confidence) / 2) * Math.sqrt((lost + gained - centre * centre) / (n + 2));
  return { diff: (table.gained - table.lost) / n, low: Math.max(-1, centre - half), high: Math.min(1, centre + half) };
}
