import { describe, expect, it } from 'vitest';
import { tellingSamples } from '../../../engine/compare/view/tellingSamples.ts';
import { caseOf, READING, type Texts } from './comparisons.ts';

function telling(
  approved: Texts,
  fresh: Texts,
  more: Parameters<typeof caseOf>[3] & { readonly label?: Parameters<typeof caseOf>[0] } = {},
) {
  const { label = 'noise', ...rest } = more;
  return tellingSamples({ ...caseOf(label, approved, fresh, rest), line: '', change: '' }, READING);
}

const ticket = (team: string, summary: string): string => JSON.stringify({ team, summary });

describe('the pair that shows a change best', () => {
  it('what most new samples say at the leading path, what most approved ones said there, alike in the rest', () =>
    expect(
      telling(
        [
          ticket('sales', 'late order'),
          ticket('billing', 'angry caller'),
          ticket('billing', 'late order today'),
          ticket('billing', 'no idea'),
        ],
        [ticket('billing', 'late order'), ticket('refunds', 'late order now'), ticket('refunds', 'late order')],
        { label: 'drifted', leads: 'team' },
      ),
    ).toEqual({ approved: 2, fresh: expect.toSatisfy((at) => at === 1 || at === 2) }));

  it('of numbers that nearest to the middle', () =>
    expect(
      telling(['{"c":0.9}', '{"c":0.91}', '{"c":0.99}'], ['{"c":0.1}', '{"c":0.5}', '{"c":0.6}'], { label: 'drifted', leads: 'c' }),
    ).toEqual({
      approved: 1,
      fresh: 1,
    }));

  it('of a broken case one that breaks the contract, against one that keeps it', () =>
    expect(
      telling(['!(empty)', '{"a":1}'], ['{"a":1}', '!(not valid JSON){"a":1', '!(not valid JSON){"a":'], { label: 'broken' }),
    ).toMatchObject({
      approved: 1,
      fresh: expect.toSatisfy((at) => at >= 1),
    }));

  it('the same text on both sides where there is one', () =>
    expect(telling(['the order is late', 'no', 'the order is lost'], [['the order is lost', 3]])).toEqual({ approved: 2, fresh: 0 }));

  it.each<readonly [approved: Texts, fresh: Texts]>([
    [[], ['a']],
    [['a'], []],
    [[], []],
    [['a'], ['']],
  ])('places that exist, or 0: %j, %j', (approved, fresh) => expect(telling(approved, fresh)).toEqual({ approved: 0, fresh: 0 }));

  it('large outputs are looked at in part', () => {
    const before = process.cpuUsage();
    telling([['a b '.repeat(250_000), 10]], [['b a '.repeat(250_000), 8]]);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(1500);
  });
});
