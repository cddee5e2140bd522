import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffText } from '../../../engine/drift/display/diffText.ts';
import type { Segment } from '../../../protocol/index.ts';

const SIGNS = { changed: '!', moved: '~', space: '_' } as const;

/** A side with its marks: `[!only here]`, `[~moved]`, `[_ ]`. */
function written(segments: readonly Segment[]): string {
  return segments.map(({ text, mark }) => (mark ? `[${SIGNS[mark]}${text}]` : text)).join('');
}

const textOf = (segments: readonly Segment[]): string => segments.map(({ text }) => text).join('');
const unmarked = (segments: readonly Segment[]): string => textOf(segments.filter(({ mark }) => mark === undefined));

describe('words', () => {
  it.each([
    ['', 'x', '', '[!x]'],
    ['x y', '', '[!x y]', ''],
    ['a c', 'a b c', 'a c', 'a [!b ]c'],
    ['a c', 'a c d', 'a c', 'a c[! d]'],
    ['a\nc\n', 'a\nb\nc\n', 'a\nc\n', 'a\n[!b\n]c\n'],
    [
      'paid 49,00 € back on 2026-11-21',
      'paid 59,00 € back on 2026-11-28',
      'paid [!49,00] € back on [!2026-11-21]',
      'paid [!59,00] € back on [!2026-11-28]',
    ],
    ["don't know INV-1", "don't know INV-2", "don't know [!INV-1]", "don't know [!INV-2]"],
    ['{"team":"billing"}', '{"team":"refunds"}', '{"team":"[!billing]"}', '{"team":"[!refunds]"}'],
    [
      'Customer was charged twice on 3 and 4 March and asks for one refund.',
      'Customer reports a duplicate charge on 3 and 4 March and asks for the second amount back.',
      'Customer [!was charged twice] on 3 and 4 March and asks for [!one refund].',
      'Customer [!reports a duplicate charge] on 3 and 4 March and asks for [!the second amount back].',
    ],
  ])('%j ↔ %j', (left, right, shownLeft, shownRight) => {
    const diff = diffText(left, right);
    expect([written(diff.left), written(diff.right)]).toEqual([shownLeft, shownRight]);
    expect([diff.kind, diff.coarse]).toEqual(['changed', false]);
  });

  it.each([
    ['red of blue', 'green of yellow', '[!red of blue]'],
    ['red because blue', 'green because yellow', '[!red] because [!blue]'],
    ['red and a lot of blue', 'green and a lot of yellow', '[!red] and a lot of [!blue]'],
    ['first\nno\nthird', 'other\nno\nlast', '[!first]\nno\n[!third]'],
    ['red of', 'green of', '[!red] of'],
  ])('small islands between changes belong to them: %j', (left, right, shown) => expect(written(diffText(left, right).left)).toBe(shown));
});

describe('whitespace alone', () => {
  it.each([
    ['a b', 'a  b', 'a b', 'a [_ ]b'],
    ['a b', ' a b\n', 'a b', '[_ ]a b[_\n]'],
    ['one\ntwo three', 'one two three', 'one[_\n]two three', 'one[_ ]two three'],
    ['a\na a', 'a a\na', 'a[_\n]a[_ ]a', 'a[_ ]a[_\n]a'],
    ['{"a":1}', '{ "a": 1 }', '{"a":1}', '{[_ ]"a":[_ ]1[_ ]}'],
    ['你好世界', '你好 世界', '你好世界', '你好[_ ]世界'],
    [' ', '\t', '[_ ]', '[_\t]'],
    ['a\r\nb', 'a\nb', 'a[_\r\n]b', 'a[_\n]b'],
  ])('%j ↔ %j', (left, right, shownLeft, shownRight) => {
    const diff = diffText(left, right);
    expect([written(diff.left), written(diff.right)]).toEqual([shownLeft, shownRight]);
    expect(diff.kind).toBe('whitespace');
  });

  it('stays apart from changed words beside it', () => {
    const { left, right, kind } = diffText('The team is billing.\nIt was late.', 'The team is  billing.\nIt was early.');
    expect([written(left), written(right), kind]).toEqual([
      'The team is billing.\nIt was [!late].',
      'The team is [_ ]billing.\nIt was [!early].',
      'changed',
    ]);
  });
});

describe('parts that stand elsewhere', () => {
  it.each([
    ['The cat is black. The dog is white.', 'The dog is white. The cat is black.', '[~The cat is black. ]The dog is white.'],
    [
      'Ask for the order number.\nCheck the refund rules.\nAnswer the customer today.\n',
      'Check the refund rules.\nAnswer the customer today.\nAsk for the order number.\n',
      '[~Ask for the order number.\n]Check the refund rules.\nAnswer the customer today.\n',
    ],
    [
      '请先核对订单编号再回复。退款规则适用于本订单。',
      '退款规则适用于本订单。请先核对订单编号再回复。',
      '[~请先核对订单编号再回复。]退款规则适用于本订单。',
    ],
  ])('%j', (left, right, shown) => {
    const diff = diffText(left, right);
    expect([written(diff.left), diff.kind]).toEqual([shown, 'moved']);
  });

  it('a word or two is not known again', () => {
    expect(diffText('Yes.\nThe order is late.\n', 'The order is late.\nYes.\n').kind).toBe('changed');
  });

  it('as often as it is there, and beside real changes', () => {
    const { left, right, kind } = diffText(
      'The order is very late. A b c. G h i. D e f.',
      'A b c. G h j. D e f. The order is very late. The order is very late.',
    );
    expect(kind).toBe('changed');
    expect(written(left)).toBe('[~The order is very late. ]A b c. G h [!i]. D e f.');
    expect(textOf(right.filter(({ mark }) => mark === 'moved'))).toMatch(/^\s*The order is very late\.\s*$/);
    expect(textOf(right.filter(({ mark }) => mark === 'changed'))).toContain('The order is very late.');
  });
});

describe('scripts without spaces, and characters of several parts', () => {
  it.each([
    ['客户报告重复收费。我们会尽快处理。', '客户报告两次收费。我们会尽快处理。', '客户报告[!重复]收费。我们会尽快处理。'],
    ['お客様は請求書を確認しました', 'お客様は注文書を確認しました', 'お客様は[!請求]書を確認しました'],
    ['ลูกค้าถูกเรียกเก็บเงินสองครั้ง', 'ลูกค้าถูกเรียกเก็บเงินสามครั้ง', 'ลูกค้าถูกเรียกเก็บเงิน[!สอง]ครั้ง'],
    ['nice work 👍🏽 from the team', 'nice work 👍🏿 from the team', 'nice work [!👍🏽] from the team'],
    ['the family 👨‍👩‍👧 came today', 'the family 👨‍👩‍👦 came today', 'the family [!👨‍👩‍👧] came today'],
    ['step 1️⃣ of the plan', 'step 2️⃣ of the plan', 'step [!1️⃣] of the plan'],
  ])('%s', (left, right, shown) => expect(written(diffText(left, right).left)).toBe(shown));

  it('another Unicode form is the same text', () =>
    expect(diffText('cafe\u0301 au lait', 'caf\u00e9 au lait')).toMatchObject({
      kind: 'same',
      left: [{ text: 'cafe\u0301 au lait' }],
      right: [{ text: 'caf\u00e9 au lait' }],
    }));

  it('a letter that differs in its accent alone is a change', () => expect(diffText('cafe au lait', 'café au lait').kind).toBe('changed'));
});

/** Short texts of few words, so that much is equal, out of place or repeated. */
const words = fc
  .array(
    fc.constantFrom('a', 'b', 'the order', 'is late', '.', '. ', ' ', '\n', '  ', ', ', '重复收费', '👍🏽', 'e\u0301', '\ud83d', '"x"'),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(''));
const anyText = fc.oneof(words, words, fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }));

describe('whatever the texts', () => {
  const diffs = (check: (left: string, right: string, diff: ReturnType<typeof diffText>) => void): void =>
    fc.assert(
      fc.property(anyText, anyText, (left, right) => check(left, right, diffText(left, right))),
      { numRuns: 2000 },
    );

  it('the segments of a side are its text, none is empty, neighbours differ in their mark', () =>
    diffs((left, right, diff) => {
      expect([textOf(diff.left), textOf(diff.right)]).toEqual([left, right]);
      for (const side of [diff.left, diff.right])
        for (const [at, { text, mark }] of side.entries()) expect(text !== '' && (at === 0 || side[at - 1]?.mark !== mark)).toBe(true);
    }));

  it('what is not marked is the same on both sides', () =>
    diffs((_left, _right, diff) => {
      expect(unmarked(diff.left).normalize('NFC')).toBe(unmarked(diff.right).normalize('NFC'));
    }));

  it('space is whitespace, and the kind is that of the gravest mark', () =>
    diffs((left, right, { kind, ...diff }) => {
      const all = [...diff.left, ...diff.right];
      for (const { text, mark } of all) if (mark === 'space') expect(text.trim()).toBe('');
      const gravest = (['changed', 'moved', 'space'] as const).find((mark) => all.some((segment) => segment.mark === mark));
      expect(kind).toBe(gravest === undefined ? 'same' : gravest === 'space' ? 'whitespace' : gravest);
      if (kind === 'same') expect(left.normalize('NFC')).toBe(right.normalize('NFC'));
    }));

  it('other breaks between the same words are whitespace', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'late.', '重复'), fc.constantFrom(' ', '\n', '  '), fc.constantFrom(' ', '\n\n'))),
        (parts) => {
          const [left, right] = [parts.map(([word, gap]) => word + gap).join(''), parts.map(([word, , gap]) => word + gap).join('')];
          expect(diffText(left, right).kind).toBe(left === right ? 'same' : 'whitespace');
        },
      ),
      { numRuns: 1000 },
    ));

  it('no character is cut', () => {
    const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
    const wholes = fc.array(fc.constantFrom('👨‍👩‍👧', '👍🏽', '🇩🇪', '1️⃣', 'e\u0301', 'क्ष', 'กำ', 'が', 'x', 'y', ' ', '。', '!'), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(wholes, wholes, (one, other) => {
        const { left } = diffText(one.join(''), other.join(''));
        const ends = new Set([...graphemes.segment(one.join(''))].map(({ segment, index }) => index + segment.length));
        let at = 0;
        for (const { text } of left) {
          at += text.length;
          expect(ends.has(at)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
