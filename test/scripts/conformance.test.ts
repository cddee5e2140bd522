import { describe, expect, it } from 'vitest';
import type { FileResult } from '../../scripts/conformance/checkFile.ts';
import { conformanceOf } from '../../scripts/conformance/conformance.ts';
import { FAMILIES, type Family } from '../../scripts/conformance/families.ts';
import { printReport } from '../../scripts/conformance/printReport.ts';
import { reportOf } from '../../scripts/conformance/report.ts';
import { hasCorpus } from '../../scripts/conformance/stage.ts';

describe.skipIf(!hasCorpus())(`other people’s prompt files${hasCorpus() ? '' : ' (skipped: no corpus beside the repository)'}`, () => {
  it.each(FAMILIES)(
    '$format: no crash, no hang, no error in a valid file, at most two findings in the middle one',
    async (family) => {
      const report = await conformanceOf(family);
      expect(report.problems).toEqual([]);
      expect(report.run).toBeGreaterThan(report.prompts * 0.7);
    },
    120_000,
  );
});

const FAMILY: Family = { format: 'prompty', folder: 'none', files: /x/, least: 1 };
const SOUND: FileResult = {
  file: 'a.prompty',
  findings: [],
  ms: 3,
  crash: undefined,
  prompts: [{ promptId: 'a.prompty', rendered: true, run: true, scores: { passed: 1, failed: 2, unscored: 1 }, unscored: ['why'] }],
};
const found = (code: string, severity: 'error' | 'warning' | 'hint' = 'error', companion = false): FileResult['findings'][number] => ({
  code,
  severity,
  message: 'words',
  line: 4,
  companion,
});
const problemsOf = (results: readonly FileResult[], codes: readonly string[] = []): readonly string[] =>
  reportOf(FAMILY, results, codes.length ? [{ format: 'prompty', file: 'a.prompty', codes, reason: 'because' }] : []).problems;

describe('a report', () => {
  it.each<readonly [what: string, results: readonly FileResult[], problem: RegExp]>([
    ['a crash', [{ ...SOUND, crash: 'TypeError: no' }], /^a\.prompty: TypeError: no$/],
    ['a hang', [{ ...SOUND, ms: 1001 }], /took 1001 ms/],
    ['an error in a valid file', [{ ...SOUND, findings: [found('schema.syntax')] }], /a\.prompty:4: a false error.*schema\.syntax words/],
    ['too many findings', [{ ...SOUND, findings: ['a', 'b', 'c'].map((code) => found(code, 'hint')) }], /the middle file has 3 findings/],
    ['too few files', [], /only 0 files/],
  ])('fails for %s', (_what, results, problem) => {
    expect(problemsOf(results)).toEqual([expect.stringMatching(problem)]);
  });

  it.each<readonly [what: string, findings: FileResult['findings']]>([
    ['what a model’s age brings', ['model.retired', 'model.deprecated', 'model.missing'].map((code) => found(code))],
    ['a file that the corpus does not hold either', [found('dataset.missing-file', 'error', true)]],
    ['two findings that are no errors', [found('a', 'warning'), found('b', 'hint')]],
  ])('passes with %s', (_what, findings) => {
    expect(problemsOf([{ ...SOUND, findings }])).toEqual([]);
  });

  it('of an invalid file wants exactly the errors that are right about it', () => {
    expect(problemsOf([{ ...SOUND, findings: [found('schema.syntax')] }], ['schema.syntax'])).toEqual([]);
    expect(problemsOf([SOUND], ['schema.syntax'])).toEqual([
      expect.stringContaining('is listed as invalid (because), and schema.syntax is not found'),
    ]);
    expect(problemsOf([{ ...SOUND, findings: [found('schema.syntax'), found('other')] }], ['schema.syntax'])).toEqual([
      expect.stringContaining('other words'),
    ]);
  });

  it('is a table a format, a table of findings, and reasons', () => {
    const text = printReport([
      reportOf(
        FAMILY,
        [
          { ...SOUND, findings: [found('a.b', 'hint'), found('a.b', 'hint')] },
          { ...SOUND, file: 'b' },
        ],
        [],
      ),
    ]);
    expect(
      text
        .split('\n')
        .slice(0, 2)
        .map((line) => line.split(/ {2,}/)),
    ).toEqual([
      ['format', 'files', 'parsed', 'prompts', 'rendered', 'run', 'passed', 'failed', 'unscored', 'findings a file', 'slowest'],
      ['prompty', '2', '2', '2', '2', '2', '2', '4', '2', '2 (2, 2)', '3 ms'],
    ]);
    expect(text).toMatch(/hint a\.b +2 in 1/);
    expect(text).toContain('prompty: unscored\n     2  why');
  });
});
