import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_REPORT, markdownReport } from '../../../engine/compare/report/markdown.ts';
import { proseMarkdown } from '../../../engine/compare/report/proseMarkdown.ts';
import { textReport } from '../../../engine/compare/report/textReport.ts';
import { comparisonView } from '../../../engine/compare/view/comparisonView.ts';
import type { Comparison, ReviewState } from '../../../protocol/index.ts';
import { PAYLOADS } from '../../webview/payloads.ts';
import { caseOf, comparisonOf, PENDING, type Texts } from './comparisons.ts';

const old: Texts = [['{"team":"billing"}', 10]];
const fresh: Texts = [['{"team":"refunds"}', 8]];
const states: Readonly<Record<string, ReviewState>> = {
  't-003': { state: 'accepted', by: 'Mira' },
  't-017': { state: 'rejected', reason: 'the app parses this' },
};
const stateOf = (caseId: string): ReviewState => states[caseId] ?? PENDING;

const comparison = comparisonOf(
  [
    ...Array.from({ length: 7 }, (_, at) => caseOf('drifted', old, fresh, { caseId: `t-00${at}`, leads: 'team' })),
    caseOf('broken', [['{"a":1}', 10]], [['!(not valid JSON)Sure! ```{"a":1}', 8]], { caseId: 't-017' }),
    caseOf('noise', old, old, { caseId: 't-020', leads: 'team' }),
  ],
  { notes: ['The baseline is of another model.'], incomplete: true },
);

describe('the report for a pull request', () => {
  it('reads well', () =>
    expect(markdownReport(comparison, stateOf)).toBe(`## Drift review of Ticket triage: worse

The pass rate fell from **94.2 %** to **86.0 %**.

**Incomplete**: some answers are missing; the verdict is of those there are.

- baseline **1.4.0** · claude-haiku-4-5-20251001 · approved 12 Nov
- candidate **working copy** · claude-sonnet-5-5 · 25 Nov \`09:14\` UTC
- Differs between the sides: **model**. Same: prompt, parameters, dataset, evaluators
- 9 cases × 10 approved, 3 new (8 for suspects)
- A drop of 8 points or more would have been found 4 times in 5.
- 195 calls · \`$0.41\` · 2 min 05 s
- Paths that changed over the suite: \`$.team p 0.0002\`
- The baseline is of another model.

### Changes, worst first

🔴 Broken: not valid JSON × 1

- \`t-017\` Charged twice: not valid JSON in 8 of 8 (**rejected**: the app parses this)
  - before: \`{"a":1}\`
  - now: \`\`\`\` Sure! \`\`\`{"a":1} \`\`\`\`

🔴 \`$.team\` billing → refunds × 7

- \`t-000\` Charged twice: billing → refunds
- \`t-001\` Charged twice: billing → refunds
- \`t-002\` Charged twice: billing → refunds
- \`t-003\` Charged twice: billing → refunds (**accepted** by Mira)
- \`t-004\` Charged twice: billing → refunds
- and 2 more

Within noise: 1

Reviewed 2 of 8 cases (1 accepted, 1 rejected). To review: in VS Code, **Evenkeel: Open Drift Report…** with the JSON report; in a terminal, \`evenkeel review list prompts/triage.prompt.yml\`.
`));

  it('fits where it goes, however much there is, and says that it was cut', () => {
    const many = comparisonOf(
      Array.from({ length: 3000 }, (_, at) =>
        caseOf('changed', [`{"a":"x${at >> 1}"}`], [`{"a":"y${at >> 1}"}`], { caseId: `case-${at}` }),
      ),
    );
    const report = markdownReport(
      { ...many, notes: ['`'.repeat(50_000), ...Array.from({ length: 1000 }, () => 'x'.repeat(5000))] },
      () => PENDING,
    );
    expect(report.length).toBeLessThanOrEqual(LONGEST_REPORT);
    expect(report.length).toBeGreaterThan(LONGEST_REPORT / 2);
    expect(report).toMatch(/cut here at 60,000 characters[^\n]*\n$/);
  });

  it('a comparison without a case', () => expect(markdownReport(comparisonOf([]), () => PENDING)).not.toContain('###'));
});

/** What a renderer sees as text: a line without its inline code. */
function outsideCode(line: string): string {
  let rest = line;
  let out = '';
  for (;;) {
    const open = /`+/.exec(rest);
    if (!open) return out + rest;
    const [ticks] = open;
    const after = rest.slice(open.index + ticks.length);
    const close = [...after.matchAll(/`+/g)].find(([run]) => run.length === ticks.length);
    if (!close) return out + rest;
    out += `${rest.slice(0, open.index)}·`;
    rest = after.slice(close.index + ticks.length);
  }
}

/** Nothing live in untrusted prose: HTML, links, images, mentions, issues, tables, emphasis, mathematics. */
const LIVE = /[<>[\]@#|`_*~$&\\{}\u202a-\u202e]|:\/\/|www\.|\b[0-9a-f]{7,40}\b|(?<![\w-])[a-z]+-\d|!\d|\p{L}\.\p{L}/iu;

const HOSTILE = [
  ...PAYLOADS,
  '@octocat please merge',
  'fixes #123, GH-12, owner/repo#3, owner/repo@4f1c2abdeadbeef0',
  'see https://evil.example/x and www.evil.example or evil.example',
  '[text](https://evil.example) ![image](http://evil.example/p.png)',
  '<img src=x onerror=alert(1)> <!-- <script> -->',
  '| a | b |\n| - | - |\n| c | d |',
  '# heading\n\n- list\n1. one\n> quote\n===\n---',
  '```\nfence\n```` more',
  '`` ` `` ` odd',
  'mail a@b.example, :tada: $x$ $$y$$ **bold** _it_ ~~no~~',
  '\u202etxt.exe\u2066',
  '- [ ] task',
  '&lt;b&gt; &#64;name \\@name',
  '%milestone !12 ~label',
];

describe('T8: what models and repositories wrote stays text', () => {
  it.each(HOSTILE)('%j', (text) => {
    expect(outsideCode(proseMarkdown(text))).not.toMatch(LIVE);
    const report = markdownReport(hostile(text), () => ({ state: 'rejected', reason: text, by: text }));
    const { prose, blocks } = withoutBlocks(report);
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    for (const line of prose.split('\n')) {
      const own = outsideCode(line)
        .replace(/^#{2,3} (Drift review of|Changes, worst first|What changed:)/, '')
        .replaceAll('**', '')
        .replace(/^_The report was cut.*_$/, '');
      expect(own, line).not.toMatch(LIVE);
      expect(line.replace(/^(## |### | {0,2}- )/, ''), 'only our own blocks').not.toMatch(/^(\s|[-+*]+( |$)|=+$|[#>]|\d+[.)] )/);
    }
  });

  it('plain prose is left as it is', () => {
    const text = 'The pass rate fell from 94.2 % to 86.0 % (−8.2 points, 95 % interval −13.1 to −3.4).';
    expect(proseMarkdown(text)).toBe(text);
  });

  it('any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        expect(outsideCode(proseMarkdown(text))).not.toMatch(LIVE);
        expect(proseMarkdown(text)).not.toMatch(/^(\s|[-+]+( |$)|=+$|[#>]|\d+[.)]( |$))|\n/);
      }),
      { numRuns: 2000 },
    );
  });
});

/** The report without its code blocks, each of which ends where a line is its fence, and their contents. */
function withoutBlocks(report: string): { readonly prose: string; readonly blocks: readonly string[] } {
  const [prose, blocks]: [string[], string[][]] = [[], []];
  let fence: string | undefined;
  for (const line of report.split('\n')) {
    const opens = fence === undefined ? /^(`{3,})diff$/.exec(line)?.[1] : undefined;
    if (opens !== undefined) blocks.push([]);
    else if (fence === undefined) prose.push(line);
    else if (line !== fence) blocks.at(-1)?.push(line);
    fence = opens ?? (line === fence ? undefined : fence);
  }
  return { prose: prose.join('\n'), blocks: blocks.map((lines) => lines.join('\n')) };
}

/** A comparison with one text in every place that a file or a model can fill. */
function hostile(text: string): Comparison {
  const side = { kind: 'git' as const, label: text, version: text, model: text, answeredBy: [text], at: text, runIds: [] };
  const made = comparisonOf(
    [
      caseOf('drifted', [JSON.stringify({ team: text })], [JSON.stringify({ team: `${text}!` })], {
        caseId: text,
        leads: 'team',
        input: { name: text, text },
      }),
      caseOf('broken', [`${text} before`], [`!(${text.replace(/[()]/g, '')})${text}`], { caseId: `2${text}` }),
      caseOf('changed', [JSON.stringify({ [text]: 'a' })], [JSON.stringify({ [text]: 'b' })], { caseId: `3${text}` }),
    ],
    { promptName: text, promptId: text, baseline: side, candidate: side, notes: [text] },
  );
  const attribution = { differs: [{ cause: 'dataset' as const, from: text, to: text }], same: [], unknown: [], warning: text };
  const fields = [{ path: text, p: 0.01, q: 0.01, listed: true }];
  const shifts = [{ what: 'length' as const, baseline: 1, candidate: 2, sentence: text }];
  const monitor = { colour: 'red' as const, sentence: text, date: text, since: text, evidence: 1, canaries: 1, history: [] };
  const mentions = { total: 1, cases: [{ caseId: text, input: text }] };
  const segments = [{ text }, { text, mark: 'changed' as const }];
  const changes: Comparison['changes'] = {
    files: [
      {
        path: text,
        was: text,
        removed: 1,
        added: 1,
        hunks: [['old', 'new', 'both'].map((side) => ({ side: side as 'old', line: 1, segments }))],
      },
    ],
    model: { from: text, to: text },
    parameters: [{ name: text, from: text, to: text }],
    dataset: { added: mentions, removed: mentions, changed: mentions, expected: mentions, answeredNow: true },
    evaluators: { added: [text], removed: [text], changed: [text] },
    unknown: ['text'],
  };
  return {
    ...made,
    attribution,
    monitor,
    changes,
    suite: { ...made.suite, sentences: [{ text }, { text, strong: true }, { text }], fields, shifts },
  };
}

describe('the report for a terminal', () => {
  const lines = textReport(comparisonView(comparison, stateOf), { most: 5 });
  const [broken, team] = comparison.groups.map(({ id }) => id);

  it('reads well', () =>
    expect(lines.map(({ text, tone }) => `${tone ?? ''}|${text}`)).toEqual([
      'red|Ticket triage: worse',
      'dim|baseline 1.4.0 · claude-haiku-4-5-20251001 · approved 12 Nov  ↔  candidate working copy · claude-sonnet-5-5 · 25 Nov 09:14 UTC',
      '|The pass rate fell from 94.2 % to 86.0 %.',
      'amber|Incomplete: some answers are missing; the verdict is of those there are.',
      '|Differs between the sides: model',
      'dim|Same: prompt, parameters, dataset, evaluators',
      'dim|9 cases × 10 approved, 3 new (8 for suspects)',
      'dim|A drop of 8 points or more would have been found 4 times in 5.',
      'dim|195 calls · $0.41 · 2 min 05 s',
      '|Paths that changed over the suite: $.team p 0.0002',
      'dim|note: The baseline is of another model.',
      '|',
      `red|Broken: not valid JSON ×1  (group ${broken})`,
      'red|  ✗ t-017  not valid JSON in 8 of 8 · Charged twice (rejected: the app parses this)',
      '|',
      `red|$.team billing → refunds ×7  (group ${team})`,
      '|    t-000  billing → refunds · Charged twice',
      '|    t-001  billing → refunds · Charged twice',
      '|    t-002  billing → refunds · Charged twice',
      'dim|  ✓ t-003  billing → refunds · Charged twice (accepted)',
      '|    t-004  billing → refunds · Charged twice',
      'dim|  and 2 more',
      '|',
      'dim|Within noise: 1',
      '|',
      'strong|Reviewed 2 of 8 cases',
    ]));

  it.each(HOSTILE)('no control or direction character of %j', (text) => {
    const shown = textReport(comparisonView(hostile(`${text}\u001b[2J\r\n\u009b31m`), () => ({ state: 'rejected', reason: text })));
    for (const line of shown) expect(line.text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
