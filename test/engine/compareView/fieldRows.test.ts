import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldRows } from '../../../engine/compare/view/fieldRows.ts';
import { nearness } from '../../../engine/compare/view/nearFields.ts';
import { alignEmptyLists, type FieldType, fieldMatrices, leafFields, type PathRules } from '../../../engine/drift/index.ts';
import { type Comparison, type FieldCell, FieldRow } from '../../../protocol/index.ts';
import { caseOf, READING, type Texts } from './comparisons.ts';

type Rules = Comparison['reading']['rules'];
type More = Parameters<typeof caseOf>[3] & { readonly label?: Parameters<typeof caseOf>[0]; readonly shown?: readonly [number, number] };

function rowsOf(approved: Texts, fresh: Texts, rules: Rules = {}, { label = 'noise', shown = [0, 0], ...more }: More = {}) {
  const of = { ...caseOf(label, approved, fresh, more), line: '', change: '' };
  return fieldRows(of, { ...READING, rules }, { approved: shown[0], fresh: shown[1] });
}

/** A cell in a line: `billing×10*` (the other side has it too), `0.84 (0.79 – 0.90)`, a text, `absent`. */
function cell(of: FieldCell): string {
  if (of.kind === 'absent') return 'absent';
  if (of.kind === 'range') return `${of.median} (${of.low} – ${of.high})`;
  if (of.kind === 'text') return of.segments.map(({ text, mark }) => (mark ? `[${text}]` : text)).join('');
  const values = of.values.map(({ text, count, elsewhere }) => `${text}×${count}${elsewhere ? '*' : ''}`).join(' ');
  return of.others ? `${values} +${of.others}` : values;
}

const shownRow = ({ path, status, words, baseline, candidate }: FieldRow): string =>
  `${path} ${status}, ${words}: ${cell(baseline)} | ${cell(candidate)}`;
const one = (name: string, ...values: readonly unknown[]): Texts =>
  values.map((value) => JSON.stringify(value === undefined ? {} : { [name]: value }));

describe('one path', () => {
  it.each<readonly [name: string, approved: readonly unknown[], fresh: readonly unknown[], rules: Rules, row: string]>([
    ['one label', ['x', 'x'], ['x'], {}, 'same, same: x×2* | x×1*'],
    ['approved labels in other shares', ['x', 'x', 'y'], ['y'], {}, 'within, approved values: x×2 y×1* | y×1*'],
    ['another label', ['x', 'x'], ['y', 'x'], {}, 'differs, other values: x×2* | x×1* y×1'],
    [
      'labels but for case',
      ['Billing'],
      ['billing'],
      { a: { type: 'enum', foldCase: true } },
      'within, ignoring case: Billing×1* | billing×1*',
    ],
    ['labels but for spaces', ['on  hold'], ['on hold'], {}, 'whitespace, whitespace only: on hold×1* | on hold×1*'],
    [
      'numbers within a tolerance',
      [0.88, 0.91, 0.94],
      [0.84, 0.9],
      { a: { absTol: 0.1 } },
      'within, within ±0.10: 0.91 (0.88 – 0.94) | 0.87 (0.84 – 0.90)',
    ],
    ['numbers beyond it', [0.9, 0.9], [0.5], { a: { absTol: 0.1 } }, 'differs, beyond ±0.1: 0.9×2 | 0.5×1'],
    ['a share as tolerance', [100], [102], { a: { relTol: 0.05 } }, 'within, within ±5 %: 100×1* | 102×1*'],
    ['rounding', [0.1 + 0.2], [0.3], {}, 'within, within rounding: 0.3×1* | 0.3×1*'],
    ['numbers and null', [1, 1, 5], [null, null, 2], {}, 'differs, other values: 1 (1 – 5) | null×2 2×1'],
    ['a text and a number of the same digits', ['42'], [42], {}, 'differs, other values: "42"×1 | 42×1'],
    ['digits alone', ['42'], ['43'], {}, 'differs, other values: 42×1 | 43×1'],
    ['missing in some', [1, 1], [1, undefined], {}, 'differs, missing in 1 of 2: 1×2* | (not there)×1 1×1*'],
    ['gone', ['x'], [undefined], {}, 'differs, gone: x×1 | absent'],
    ['only new', [undefined], ['x'], {}, 'differs, only new: absent | x×1'],
    [
      'dates',
      ['2026-11-21', '2026-11-24'],
      ['2026-11-28'],
      { a: { type: 'date' } },
      'differs, other values: 2026-11-21 (2026-11-21 – 2026-11-24) | 2026-11-28×1',
    ],
    [
      'one time in two zones',
      ['2026-11-21T10:00:00Z'],
      ['2026-11-21T11:00:00+01:00'],
      { a: { type: 'date' } },
      'within, same time: 2026-11-21T10:00:00Z×1* | 2026-11-21T11:00:00+01:00×1*',
    ],
    ['nothing written', [''], ['x'], {}, 'differs, other values: (empty)×1 | x×1'],
  ])('%s', (_name, approved, fresh, rules, row) => {
    const shown = rowsOf(one('a', ...approved), one('a', ...fresh), rules).map(shownRow);
    expect(shown.filter((text) => text.startsWith('$.a '))).toEqual([`$.a ${row}`]);
  });

  it.each<readonly [name: string, approved: readonly unknown[], fresh: readonly unknown[], rules: Rules, row: string]>([
    ['labels', [['x', 'y'], ['x']], [['y', 'z']], {}, 'differs, other values: x×2 y×1* | y×1* z×1'],
    ['a set in another order', [['x', 'y']], [['y', 'x']], { 'a[]': { list: 'set' } }, 'moved, moved: x×1* y×1* | x×1* y×1*'],
    ['a list in another order', [['x', 'y']], [['y', 'x']], {}, 'differs, other values: x×1* y×1* | x×1* y×1*'],
    ['empty now', [['x']], [[]], {}, 'differs, other values: x×1 | []×1'],
    ['numbers', [[1, 2.5, 3]], [[1, 2.5]], {}, 'differs, other values: 2.5 (1.0 – 3.0) | 1.75 (1.0 – 2.5)'],
  ])('a list: %s', (_name, approved, fresh, rules, row) =>
    expect(rowsOf(one('a', ...approved), one('a', ...fresh), rules).map(shownRow)).toEqual([`$.a[] ${row}`]),
  );

  it('texts of the samples shown, of lists line by line', () => {
    const long = 'the customer was charged twice and asks for the money';
    expect(rowsOf(one('a', `${long}.`, long), one('a', long), {}, { shown: [1, 0] }).map(shownRow)).toEqual([
      `$.a same, same: ${long} | ${long}`,
    ]);
    expect(rowsOf(one('a', `${long} back`), one('a', `${long} now`)).map(shownRow)).toEqual([
      `$.a differs, wording: ${long} [back] | ${long} [now]`,
    ]);
    expect(rowsOf(one('a', [long, 'b']), one('a', [long, 'c'])).map(shownRow)).toEqual([
      `$.a[] differs, wording: ${long}\n[b] | ${long}\n[c]`,
    ]);
    expect(rowsOf(one('a', long), one('a', long.replace(' ', '  ')))[0]).toMatchObject({ status: 'whitespace', words: 'whitespace only' });
    expect(
      rowsOf(one('a', long, long), one('a', long, undefined), {}, { shown: [0, 1] })
        .filter(({ path }) => path !== '$')
        .map(shownRow),
    ).toEqual([`$.a differs, missing in 1 of 2: ${long} | absent`]);
  });

  it('an output that is one text as it came, one that is a label by its values', () => {
    const long = 'The order  is late.\nThe customer is angry about that.';
    expect(rowsOf([long], [long.replace('angry', 'sad')]).map(shownRow)).toEqual([
      `$ differs, wording: ${long.replace('angry', '[angry]')} | ${long.replace('angry', '[sad]')}`,
    ]);
    expect(rowsOf([['yes', 3]], [['no', 2], 'yes']).map(shownRow)).toEqual(['$ differs, other values: yes×3* | no×2 yes×1*']);
  });

  it('long labels are read as texts', () => {
    const code = 'x = 1; '.repeat(60);
    expect(rowsOf(one('a', code), one('a', `${code}y`), { a: { type: 'enum' } })[0]).toMatchObject({
      type: 'enum',
      baseline: { kind: 'text' },
    });
  });

  it('six values, the others counted', () => {
    const labels = Array.from({ length: 9 }, (_, at) => `v${at}`);
    expect(rowsOf(one('a', ...labels), one('a', 'v0')).map(shownRow)).toEqual([
      '$.a within, approved values: v0×1* v1×1 v2×1 v3×1 v4×1 v5×1 +3 | v0×1*',
    ]);
  });
});

describe('what the test says goes first', () => {
  const sides = [[['{"team":"billing","b":1}', 10]], [['{"team":"refunds","b":1}', 8]]] as const satisfies readonly Texts[];
  it('p in place of what is seen', () =>
    expect(rowsOf(...sides, {}, { label: 'drifted', leads: 'team' }).map(({ path, status, words }) => [path, status, words])).toEqual([
      ['$.team', 'changed', 'p 0.0002'],
      ['$.b', 'same', 'same'],
    ]));

  it('smallest p first, then by what is seen', () => {
    const paths = ['a', 'b', 'c', 'd'].map((path, at) => ({ path, p: [0.6, 0.04, 0.0002, 0.9][at] ?? 1, effect: 0.5 }));
    const text = (value: number): string => JSON.stringify({ a: value, b: value, c: value, d: 1 });
    expect(rowsOf([[text(1), 5]], [[text(2), 5]], {}, { leads: 'c', paths }).map(({ path, words }) => `${path} ${words}`)).toEqual([
      '$.c p 0.0002',
      '$.b p 0.04',
      '$.a other values',
      '$.d same',
    ]);
  });

  it('without a test, what no approved sample says has changed', () => {
    expect(rowsOf(one('a', 'x'), one('a', 'y'), {}, { label: 'changed' }).map(shownRow)).toEqual(['$.a changed, changed: x×1 | y×1']);
    expect(rowsOf(one('a', 'x'), one('a', 'y', 'x'), {}, { label: 'changed' })[0]?.status).toBe('differs');
  });
});

describe('outputs that should be JSON and are not', () => {
  it('whole, at the root, before all else', () => {
    const rows = rowsOf([['{"t":"x"}', 3]], [['```json\n{"t":"x"}\n```', 2]], {}, { label: 'broken' });
    expect(rows.map(shownRow)).toEqual([
      '$ changed, not JSON in 2 of 2: {"t":"x"} | [```json\n]{"t":"x"}[\n```]',
      '$.t differs, gone: x×3 | absent',
    ]);
  });

  it('the one that is not, whichever is shown', () => {
    const rows = rowsOf([['{"t":"x"}', 3]], ['{"t":"x"}', 'Sorry, no.']);
    expect(rows.map(({ path, words }) => `${path} ${words}`)).toEqual(['$ not JSON in 1 of 2', '$.t same']);
    expect(cell(rows[0]?.candidate ?? { kind: 'absent' })).toContain('Sorry, no.');
  });

  it('JSON again', () => expect(rowsOf(['oops', '{"t":"x"}'], ['{"t":"x"}'])[0]?.words).toBe('before not JSON in 1 of 2'));
});

describe('bounds', () => {
  it('the worst rows, and a word on the others', () => {
    const object = (value: (at: number) => number): string =>
      JSON.stringify(Object.fromEntries(Array.from({ length: 700 }, (_, at) => [`k${at}`, value(at)])));
    const rows = rowsOf([object(() => 1)], [object((at) => (at === 650 ? 2 : 1))]);
    expect(rows).toHaveLength(500);
    expect(rows[0]).toMatchObject({ path: '$.k650', status: 'differs' });
    expect(rows.at(-1)).toMatchObject({ path: '201 more paths', status: 'same', words: 'not shown' });
  });

  it('a text is cut between characters, and says how much is missing', () => {
    const [row] = rowsOf([`a${'👍'.repeat(150_000)}`], [`${'👍'.repeat(150_000)}b`]);
    const { baseline } = row ?? {};
    expect(baseline?.kind === 'text' && baseline.segments.map(({ text }) => text).join('')).toBe(`a${'👍'.repeat(99_999)}`);
    expect(baseline).toMatchObject({ cut: 300_001 - 199_999 });
  });

  it('a difference behind what is compared is not called the same', () =>
    expect(rowsOf([`${'a b '.repeat(300_000)}x`], [`${'a b '.repeat(300_000)}y`])[0]?.status).toBe('differs'));

  it('18 large outputs and long lists are there at once', () => {
    const text = (seed: number): string => Array.from({ length: 60_000 }, (_, at) => `w${(at * seed) % 9973}`).join(' ');
    const list = (seed: number): string => JSON.stringify(Array.from({ length: 3000 }, (_, at) => at * seed * 1.7));
    for (const make of [text, list]) {
      const [approved, fresh] = [Array.from({ length: 10 }, (_, at) => make(at + 1)), Array.from({ length: 8 }, (_, at) => make(at + 30))];
      const before = process.cpuUsage();
      rowsOf(approved, fresh);
      expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
    }
  });
});

describe('whatever the outputs', () => {
  const value = fc.oneof(
    fc.constantFrom<unknown>('x', 'X', ' x', 1, 1.05, 2, true, null, '', {}, '2026-11-21'),
    fc.string({ maxLength: 60 }),
  );
  const output = fc.oneof(
    fc
      .dictionary(fc.constantFrom('a', 'b', '__proto__', 'c d'), fc.oneof(value, fc.array(value, { maxLength: 4 })), { maxKeys: 3 })
      .map((of) => JSON.stringify(of)),
    fc.string(),
  );
  const side = fc.array(output, { maxLength: 4 });
  const rules = fc.constantFrom<Rules>(
    {},
    { a: { absTol: 0.1 }, 'a[]': { list: 'set' } },
    { b: { type: 'enum', foldCase: true }, a: { ignore: true } },
    { a: { type: 'text' }, b: { type: 'date' } },
  );

  it('the rows are what the panel reads, worst first, and nothing that is ignored', () =>
    fc.assert(
      fc.property(side, side, rules, (approved, fresh, of) => {
        const rows = rowsOf(approved, fresh, of);
        for (const row of rows) expect(FieldRow.safeParse(row).success).toBe(true);
        const order = ['changed', 'differs', 'within', 'whitespace', 'moved', 'same'];
        const ranks = rows.map(({ status }) => order.indexOf(status));
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
        if (of.a?.ignore) expect(rows.some(({ path }) => path === '$.a' || path.startsWith('$.a['))).toBe(false);
      }),
      { numRuns: 500 },
    ));

  it('near is distance 0 in the verdict', () => {
    const scalar = fc.constantFrom<unknown>(1, 1.05, 1.3, 'x', 'X', ' x', null, '2026-11-21', '2026-11-21T00:00:00Z');
    const pathRules = fc.constantFrom<PathRules>(
      new Map(),
      new Map([
        ['a', { absTol: 0.1 }],
        ['a[]', { absTol: 0.1 }],
      ]),
      new Map([
        ['a', { type: 'enum', foldCase: true }],
        ['a[]', { type: 'enum', foldCase: true, list: 'set' }],
      ]),
      new Map([
        ['a', { type: 'date' }],
        ['a[]', { type: 'date' }],
      ]),
    );
    fc.assert(
      fc.property(
        fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })),
        fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })),
        pathRules,
        (left, right, of) => {
          const [own, other] = alignEmptyLists([leafFields({ a: left } as never), leafFields({ a: right } as never)]);
          for (const path of ['a', 'a[]']) {
            const fields = [own?.get(path), other?.get(path)] as const;
            const { type, value } = fieldMatrices(path, fields, of);
            if (type === 'text' || !fields[0] || !fields[1]) continue;
            expect(nearness(path, type as FieldType, of).fields(fields[0], fields[1])).toBe(value.values[1] === 0);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
