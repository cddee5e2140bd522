import { studentTQuantile } from '../special/studentT.ts';

/** The suite's change of the pass rate. `mean` is the plain mean of the cases' differences, `centre` the middle of the interval. */
export interface ClusterInterval {
  readonly mean: number | null;
  readonly centre: number | null;
  readonly low: number;
  readonly high: number;
}

/**
 * The mean change of the pass rate over cases, with a t interval at `confidence` that counts two pseudo-cases, +`pseudo` and −`pseudo`.
 * They keep it honest where few or no cases differ: a plain t interval would be [0, 0] there. Clamped to [−1, 1]; no cases give [−1, 1].
 *
 * With N cases: centre = Σd/(N+2), SE² = Σ(d − centre)²/(N+2)² over cases and pseudo-cases, t with N+1 degrees of freedom. At `pseudo` 1
 * and with z in place of t this is Bonett and Price 2012. `clusters` (one id a case: cases made from the same document, say) sums
 * the residuals within a cluster first and counts clusters for the degrees of freedom (Miller 2024, Adding Error Bars to Evals, 2.2).
 */
export function pairedClusterInterval(
  differences: readonly number[],
  confidence: number,
  pseudo: number,
  clusters?: readonly (string | number)[],
): ClusterInterval {
  const n = differences.length;
  if (n === 0) {
    return { mean: null, centre: null, low: -1, high: 1 };
  }
  const total = differences.reduce((sum, difference) => sum + difference, 0);
  const centre = total / (n + 2);
  const residuals = new Map<string | number, number>();
  differences.forEach((difference, index) => {
    const cluster = clusters?.[index] ?? index;
    residuals.set(cluster, (residuals.get(cluster) ?? 0) + (difference - centre));
  });
  let squares = (pseudo - centre) ** 2 + (-pseudo - centre) ** 2;
  for (const residual of residuals.values()) {
    squares += residual * residual;
  }
  const half = (studentTQuantile((1 + confidence) / 2, residuals.size + 1) * Math.sqrt(squares)) / (n + 2);
  return { mean: total / n, centre, low: Math.max(-1, centre - half), high: Math.min(1, centre + half) };
}

/**
 * The size of the pseudo-cases for `baseline` approved and `samples` new samples a case: 1/√m with m = 2/(1/baseline + 1/samples).
 * 1 for one sample a side, less where each case's difference is itself a mean.
 */
export function pseudoCase(baseline: number, samples: number): number {
  return Math.sqrt((1 / baseline + 1 / samples) / 2);
}
