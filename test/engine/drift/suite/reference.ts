import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';

/** How near a value must be: within `absolute + relative * |expected|`. */
export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}

/** One reference case with its file's tolerance. */
export interface ReferenceCase<Input, Expected> {
  readonly name: string;
  readonly input: Input;
  readonly expected: Expected;
  readonly tolerance: Tolerance;
}

/** The cases of `test/fixtures/statistics/<statistic>.json`; each file says where its values come from. */
export function referenceCases<Input, Expected>(statistic: string): readonly ReferenceCase<Input, Expected>[] {
  const file = path.join(import.meta.dirname, '../../../fixtures/statistics', `${statistic}.json`);
  const { tolerance, cases } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly tolerance: Tolerance;
    readonly cases: readonly Omit<ReferenceCase<Input, Expected>, 'tolerance'>[];
  };
  return cases.map((one) => ({ ...one, tolerance }));
}

/** Every number in `expected` must be met by `actual` within the tolerance, everything else exactly; `"Infinity"` stands for itself. */
export function expectClose(actual: unknown, expected: unknown, tolerance: Tolerance, at = 'value'): void {
  if (typeof expected === 'number' && Number.isFinite(expected)) {
    expect(actual, at).toBeTypeOf('number');
    const allowed = tolerance.absolute + tolerance.relative * Math.abs(expected);
    expect(Math.abs((actual as number) - expected), `${at}: ${actual} should be ${expected}`).toBeLessThanOrEqual(allowed);
  } else if (Array.isArray(expected)) {
    expect(actual, at).toHaveLength(expected.length);
    expected.forEach((value, index) => {
      expectClose((actual as readonly unknown[])[index], value, tolerance, `${at}[${index}]`);
    });
  } else if (typeof expected === 'object' && expected !== null) {
    for (const [key, value] of Object.entries(expected)) {
      expectClose((actual as Readonly<Record<string, unknown>>)[key], value, tolerance, `${at}.${key}`);
    }
  } else {
    expect(actual, at).toBe(expected === 'Infinity' ? Number.POSITIVE_INFINITY : expected);
  }
}
