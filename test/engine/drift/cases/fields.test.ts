import { describe, expect, it } from 'vitest';
import { caseMatrices, type ReadingOptions } from '../../../../engine/drift/cases/caseMatrices.ts';
import { alignEmptyLists, leafFields } from '../../../../engine/drift/cases/leafFields.ts';
import { inferType, isIgnored, listRule } from '../../../../engine/drift/cases/pathTypes.ts';
import { schemaRules } from '../../../../engine/drift/cases/schemaRules.ts';

const samples = (texts: readonly string[]) => texts.map((text) => ({ text, contract: null }));

/** The distance of the first two outputs in every view, as "path kind: distance". */
function between(texts: readonly string[], reading: ReadingOptions = {}): readonly string[] {
  return caseMatrices(samples(texts), reading).views.map(
    ({ kind, path, matrix }) => `${path === '' ? '' : `${path} `}${kind}: ${Number((matrix.values[1] ?? 0).toFixed(3))}`,
  );
}

describe('the walk over leaf fields', () => {
  it('collapses indices, quotes odd names, keeps empty objects', () => {
    const fields = leafFields({ a: 1, 'b c': { d: [] }, items: [{ p: 1 }, { p: 2, q: {} }], __proto__x: null, deep: [[1], [2]] });
    expect([...fields.keys()].sort()).toEqual(["$['b c'].d[]", '__proto__x', 'a', 'deep[][]', 'items[].p', 'items[].q']);
    expect(fields.get('items[].p')).toEqual({
      list: true,
      entries: [
        { key: '', value: 1 },
        { key: '', value: 2 },
      ],
    });
  });

  it('reads one value, and a list at the top', () => {
    expect([...leafFields('x').keys()]).toEqual(['$']);
    expect([...leafFields([1, 2]).keys()]).toEqual(['$[]']);
  });

  it('gives an empty list the paths other samples have inside', () => {
    const [empty] = alignEmptyLists([leafFields({ items: [] }), leafFields({ items: [{ p: 1, q: 2 }] })]);
    expect([...(empty?.keys() ?? [])].sort()).toEqual(['items[].p', 'items[].q']);
  });
});

describe('types', () => {
  it.each([
    [[1, 2.5, null], 'number'],
    [['a', 'b', null], 'enum'],
    [[true, false], 'enum'],
    [[1, 'a'], 'enum'],
    [['x'.repeat(41)], 'text'],
    [['👍'.repeat(40)], 'enum'],
    [Array.from({ length: 13 }, (_, n) => `v${n}`), 'text'],
    [[null], 'enum'],
  ] as const)('%j is %s', (values, type) => expect(inferType(values)).toBe(type));

  it('come from a schema first', () => {
    const rules = schemaRules({
      type: 'object',
      properties: {
        n: { type: ['integer', 'null'] },
        kind: { type: 'string', enum: ['a', 'b'] },
        due: { type: 'string', format: 'date' },
        prose: { type: 'string' },
        tags: { type: 'array', uniqueItems: true, items: { type: 'string' } },
        rows: { type: 'array', items: { type: 'object', properties: { price: { type: 'number' } } } },
      },
    });
    expect([...rules].sort(([a], [b]) => (a < b ? -1 : 1))).toEqual([
      ['due', { type: 'date' }],
      ['kind', { type: 'enum' }],
      ['n', { type: 'number' }],
      ['rows[].price', { type: 'number' }],
      ['tags[]', { list: 'set' }],
    ]);
  });

  it('the innermost list with a rule decides the order', () => {
    const rules = new Map([['a[]', { list: { key: 'id' } }] as const, ['a[].b[]', { list: 'set' }] as const]);
    expect([listRule('a[].x', rules), listRule('a[].b[]', rules), listRule('c[]', rules)]).toEqual([{ key: 'id' }, 'set', 'list']);
  });
});

describe('views of a case', () => {
  it('labels alone: one view, no second copy as the whole output', () => expect(between(['billing', 'refund'])).toEqual(['$ value: 1']));

  it('prose: trigrams and the beginning', () => {
    expect(
      between(['The invoice arrived late, as it did in the year before.', 'Sure! The invoice arrived late, as it did in the year before.']),
    ).toEqual(['$ value: 0.052', '$ prefix: 0.891']);
  });

  it('JSON: a mean over the fields one of the two has', () => {
    expect(between(['{"a":"x","n":1}', '{"a":"x","n":2,"b":true}', '{"c":null}'])).toEqual([
      'document: 0.667',
      'a value: 0',
      'b value: 1',
      'c value: 0',
      'n value: 1',
    ]);
  });

  it('white space and the order of keys are no difference', () => {
    expect(between(['{"a":"x y","b":[1]}', '{ "b": [1.0], "a": "x  y" }'])).toEqual(['document: 0', 'a value: 0', 'b[] value: 0']);
  });

  it('another type is a difference of 1', () => expect(between(['{"a":1}', '{"a":{"b":1}}', '{"a":"1"}'])).toContain('document: 1'));

  it('unparsable against parsable is 1, against another unparsable 0', () => {
    expect(between(['{"a":1}', 'Sorry'])).toEqual(['document: 1', 'a value: 1']);
    expect(between(['Sorry', 'No', '{"a":1}'])).toEqual(['document: 0', 'a value: 0']);
    expect(caseMatrices(samples(['{"a":1}', 'Sorry'])).unparsable).toBe(1);
  });

  it('a fence is a difference unless it is taken off, which is counted', () => {
    const texts = ['{"a":1}', '```json\n{"a":1}\n```'];
    expect(between(texts)).toContain('document: 1');
    expect(caseMatrices(samples(texts), { stripFence: true })).toMatchObject({ unparsable: 0, fencesStripped: 1 });
    expect(between(texts, { stripFence: true })).toEqual(['a value: 0']);
  });

  it.each([
    ['list' as const, 'items[].p value: 1'],
    [{ key: 'id' }, 'items[].p value: 0'],
  ])('rows in another order, compared as %j', (list, expected) => {
    const texts = ['{"items":[{"id":1,"p":"a"},{"id":2,"p":"b"}]}', '{"items":[{"id":2,"p":"b"},{"id":1,"p":"a"}]}'];
    expect(between(texts, { rules: new Map([['items[]', { list }]]) })).toContain(expected);
  });

  it('a set forgets the order, dates and tolerances measure', () => {
    const rules = schemaRules({
      properties: { t: { type: 'array', uniqueItems: true, items: {} }, d: { format: 'date', type: 'string' } },
    });
    const withTolerance = new Map([...rules, ['n', { type: 'number', absTol: 0.01 }] as const]);
    const texts = [
      '{"t":["a","b"],"d":"2026-01-01","n":1}',
      '{"t":["b","a"],"d":"2026-01-02","n":1.005}',
      '{"t":[],"d":"2026-01-05","n":3}',
    ];
    expect(between(texts, { rules: withTolerance })).toEqual(['document: 0.083', 'd value: 0.25', 'n value: 0', 't[] value: 0']);
  });

  it('an ignored path and all below it are in no view', () => {
    const texts = ['{"id":"1","meta":{"at":1,"by":["x"]},"metal":"tin"}', '{"id":"2","meta":{"at":2,"by":["y","z"]},"metal":"tin"}'];
    const rules = new Map([['id', { ignore: true }] as const, ['meta', { ignore: true }] as const]);
    expect(between(texts, { rules })).toEqual(['metal value: 0']);
    expect(between(texts, { rules: new Map([['$', { ignore: true }]]) })).toEqual(['document: 0']);
    expect(between(texts, { rules: new Map([['meta.by[]', { ignore: true }]]) })).toContain('meta.at value: 1');
  });

  it.each([
    ['a', 'a', true],
    ['a', 'a.b', true],
    ['a', 'a[]', true],
    ['a', "a['b c']", true],
    ['a', 'ab', false],
    ['a.b', 'a', false],
    ['items[]', 'items[].p', true],
    ['items[].p', 'items[].price', false],
    ['$', 'anything', true],
  ])('a rule that ignores %s: %s ignored is %s', (rule, path, ignored) =>
    expect(isIgnored(path, new Map([[rule, { ignore: true }]]))).toBe(ignored),
  );

  it('names like those of every object are fields as any other', () => {
    const texts = ['{"__proto__":"a","constructor":1}', '{"__proto__":"b","constructor":1}'];
    expect(between(texts)).toEqual(['document: 0.5', '__proto__ value: 1', 'constructor value: 0']);
  });

  it('the contract is a view of its own', () => {
    const { views } = caseMatrices([
      { text: 'a', contract: true },
      { text: 'a', contract: false },
    ]);
    expect(views.map(({ kind, matrix }) => [kind, matrix.values[1]])).toEqual([
      ['value', 0],
      ['contract', 1],
    ]);
  });
});
