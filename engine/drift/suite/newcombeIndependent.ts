import { wilsonInterval } from '../../../protocol/wilson.ts';
import { normalQuantile } from '../special/normal.ts';

/**
 * The difference of two independent rates, x1/n1 − x2/n2, with Newcombe's hybrid score interval at `confidence`.
 * Without trials on a side the difference is `null` and the interval [−1, 1]. Source: Newcombe 1998, independent samples, method 10.
 */
export function newcombeIndependent(
  x1: number,
  n1: number,
  x2: number,
  n2: number,
  confidence: number,
): { readonly diff: number | null; readonly low: number; readonly high: number } {
  if (n1 === 0 || n2 === 0) {
    return { diff: null, low: -1, high: 1 };
  }
  const z = normalQuantile((1 + confidence) / 2);
  const first = { rate: x1 / n1, ...wilsonInterval(x1, n1, z) };
  const second = { rate: x2 / n2, ...wilsonInterval(x2, n2, z) };
  const diff = first.rate - second.rate;
  return {
    diff,
    low: Math.max(-1, diff - Math.hypot(first.rate - first.low, second.high - second.rate)),
    high: Math.min(1, diff + Math.hypot(first.high - first.rate, second.rate - second.low)),
  };
}
