import { describe, expect, it } from 'vitest';
import { caseMatrices } from '../../../../engine/drift/cases/caseMatrices.ts';
import { distributionTest, type FirstLook } from '../../../../engine/drift/review/distributionTest.ts';
import { fieldTests, modeTests } from '../../../../engine/drift/review/fieldTests.ts';
import { stratifiedExact } from '../../../../engine/drift/suite/stratifiedExact.ts';
import { randomLooks } from './suites.ts';

/** A case from its outputs, approved ones before the bar. */
function look(caseId: string, written: string): FirstLook {
  const [approved, fresh] = written.split(' | ').map((side) => side.split(' ').map((text) => ({ text, contract: null })));
  if (approved === undefined || fresh === undefined) throw new Error(`no bar in ${written}`);
  return { caseId, approved: approved.length, matrices: caseMatrices([...approved, ...fresh]) };
}

describe('the distribution test', () => {
  it('one case alone: near its exact share of the splits', () => {
    const { p } = distributionTest([look('c', 'a a a a a a a a a a | b b b')], 's');
    expect(p).toBeGreaterThan(1 / 10_000);
    expect(Math.abs(p - 1 / 286)).toBeLessThan(4 * Math.sqrt(1 / 286 / 10_000));
  });

  it('finds a label that moved a little in every case, and a beginning added in a few', () => {
    const moved = randomLooks(30, 'moved', (value, _, random) => ({ ...value, label: random.below(2) === 0 ? 'b' : value.label }));
    expect(distributionTest(moved, 's').p).toBeLessThan(0.01);
    const preamble = randomLooks(30, 'preamble', (value, at) => (at % 5 === 0 ? { ...value, prose: `Sure! ${value.prose}` } : value));
    const found = distributionTest(preamble, 's');
    expect(found.p).toBeLessThan(0.01);
    expect(found.paths.get('prose')).toBeLessThan(0.01);
    expect(found.paths.get('n')).toBeGreaterThan(0.01);
  });

  it('is valid: without a change at most a share alpha of the reviews is at most alpha', () => {
    const reviews = 150;
    const small = Array.from({ length: reviews }, (_, at) => distributionTest(randomLooks(8, `null${at}`), `s${at}`, 999).p).filter(
      (p) => p <= 0.1,
    );
    expect(small.length / reviews).toBeLessThan(0.1 + 3 * Math.sqrt(0.09 / reviews));
    expect(small.length).toBeGreaterThan(3);
  });

  it('repeats with its seed, and only then', () => {
    const looks = randomLooks(5, 'repeat');
    expect(distributionTest(looks, 'a')).toEqual(distributionTest(looks, 'a'));
    expect(distributionTest(looks, 'a').p).not.toBe(distributionTest(looks, 'b').p);
  });

  it('is 1 where nothing differs and where there is no case', () => {
    expect(distributionTest([look('c', 'a a a | a a')], 's')).toMatchObject({ p: 1, paths: new Map([['$', 1]]) });
    expect(distributionTest([], 's')).toMatchObject({ p: 1, paths: new Map() });
  });

  it('takes cases of different sizes, drawn splits among them', () => {
    const many = look('many', `${'a '.repeat(29)}b | b b b b b b b b`);
    const { p } = distributionTest([many, look('few', 'x x x | x y')], 's');
    expect(p).toBeLessThan(0.001);
  });

  it('is bounded by outputs whose paths are ever new', () => {
    const outputs = (from: number) => Array.from({ length: 40 }, (_, at) => `"k${from}_${at}":1`).join(',');
    const looks = Array.from({ length: 60 }, (_, at) => look(`c${at}`, `{${outputs(at)}} {} {${outputs(at)}} | {} {"a":1}`));
    const { paths, draws } = distributionTest(looks, 's');
    expect(paths.size).toBeLessThanOrEqual(256);
    expect(paths.has('a')).toBe(true);
    expect(draws).toBe(9_999);
  });
});

describe('paths over the suite', () => {
  it('the mode is that of both sides together; ties and order do not matter', () => {
    expect(caseMatrices(['b', 'a', 'b', 'a', 'c'].map((text) => ({ text, contract: null }))).fields[0]?.mode).toBe(1);
    expect(caseMatrices(['a', 'b', 'c'].map((text) => ({ text, contract: null }))).fields[0]?.mode).toBeNull();
  });

  it('tests "equals the mode" exactly, over the cases that have one', () => {
    const looks = [look('one', 'a a a b | b b'), look('two', 'a a a a | b a'), look('none', 'a b c | d e')];
    const counts = { basePass: [3, 4], baseTotal: [4, 4], newPass: [0, 1], newTotal: [2, 2] };
    expect(modeTests(looks).get('$')).toBeCloseTo(stratifiedExact(counts).pTwoSided, 12);
    expect(modeTests([look('none', 'a b c | d e')]).size).toBe(0);
  });

  it('numbers within their tolerance equal the mode', () => {
    const samples = ['{"n":1}', '{"n":1}', '{"n":1.004}', '{"n":1.003}', '{"n":5}'].map((text) => ({ text, contract: null }));
    const matrices = caseMatrices(samples, { rules: new Map([['n', { type: 'number' as const, absTol: 0.01 }]]) });
    const counts = { basePass: [3], baseTotal: [3], newPass: [1], newTotal: [2] };
    expect(modeTests([{ caseId: 'c', approved: 3, matrices }]).get('n')).toBeCloseTo(stratifiedExact(counts).pTwoSided, 12);
  });

  it('takes twice the smaller p, energy alone where there is no mode, and lists up to q 0.05, smallest first', () => {
    const moved = randomLooks(30, 'fields', (value, _, random) => ({ ...value, label: random.below(2) === 0 ? 'b' : value.label }));
    const fields = fieldTests(
      moved,
      new Map([
        ['n', 0.9],
        ['label', 0.02],
        ['prose', 0.04],
      ]),
    );
    expect(fields.map(({ path, listed }) => [path, listed])).toEqual([
      ['label', true],
      ['prose', false],
      ['n', false],
    ]);
    const label = Math.min(1, 2 * Math.min(0.02, modeTests(moved).get('label') ?? 1));
    expect(fields[0]).toMatchObject({ p: label, q: label * 3 });
    expect(fields[1]?.p).toBe(0.04);
  });
});
