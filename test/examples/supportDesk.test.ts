import { describe, expect, it } from 'vitest';
import { cliFolder, EXAMPLE } from '../cli/support.ts';

describe('the example workspace', () => {
  it('has at least 120 cases, lints clean, and its evals show passes and honest failures', async () => {
    using folder = cliFolder({ copyOf: EXAMPLE });
    expect((await folder.run(['lint'])).out).toBe('4 files: nothing found.\n');
    const { json } = await folder.run(['eval', '--json']);
    const ends = json
      .filter(({ type }) => type === 'runFinished')
      .map(({ totals }) => totals as { cases: number; passed: number; failed: number; unscored: number; errors: number });
    expect(ends).toHaveLength(4);
    expect(ends.reduce((sum, { cases }) => sum + cases, 0)).toBeGreaterThanOrEqual(120);
    for (const { cases, passed, failed, unscored, errors } of ends) {
      expect({ unscored, errors }).toEqual({ unscored: 0, errors: 0 });
      expect(passed / cases).toBeGreaterThan(0.5);
      expect(failed).toBeGreaterThan(0);
    }
  });
});
