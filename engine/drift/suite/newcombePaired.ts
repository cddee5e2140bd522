import { wilsonInterval } from '../../../protocol/wilson.ts';
import { normalQuantile } from '../special/normal.ts';
import type { PairedDifference, PairedTable } from './pairedTable.ts';

/**
 * The paired change of the pass rate with Newcombe's interval at `confidence`: Wilson limits of both rates, joined by their correlation φ.
 * Source: Newcombe 1998, paired data, method 10: φ's numerator less n/2 where it is positive (not below 0); φ = 0 where a margin is 0.
 */
export function newcombePaired(table: PairedTable, confidence: number): PairedDifference {
  const { bothPass, lost, gained, bothFail } = table;
  const n = bothPass + lost + gained + bothFail;
  if (n === 0) {
    return { diff: null, low: -1, high: 1 };
  }
  const z = normalQuantile((1 + confidence) / 2);
  const now = { rate: (bothPass + gained) / n, ...wilsonInterval(bothPass + gained, n, z) };
  const before = { rate: (bothPass + lost) / n, ...wilsonInterval(bothPass + lost, n, z) };
  const phi = correctedPhi(table, n);
  const diff = (gained - lost) / n;
  return {
    diff,
    low: Math.max(-1, diff - joined(now.rate - now.low, before.high - before.rate, phi)),
    high: Math.min(1, diff + joined(now.high - now.rate, before.rate - before.low, phi)),
  };
}

function correctedPhi({ bothPass, lost, gained, bothFail }: PairedTable, n: number): number {
  const margins = (bothPass + lost) * (gained + bothFail) * (bothPass + gained) * (lost + bothFail);
  if (margins === 0) {
    return 0;
  }
  const product = bothPass * bothFail - lost * gained;
  return (product > 0 ? Math.max(product - n / 2, 0) : product) / Math.sqrt(margins);
}

function joined(now: number, before: number, phi: number): number {
  return Math.sqrt(Math.max(0, now * now - 2 * phi * now * before + before * before));
}
