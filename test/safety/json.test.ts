import { describe, expect, it } from 'vitest';
import { isTooDeep, ownValue, parseJson } from '../../safety/index.ts';

describe('bounded JSON', () => {
  it.each([
    ['[]', 1, false],
    ['[[]]', 1, true],
    ['"[[[["', 1, false],
    ['["\\"[["]', 1, false],
    ['[[],[],[]]', 2, false],
    [`${'[["]]",'.repeat(3000)}1${']]'.repeat(3000)}`, 100, true],
  ])('%.20j deeper than %i: %s', (text, limit, expected) => {
    expect(isTooDeep(text, limit)).toBe(expected);
  });

  it('refuses what nests too deep, and what is no JSON, without throwing', () => {
    expect(parseJson('['.repeat(100_000))).toMatchObject({ ok: false });
    expect(parseJson('{')).toMatchObject({ ok: false });
    expect(parseJson('{"a":[1]}')).toEqual({ ok: true, value: { a: [1] } });
  });

  it('keeps __proto__ as data and gives own values only', () => {
    const parsed = parseJson('{"__proto__":{"polluted":1}}');
    if (!parsed.ok) throw new Error(parsed.message);
    const value = parsed.value as Record<string, never>;
    expect(ownValue(value, '__proto__')).toEqual({ polluted: 1 });
    expect(ownValue(value, 'constructor')).toBeUndefined();
    expect('polluted' in {}).toBe(false);
  });
});
