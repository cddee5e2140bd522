import { describe, expect, it } from 'vitest';
import { canonicalText, stripOuterFence } from '../../../../engine/drift/cases/canonicalText.ts';
import { dateDays } from '../../../../engine/drift/cases/dateDays.ts';
import { exactDistance } from '../../../../engine/drift/cases/exactDistance.ts';
import { keyedSetDistance } from '../../../../engine/drift/cases/keyedSetDistance.ts';
import { listDistance } from '../../../../engine/drift/cases/listDistance.ts';
import { numberDistance, numberScale } from '../../../../engine/drift/cases/numberDistance.ts';
import { objectDistance } from '../../../../engine/drift/cases/objectDistance.ts';
import { prefixDistance, prefixOf } from '../../../../engine/drift/cases/prefixDistance.ts';
import { setDistance } from '../../../../engine/drift/cases/setDistance.ts';
import { trigramDistance, trigramProfileDistance, trigramProfiler } from '../../../../engine/drift/cases/trigramDistance.ts';
import { unparsableDistance } from '../../../../engine/drift/cases/unparsableDistance.ts';

describe('text', () => {
  it.each([
    ['  a \r\n\t b ', 'a b'],
    ['Cafe\u0301', 'Caf\u00e9'],
    ['\u00a0x\u00a0', 'x'],
  ])('canonical form of %j is %j', (text, canonical) => expect(canonicalText(text)).toBe(canonical));

  it.each([
    ['```json\n{"a":1}\n```', '{"a":1}', true],
    ['  ```\nx\n```  ', 'x', true],
    ['Sure: ```\nx\n```', 'Sure: ```\nx\n```', false],
    ['```\na\n```\nand\n```\nb\n```', '```\na\n```\nand\n```\nb\n```', false],
    ['```', '```', false],
  ])('one fence around %j', (text, inner, stripped) => expect(stripOuterFence(text)).toEqual({ text: inner, stripped }));

  it('an added preamble moves the whole beginning and few trigrams', () => {
    const [plain, preamble] = ['The invoice is overdue by three days.', 'Sure! The invoice is overdue by three days.'];
    expect(prefixDistance(prefixOf(plain), prefixOf(preamble))).toBeGreaterThan(0.5);
    expect(trigramDistance(plain, preamble)).toBeLessThan(0.12);
  });

  it('a script of very many characters is profiled as any other', () => {
    const han = Array.from({ length: 1500 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('');
    expect(trigramDistance(han, han)).toBe(0);
    expect(trigramDistance(han, `${han}.`)).toBeCloseTo(1 - (2 * 1499) / 3001, 12);
    const profile = trigramProfiler();
    const early = profile('abc abc');
    profile(han);
    expect(trigramProfileDistance(early, profile('abc abc'))).toBe(0);
  });

  it('counts code points, not UTF-16 units, in the first 64', () => {
    expect(prefixDistance(prefixOf('👍'.repeat(64)), prefixOf('👎'.repeat(64)))).toBe(1);
    expect(prefixDistance(prefixOf(`${'x'.repeat(64)}a`), prefixOf(`${'x'.repeat(64)}b`))).toBe(0);
    expect(prefixDistance(prefixOf(''), prefixOf('ab'))).toBe(2 / 64);
  });
});

describe('numbers', () => {
  const exact = numberScale([10, 12, 20]);
  it.each([
    [10, 10, exact, 0],
    [10, 15, exact, 0.5],
    [10, 40, exact, 1],
    [0.1 + 0.2, 0.3, exact, 0],
    [10, 10.01, numberScale([10, 20], 0.01), 0],
    [10, 11, numberScale([10, 20], 0, 0.1), 0],
    [1, 2, numberScale([1, 1]), 1],
  ])('%d and %d', (a, b, scale, distance) => expect(numberDistance(a, b, scale)).toBeCloseTo(distance, 12));
});

describe('labels', () => {
  it.each([
    ['billing', 'billing', false, 0],
    ['Billing', 'billing', false, 1],
    ['Billing', 'billing ', true, 0],
    [1, '1', false, 1],
    [null, null, false, 0],
    [null, false, false, 1],
    [true, true, false, 0],
  ] as const)('%j and %j, case folded: %j', (a, b, fold, distance) => expect(exactDistance(a, b, fold)).toBe(distance));
});

describe('dates', () => {
  it.each([
    ['1970-01-02', 1],
    ['1969-12-31', -1],
    ['2026-11-22T12:00:00Z', Date.UTC(2026, 10, 22) / 86_400_000 + 0.5],
    ['2026-11-22T01:00+01:00', Date.UTC(2026, 10, 22) / 86_400_000],
    ['2026-02-30', null],
    ['22.11.2026', null],
    ['soon', null],
  ])('%s is day %d', (text, days) => (days === null ? expect(dateDays(text)).toBeNull() : expect(dateDays(text)).toBeCloseTo(days, 9)));
});

describe('lists, sets, objects', () => {
  const unlike = (a: string, b: string): number => (a === b ? 0 : 1);
  it.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['abc', 'acb', 2 / 3],
    ['abc', 'xabc', 1 / 4],
    ['kitten', 'sitting', 3 / 7],
    ['', 'ab', 1],
  ])('list %j and %j', (a, b, distance) => {
    expect(listDistance([...a], [...b], unlike)).toBeCloseTo(distance, 12);
    expect(listDistance([...b], [...a], unlike)).toBeCloseTo(distance, 12);
  });

  it('a list weighs a replacement by how different the elements are', () =>
    expect(listDistance([1, 2], [1, 2.5], (a, b) => Math.abs(a - b))).toBe(0.25));

  it.each([
    [['a', 'b'], ['b', 'a'], 0],
    [['a', 'b'], ['b'], 0.5],
    [['a', 'a'], ['a'], 0.5],
    [[], [], 0],
    [['a'], ['b'], 1],
  ])('set %j and %j', (a, b, distance) => expect(setDistance(a, b)).toBe(distance));

  it.each([
    ['1:a 2:b', '2:b 1:a', 0],
    ['1:a 2:b', '1:a 2:c', 0.5],
    ['1:a', '1:a 2:b', 0.5],
    ['1:a', '2:a', 1],
  ])('keyed %j and %j', (a, b, distance) => {
    const keyed = (text: string) => text.split(' ').map((pair) => ({ key: pair.split(':')[0]!, value: pair.split(':')[1]! }));
    expect(keyedSetDistance(keyed(a), keyed(b), unlike)).toBe(distance);
  });

  it('an object is the mean over fields that one of the two has', () => {
    expect(objectDistance([0, 1, null, 0.5])).toBe(0.5);
    expect(objectDistance([null])).toBe(0);
  });

  it('unparsable differs from parsable only', () => {
    expect([unparsableDistance(true, true), unparsableDistance(true, false), unparsableDistance(false, false)]).toEqual([null, 1, 0]);
  });
});
