import { describe, expect, it } from 'vitest';
import { labelCase, labelCases } from '../../../../engine/drift/cases/labelCase.ts';
import { seededRandom } from '../../../../engine/drift/cases/random.ts';
import { type CaseInput, reviewCase } from '../../../../engine/drift/cases/reviewCase.ts';
import type { CaseLabel } from '../../../../protocol/index.ts';

/** Outputs written as "billing*8 refund*2"; a "!" before a name breaks the contract. */
function outputs(text: string): CaseInput['baseline'] {
  return text
    .split(' ')
    .filter((part) => part !== '')
    .flatMap((part) => {
      const [name = '', count = '1'] = part.split('*');
      const contract = !name.startsWith('!');
      return Array.from({ length: Number(count) }, () => ({ text: JSON.stringify({ category: name, lang: 'de' }), contract }));
    });
}

function review(baseline: string, screen: string, confirm: string | null, more: Partial<CaseInput> = {}) {
  return reviewCase({
    baseline: outputs(baseline),
    screen: outputs(screen),
    confirm: confirm === null ? null : outputs(confirm),
    seed: 's',
    ...more,
  });
}

describe('labels: the first that applies', () => {
  it.each<[string, string, string | null, number | null, CaseLabel]>([
    ['', 'a*3', null, null, 'new'],
    ['a*10', '', null, null, 'missing'],
    ['a*10', '!x*3', '!x*5', 0.0001, 'broken'],
    ['a*10', '!x*3', '!x*5', 1, 'broken'],
    ['a', '!x', null, null, 'broken'],
    ['a*9 !x', '!x*3', '!x*5', 0.001, 'broken'],
    ['!x*10', 'a*3', 'a*5', 0.001, 'drifted'],
    ['a*10', 'b*3', 'b*5', 0.001, 'drifted'],
    ['a*9 b', 'b*3', 'b*5', 0.001, 'drifted'],
    ['a*10', 'b*3', 'b*5', 0.2, 'unsure'],
    ['a*10', 'b*3', null, 1, 'unsure'],
    ['a*10', 'a*2 !a', null, 1, 'unsure'],
    ['a*10', 'a*3', null, 1, 'same'],
    ['a*5 b*5', 'a b*2', null, 1, 'same'],
    ['a*5 b*5', 'a b c', null, 1, 'unsure'],
    ['a*5 b*5', 'a b c', 'a*3 b*2', 1, 'noise'],
    ['a*2', 'b*3', null, null, 'changed'],
    ['a*10', 'b', null, null, 'changed'],
    ['a*2', 'a', null, null, 'same'],
  ])('approved %s, new %s, then %s, q %d: %s', (baseline, screen, confirm, q, label) => {
    expect(labelCase(review(baseline, screen, confirm), q)).toBe(label);
  });

  it('equivalent: other bytes, no distance', () => {
    const fresh = { text: '{"lang":"de",  "category":"a"}', contract: true };
    const evidence = review('a*10', '', null, { screen: [fresh, fresh, fresh] });
    expect(labelCase(evidence, 1)).toBe('equivalent');
    expect(labelCase(review('a', '', null, { screen: [fresh] }), null)).toBe('equivalent');
  });

  it('a small effect is not listed however sure it is', () => {
    const baseline = Array.from({ length: 10 }, (_, n) => ({ text: `{"n":${n}}`, contract: null }));
    const evidence = reviewCase({ baseline, screen: baseline.slice(0, 3), confirm: baseline.slice(3, 8), seed: 's' });
    expect(evidence.lead?.effect).toBeLessThan(0.1);
    expect(labelCase({ ...evidence, p: 0.01 }, 0.01)).toBe('unsure');
  });
});

describe('two looks', () => {
  it('no p-value counts before the second look', () => {
    const first = review('a*10', 'b*3', null);
    expect(first).toMatchObject({ suspect: true, unconfirmed: true, p: 1, splits: 286 });
    expect(first.pScreen).toBeCloseTo(1 / 286, 12);
    const both = review('a*10', 'b*3', 'b*5');
    expect(both).toMatchObject({ suspect: true, unconfirmed: false, splits: 43_758 });
    expect(both.p).toBeCloseTo(1 / 43_758, 12);
    expect(both.lead).toMatchObject({ kind: 'value', path: 'category', effect: 1 });
  });

  it('a gate that was not passed gives 1, whatever further samples say', () => {
    expect(review('a*10', 'a*3', 'b*5')).toMatchObject({ suspect: false, p: 1 });
    expect(review('a*10', 'a*3', 'b*5', { looks: 'one' }).p).toBeLessThan(0.01);
  });

  it('one broken contract earns the second look', () => expect(review('a*10 !a*10', 'a*2 !a', null)).toMatchObject({ suspect: true }));

  it('is not tested below 3 approved or 2 new samples', () => {
    expect(review('a*2', 'b*3', 'b*5')).toMatchObject({ tested: false, p: null, lead: null, views: [] });
    expect(review('a*10', 'b', null)).toMatchObject({ tested: false, p: null });
  });
});

describe('the first look on its own', () => {
  const sizeOf = (evidence: ReturnType<typeof review>) => evidence.firstLook?.views[0]?.matrix.size ?? null;

  it('is what the suite sees, whatever the second look says', () => {
    const one = review('a*9 b', 'b*2 a', null);
    const two = review('a*9 b', 'b*2 a', 'c*5');
    expect([sizeOf(one), sizeOf(two)]).toEqual([13, 13]);
    expect(two.firstLook).toEqual(one.firstLook);
    expect(two.pScreen).toBe(one.pScreen);
  });

  it('of a single look is all there is, and none where that is too little', () => {
    expect(sizeOf(review('a*10', 'b*3', 'b*5', { looks: 'one' }))).toBe(18);
    expect(sizeOf(review('a*10', 'b', null))).toBeNull();
    expect(sizeOf(review('a*10', 'b', 'b*5'))).toBeNull();
    expect(sizeOf(review('a*2', 'b*3', null))).toBeNull();
  });
});

it('labels a review with the q-values it is given, in order, without the untested cases', () => {
  const cases = [review('a*2', 'b', null), review('a*10', 'b*3', 'b*5'), review('a*10', 'a*3', null)];
  const seen: number[][] = [];
  const labels = labelCases(cases, (p) => {
    seen.push([...p]);
    return p.map((value) => Math.min(1, value * 2));
  });
  expect(seen).toEqual([[cases[1]?.p, 1]]);
  expect(labels.map(({ label }) => label)).toEqual(['changed', 'drifted', 'same']);
  expect(labels[0]?.q).toBeNull();
});

it('the same seed gives the same evidence', () => {
  const random = seededRandom('repeat');
  const sample = () => ({
    text: JSON.stringify({ n: random.below(9), s: `word ${random.below(50)} and more words than a label has, ${random.below(9)}` }),
    contract: null,
  });
  const baseline = Array.from({ length: 30 }, sample);
  const screen = Array.from({ length: 8 }, sample);
  const run = () => reviewCase({ baseline, screen, confirm: null, looks: 'one', seed: 'x' });
  expect(run()).toEqual(run());
  expect(run().exact).toBe(false);
});
