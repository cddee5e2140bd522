import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day, duration, median, moment, money, oneLine, seconds, step } from '../../../engine/compare/view/figures.ts';
import { shiftsOf } from '../../../engine/compare/view/shifts.ts';
import { sample } from './comparisons.ts';

describe('figures', () => {
  it.each([
    [money(0), '$0.00'],
    [money(0.41), '$0.41'],
    [money(0.0009), '$0.0009'],
    [money(0.000001), 'below $0.0001'],
    [seconds(40), '40 ms'],
    [seconds(800), '0.8 s'],
    [seconds(12_300), '12 s'],
    [duration(800), '0.8 s'],
    [duration(59_600), '1 min 00 s'],
    [duration(125_000), '2 min 05 s'],
    [duration(4_325_000), '1 h 12 min'],
    [day('2026-11-12', '2026-11-25'), '12 Nov'],
    [day('2025-11-12', '2026-11-25'), '12 Nov 2025'],
    [day('2026-13-45', '2026'), '2026-13-45'],
    [moment('2026-11-25T09:14:07.120Z', '2026'), '25 Nov 09:14 UTC'],
    [moment('2026-11-25', '2026'), '25 Nov'],
    [median([]), undefined],
    [median([3, 1, 2]), 2],
    [median([4, 1]), 2.5],
    [step(0.21), 0.2],
    [step(0.3 - 0.1), 0.2],
    [step(7), 5],
    [step(1000), 1000],
    [step(0.00012), 0.0001],
  ])('%#: %j', (found, expected) => expect(found).toBe(expected));

  it('a step is never larger than the amount and at least two fifths of it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e12, noNaN: true }), (amount) => {
        expect(step(amount)).toBeLessThanOrEqual(amount * (1 + 1e-6));
        expect(step(amount)).toBeGreaterThan(amount * 0.399);
      }),
    );
  });

  it('one line: bounded, without breaks, controls and direction marks, no character cut in two', () => {
    expect(oneLine(' a\r\n\tb\u0000c ', 20)).toBe('a b c');
    expect(oneLine('evil\u202etxt', 20)).toBe('evil\ufffdtxt');
    expect(oneLine('🙂'.repeat(30), 10)).toBe(`${'🙂'.repeat(9)}…`);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 5, max: 40 }), (text, most) => {
        const line = oneLine(text, most);
        expect([...line].length).toBeLessThanOrEqual(most);
        expect(line).not.toMatch(/[\n\r\t\0]/);
        expect(line.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('shifts', () => {
  const side = (text: string, more = {}) => Array.from({ length: 3 }, () => sample(text, more));
  const words = (before: ReturnType<typeof side>, now: ReturnType<typeof side>) =>
    shiftsOf([{ approved: before, fresh: now }]).map(({ sentence }) => sentence);

  it.each<[string, ReturnType<typeof side>, ReturnType<typeof side>, readonly string[]]>([
    ['shorter', side('x'.repeat(1482)), side('x'.repeat(54)), ['Answers are 27 times shorter: 1,482 characters before, 54 now']],
    ['longer', side('x'.repeat(100)), side('x'.repeat(180)), ['Answers are 1.8 times longer: 100 characters before, 180 now']],
    [
      'tokens said by the length',
      side('x'.repeat(100), { tokens: 50 }),
      side('x'.repeat(200), { tokens: 100 }),
      ['Answers are 2 times longer: 100 characters before, 200 now'],
    ],
    [
      'tokens alone',
      side('abc', { tokens: 50 }),
      side('abd', { tokens: 500 }),
      ['Answers take 10 times as many tokens: 50 before, 500 now'],
    ],
    ['latency', side('a', { latencyMs: 800 }), side('a', { latencyMs: 2400 }), ['Answers take 3 times as long: 0.8 s before, 2.4 s now']],
    ['cost', side('a', { usd: 0.0021 }), side('a', { usd: 0.0009 }), ['Answers are 2.3 times cheaper: $0.0021 before, $0.0009 now']],
    ['empty', side('x'.repeat(50)), side(''), ['Answers are empty: 50 characters before, 0 now']],
    ['tiny', side('ab', { latencyMs: 10, tokens: 1 }), side('abcdef', { latencyMs: 100, tokens: 5 }), []],
    ['not known on one side', side('a'), side('a', { latencyMs: 9000, usd: 1 }), []],
  ])('%s', (_name, before, now, expected) => expect(words(before, now)).toEqual(expected));

  it('cases of one side alone do not count', () => {
    expect(
      shiftsOf([
        { approved: side('x'.repeat(1000)), fresh: [] },
        { approved: side('ab'), fresh: side('ac') },
      ]),
    ).toEqual([]);
    expect(shiftsOf([])).toEqual([]);
  });
});
