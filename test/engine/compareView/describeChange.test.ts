import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeChange } from '../../../engine/compare/view/describeChange.ts';
import type { ComparedCase, Comparison } from '../../../protocol/index.ts';
import { caseOf, READING, type Texts } from './comparisons.ts';

function describeCase(
  label: ComparedCase['label'],
  approved: Texts,
  fresh: Texts,
  more: Parameters<typeof caseOf>[3] = {},
  reading: Partial<Comparison['reading']> = {},
) {
  return describeChange(caseOf(label, approved, fresh, more), { reading: { ...READING, ...reading } });
}

/** `[10, '{"team":"billing"}']` written shortly: JSON objects by their fields. */
const json = (value: unknown, times = 1): readonly [string, number] => [JSON.stringify(value), times];

const LONG = 'The customer was charged twice on the third and the fourth of March and asks for one refund.';

describe('what changed at one path, as a line, a group title and a path', () => {
  it.each<[string, Texts, Texts, string, string, string, string | undefined]>([
    [
      'label',
      [json({ team: 'billing' }, 10)],
      [json({ team: 'refunds' }, 7), json({ team: 'billing' })],
      'team',
      'billing → refunds',
      'billing → refunds',
      '$.team',
    ],
    ['boolean', [json({ ok: true }, 10)], [json({ ok: false }, 8)], 'ok', 'true → false', 'true → false', '$.ok'],
    ['from null', [json({ team: null }, 10)], [json({ team: 'refunds' }, 8)], 'team', 'null → refunds', 'null → refunds', '$.team'],
    [
      'share',
      [json({ team: 'a' }, 9), json({ team: 'b' })],
      [json({ team: 'a' }, 5), json({ team: 'b' }, 3)],
      'team',
      'b in 3 of 8, before in 1 of 10',
      'b more often',
      '$.team',
    ],
    ['to null', [json({ team: 'a' }, 10)], [json({ team: null }, 8)], 'team', 'null in 8 of 8', 'null', '$.team'],
    ['emptied', [json({ note: 'a' }, 10)], [json({ note: '' }, 7), json({ note: 'a' })], 'note', 'empty in 7 of 8', 'empty', '$.note'],
    [
      'vanished',
      [json({ a: 1, note: 'x' }, 10)],
      [json({ a: 1 }, 7), json({ a: 1, note: 'x' })],
      'note',
      'missing in 7 of 8',
      'missing',
      '$.note',
    ],
    ['appeared', [json({ a: 1 }, 10)], [json({ a: 1, note: 'x' }, 8)], 'note', 'added in 8 of 8', 'added', '$.note'],
    ['lower', [json({ n: 0.91 }, 10)], [json({ n: 0.7 }, 8)], 'n', '0.91 → 0.70', 'lower by 0.2 or more', '$.n'],
    ['lower by exactly a step', [json({ n: 0.3 }, 3)], [json({ n: 0.1 }, 3)], 'n', '0.30 → 0.10', 'lower by 0.2 or more', '$.n'],
    ['higher, whole numbers', [json({ n: 20418 }, 10)], [json({ n: 20750 }, 8)], 'n', '20418 → 20750', 'higher by 200 or more', '$.n'],
    ['medians', [json({ n: 1 }, 2), json({ n: 2 }, 3)], [json({ n: 7 }, 2), json({ n: 1 })], 'n', '2 → 7', 'higher by 5 or more', '$.n'],
    [
      'spread',
      [json({ n: 4 }), json({ n: 5 }), json({ n: 6 })],
      [json({ n: 0 }), json({ n: 5 }), json({ n: 9 })],
      'n',
      '4 to 6 → 0 to 9',
      'wider spread',
      '$.n',
    ],
    ['a huge number', [json({ n: 1e300 }, 3)], [json({ n: 1 }, 3)], 'n', '1e+300 → 1', 'lower by 1e+300 or more', '$.n'],
    [
      'a path inside objects',
      [json({ a: { 'b c': 'x' } }, 3)],
      [json({ a: { 'b c': 'y' } }, 3)],
      "a['b c']",
      'x → y',
      'x → y',
      "$.a['b c']",
    ],
    [
      'twice as long',
      [LONG],
      [`${LONG} That is what the ticket says, and nothing in it says otherwise; the invoice is attached.`],
      '$',
      'twice as long',
      'twice as long',
      undefined,
    ],
    ['half as long', [LONG], [LONG.slice(0, 44)], '$', 'half as long', 'half as long', undefined],
    ['a tenth as long', [LONG.repeat(5)], [LONG.slice(0, 45)], '$', 'a tenth as long', 'a tenth as long', undefined],
    ['wording', [LONG], [LONG.replace('asks for', 'would like')], '$', 'wording', 'wording', undefined],
    [
      'code fence',
      [[LONG, 10]],
      [[`\`\`\`\n${LONG}\n\`\`\``, 8]],
      '$',
      'new code fence around the output',
      'new code fence around the output',
      undefined,
    ],
    [
      'code fence gone',
      [[`\`\`\`\n${LONG}\n\`\`\``, 10]],
      [[LONG, 8]],
      '$',
      'no code fence around the output any more',
      'no code fence around the output any more',
      undefined,
    ],
    [
      'beginning',
      [[LONG, 10]],
      [[`Sure, here is the summary: ${LONG}`, 8]],
      '$',
      'new beginning “Sure, here is”',
      'new beginning “Sure, here is”',
      undefined,
    ],
    [
      'beginning left out',
      [[`Sure, here is the summary: ${LONG}`, 8]],
      [[LONG, 10]],
      '$',
      'beginning “Sure, here is” left out',
      'beginning “Sure, here is” left out',
      undefined,
    ],
    [
      'fewer items',
      [json({ tags: ['a', 'b', 'b'] }, 10)],
      [json({ tags: ['a', 'b'] }, 8)],
      'tags[]',
      '3 → 2 items',
      'fewer items',
      '$.tags[]',
    ],
    [
      'one item',
      [json({ items: [{ n: 1 }, { n: 2 }] }, 10)],
      [json({ items: [{ n: 1 }] }, 8)],
      'items[].n',
      '2 → 1 item',
      'fewer items',
      '$.items[]',
    ],
    ['a member came', [json({ tags: ['a'] }, 10)], [json({ tags: ['a', 'urgent'] }, 8)], 'tags[]', '+urgent', '+urgent', '$.tags[]'],
    ['a member replaced', [json({ tags: ['a', 'b'] }, 10)], [json({ tags: ['a', 'c'] }, 8)], 'tags[]', 'b → c', 'b → c', '$.tags[]'],
    ['an emptied list', [json({ tags: ['a', 'b'] }, 10)], [json({ tags: [] }, 8)], 'tags[]', 'empty in 8 of 8', 'empty', '$.tags[]'],
    ['other order', [json({ tags: ['a', 'b'] }, 10)], [json({ tags: ['b', 'a'] }, 8)], 'tags[]', 'other order', 'other order', '$.tags[]'],
    ['not JSON any more', [json({ a: 1 }, 10)], [[LONG, 8]], '', 'no longer JSON in 8 of 8', 'no longer JSON', undefined],
    [
      'fenced JSON',
      [json({ a: 1 }, 10)],
      [['```json\n{"a":1}\n```', 8]],
      '',
      'new code fence around the output',
      'new code fence around the output',
      undefined,
    ],
  ])('%s', (_name, approved, fresh, leads, line, title, path) => {
    const found = describeCase('drifted', approved, fresh, { leads });
    expect([found.line, found.groupTitle, found.path]).toEqual([line, title, path]);
  });

  it('a date says how far it moved', () => {
    const rules = { due: { type: 'date' as const } };
    const found = describeCase('drifted', [json({ due: '2026-11-21' }, 3)], [json({ due: '2026-11-28' }, 3)], { leads: 'due' }, { rules });
    expect([found.line, found.groupTitle]).toEqual(['2026-11-21 → 2026-11-28', 'later by 5 days or more']);
  });

  it('a fence that makes JSON unreadable is grave, one around a text is not', () => {
    const fenced = (text: string): Texts => [[`\`\`\`\n${text}\n\`\`\``, 8]];
    expect(describeCase('drifted', [json({ a: 1 }, 10)], fenced('{"a":1}'), { leads: '' }).severity).toBe('worst');
    expect(describeCase('drifted', [[LONG, 10]], fenced(LONG), { leads: '$' }).severity).toBe('bad');
  });

  it('the whole output leads: the path that changed most surely is named', () => {
    const paths = [
      { path: 'a', p: 0.04, effect: 1 },
      { path: 'b', p: 0.001, effect: 0.5 },
    ];
    const found = describeCase('drifted', [json({ a: 'x', b: 'y' }, 5)], [json({ a: 'z', b: 'w' }, 5)], { leads: '', paths });
    expect([found.path, found.line]).toEqual(['$.b', 'y → w']);
  });

  it('not tested: the gravest change is named', () => {
    const found = describeCase('changed', [json({ text: LONG, n: 1, team: 'a' })], [json({ text: `${LONG} Yes.`, n: 2, team: 'b' })]);
    expect([found.path, found.line, found.severity]).toEqual(['$.team', 'a → b', 'info']);
  });

  it('ignored paths are never named', () => {
    const rules = { team: { ignore: true } };
    const found = describeCase('changed', [json({ team: 'a', n: 1 })], [json({ team: 'b', n: 2 })], {}, { rules });
    expect(found.path).toBe('$.n');
  });

  it('a fence that is taken off is no change', () => {
    const found = describeCase('changed', [json({ a: 1 })], ['```json\n{"a":2}\n```'], {}, { stripFence: true });
    expect(found.line).toBe('1 → 2');
  });

  it('a view that saw what no words were found for', () => {
    expect(describeCase('drifted', [json({ a: 1 }, 3)], [json({ a: 1 }, 3)], { leads: '' }).line).toBe('answers differ');
  });
});

describe('broken contracts and verdicts without a change', () => {
  it.each<[ComparedCase['label'], Texts, Texts, string, string]>([
    ['broken', [['{}', 10]], [['!(not valid JSON){', 8]], 'not valid JSON in 8 of 8', 'Broken: not valid JSON'],
    ['broken', [['{}', 10]], [['!(not valid JSON){', 5], ['!(empty)', 2], '{}'], 'not valid JSON in 5 of 8', 'Broken: not valid JSON'],
    ['broken', ['{}'], ['!(fails “names the team”){}'], 'fails “names the team” in 1 of 1', 'Broken: fails “names the team”'],
    ['unsure', [['{}', 10]], [['{}', 2], '!(refused)'], 'refused in 1 of 3', 'Cannot tell yet · take 5 more samples'],
    ['changed', ['!(empty)'], ['{"a":1}'], 'empty in 0 of 1, before in 1 of 1', 'less often empty'],
    ['new', [], ['{}'], 'new in the dataset', 'New'],
    ['missing', ['{}'], [], 'no longer in the dataset', 'Missing'],
    ['same', ['{}'], ['{}'], 'same', 'Equivalent, same'],
    ['equivalent', ['{}'], ['{ }'], 'equivalent', 'Equivalent, same'],
    ['noise', ['a', 'b'], ['c'], 'within noise', 'Within noise'],
  ])('%s', (label, approved, fresh, line, title) => {
    const found = describeCase(label, approved, fresh);
    expect([found.line, found.groupTitle]).toEqual([line, title]);
  });

  it('no answer is no verdict', () => {
    const found = describeCase('unsure', [['{}', 10]], [], { failures: 3 });
    expect([found.line, found.groupTitle, found.severity]).toEqual(['no answer to 3 calls', 'No answer', 'unsure']);
  });

  it('drifted by the contract view alone', () => {
    const lead = { kind: 'contract' as const, path: '' };
    const found = describeCase(
      'drifted',
      [
        ['!(empty)', 8],
        ['{}', 2],
      ],
      [['{}', 8]],
      { lead },
    );
    expect(found.line).toBe('empty in 0 of 8, before in 8 of 10');
  });
});

describe('the change by which reviews are carried forward', () => {
  const change = (approved: Texts, fresh: Texts, label: ComparedCase['label'] = 'drifted', leads = 'team') =>
    describeCase(label, approved, fresh, { leads }).change;
  const billing = json({ team: 'billing' }, 10);

  it('does not depend on how many samples there were, nor on the verdict', () => {
    const whole = change([billing], [json({ team: 'refunds' }, 8)]);
    expect(change([json({ team: 'billing' }, 5)], [json({ team: 'refunds' }, 2), json({ team: 'billing' })])).toBe(whole);
    expect(change([billing], [json({ team: 'refunds' }, 3)], 'unsure')).toBe(whole);
    expect(whole).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is another one for another value, path or direction', () => {
    const found = [
      change([billing], [json({ team: 'refunds' }, 8)]),
      change([billing], [json({ team: 'legal' }, 8)]),
      change([json({ team: 'refunds' }, 8)], [billing]),
      change([json({ owner: 'billing' }, 8)], [json({ owner: 'refunds' }, 8)], 'drifted', 'owner'),
      change([billing], [json({ team: '' }, 8)]),
    ];
    expect(new Set(found).size).toBe(found.length);
  });

  it('of wordings: the set of new texts', () => {
    const [one, two] = [`${LONG} Yes.`, `${LONG} No.`];
    const of = (fresh: Texts) => change([[LONG, 5]], fresh, 'drifted', '$');
    expect(of([[one, 3], two])).toBe(of([two, [one, 1]]));
    expect(of([one])).not.toBe(of([two]));
  });

  it('broken: the reason, not the count; labels that only begin alike are two', () => {
    const of = (fresh: Texts) => describeCase('broken', [['{}', 10]], fresh).change;
    expect(of([['!(empty)', 8]])).toBe(
      of([
        ['!(empty)', 5],
        ['!(refused)x', 3],
      ]),
    );
    expect(of([['!(empty)', 8]])).not.toBe(of([['!(refused)x', 8]]));
    const rules = { team: { type: 'enum' as const } };
    const label = (end: string) =>
      describeCase('drifted', [billing], [json({ team: `${'x'.repeat(50)}${end}` }, 3)], { leads: 'team' }, { rules });
    expect(label('1').line).toBe(label('2').line);
    expect(label('1').change).not.toBe(label('2').change);
    expect(label('1').groupKey).not.toBe(label('2').groupKey);
  });
});

describe('whatever the outputs are', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.json({ maxDepth: 3 }),
    fc.constantFrom('', '{}', '[]', 'null', '{"__proto__":{"x":1}}', '{"constructor":1}', '1e400', '{"a":1e400}', '```', '"'),
  );
  const side = fc.array(text, { minLength: 1, maxLength: 5 });

  it('a line is short and one line, and the same each time', () => {
    fc.assert(
      fc.property(side, side, fc.constantFrom<ComparedCase['label']>('drifted', 'changed', 'unsure'), (approved, fresh, label) => {
        const found = describeCase(label, approved, fresh);
        expect(found.line).not.toBe('');
        expect(found.line).not.toMatch(/[\n\r\u202a-\u202e]/);
        expect(found.line.length).toBeLessThan(250);
        expect(describeCase(label, approved, fresh)).toEqual(found);
      }),
      { numRuns: 500 },
    );
    expect(Object.keys({})).toEqual([]);
  });
});
