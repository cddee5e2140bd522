import { describe, expect, it } from 'vitest';
import { LONGEST_REPORT, markdownReport } from '../../../engine/compare/report/markdown.ts';
import { textReport } from '../../../engine/compare/report/textReport.ts';
import { comparisonView } from '../../../engine/compare/view/comparisonView.ts';
import { Comparison, type ComparisonChanges } from '../../../protocol/index.ts';
import { caseOf, comparisonOf, PENDING } from '../compareView/comparisons.ts';

const none = { total: 0, cases: [] };
const CHANGES: ComparisonChanges = {
  files: [
    {
      path: 'triage.prompt.yml',
      removed: 1,
      added: 1,
      hunks: [
        [
          { side: 'both', line: 1, segments: [{ text: 'name: Triage' }] },
          { side: 'old', line: 2, segments: [{ text: 'in ' }, { text: 'one', mark: 'changed' }, { text: ' sentence' }] },
          { side: 'new', line: 2, segments: [{ text: 'in ' }, { text: 'two', mark: 'changed' }, { text: ' sentences' }] },
        ],
      ],
      cut: 3,
    },
  ],
  model: { from: 'openai/gpt-5', to: 'openai/gpt-6' },
  parameters: [],
  dataset: {
    added: { total: 1, cases: [{ caseId: 't-9', input: 'Where is it?' }] },
    removed: none,
    changed: none,
    expected: none,
    answeredNow: true,
  },
  evaluators: { added: [], removed: [], changed: [] },
  unknown: [],
};

const comparison = comparisonOf([caseOf('same', ['a'], ['a'])], { changes: CHANGES });

describe('what changed, in reports', () => {
  it('stands in the terminal before the changes of the answers, as diff writes it', () => {
    const lines = textReport(comparisonView(comparison, () => PENDING)).map(({ text, tone }) => `${tone ?? ''}|${text}`);
    const from = lines.findIndex((line) => line.includes('What changed'));
    expect(lines.slice(from, from + 10)).toEqual([
      'strong|What changed: text +1 −1 lines · model · dataset',
      '|  Model: openai/gpt-5 → openai/gpt-6',
      '|  Dataset: 1 case added: t-9 (Where is it?)',
      '|  triage.prompt.yml +1 −1 lines',
      'dim|    @@ line 1',
      '|     name: Triage',
      'red|    -in one sentence',
      'green|    +in two sentences',
      'dim|    … 3 more lines',
      'dim|  note: Both sides answered the dataset as it is now.',
    ]);
  });

  it('stands in a pull request as a code block', () =>
    expect(markdownReport(comparison, () => PENDING)).toContain(`### What changed: text +1 −1 lines · model · dataset

- Model: openai/gpt-5 → openai/gpt-6
- Dataset: 1 case added: \`t-9\` (Where is it?)
- Both sides answered the dataset as it is now.
- Long texts are cut here; the editor’s own diff has all of them.

\`triage.prompt.yml\` +1 −1 lines

\`\`\`diff
@@ line 1
 name: Triage
-in one sentence
+in two sentences
… 3 more lines
\`\`\`
`));

  it('leaves room for the answers, and a cut report never ends inside a block', () => {
    const hunk = Array.from({ length: 2_000 }, (_, at) => ({ side: 'new' as const, line: at, segments: [{ text: 'x'.repeat(5_000) }] }));
    const files = Array.from({ length: 30 }, (_, at) => ({ path: `f${at}.json`, removed: 0, added: 2_000, hunks: [hunk] }));
    const cases = Array.from({ length: 3_000 }, (_, at) => caseOf('changed', [`{"a":"x${at}"}`], [`{"a":"y${at}"}`], { caseId: `c${at}` }));
    const report = markdownReport(comparisonOf(cases, { changes: { ...CHANGES, files } }), () => PENDING);
    expect(report.length).toBeLessThanOrEqual(LONGEST_REPORT);
    expect(report).toContain('### Changes, worst first');
    expect((report.match(/^```/gm) ?? []).length % 2).toBe(0);
    expect(textReport(comparisonView(comparisonOf([], { changes: { ...CHANGES, files } }), () => PENDING)).length).toBeLessThan(200);
  });

  it('is nothing where nothing changed, and comparisons of before are read', () => {
    const empty: ComparisonChanges = { files: [], parameters: [], evaluators: CHANGES.evaluators, unknown: [] };
    for (const changes of [empty, undefined]) {
      const one = comparisonOf([caseOf('same', ['a'], ['a'])], changes ? { changes } : {});
      expect(Comparison.parse(JSON.parse(JSON.stringify(one)))).toEqual(one);
      expect(markdownReport(one, () => PENDING)).not.toContain('What changed');
      expect(textReport(comparisonView(one, () => PENDING)).some(({ text }) => text.includes('What changed'))).toBe(false);
    }
  });
});
