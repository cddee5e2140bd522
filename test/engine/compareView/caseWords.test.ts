import { describe, expect, it } from 'vitest';
import { brokenReasons, caseWords, LABEL_WORDS } from '../../../engine/compare/view/caseWords.ts';
import type { ComparedCase } from '../../../protocol/index.ts';
import { CaseLabel } from '../../../protocol/index.ts';
import { caseOf, comparisonOf, samples, type Texts } from './comparisons.ts';

function words(label: ComparedCase['label'], approved: Texts, fresh: Texts, more: Parameters<typeof caseOf>[3] = {}): string {
  const comparison = comparisonOf([caseOf(label, approved, fresh, more)]);
  return caseWords(comparison.cases[0] as ComparedCase, comparison);
}

const team = (name: string | null, times = 1): readonly [string, number] => [JSON.stringify({ team: name, n: 1 }), times];

describe('the sentence of one case', () => {
  it.each<[string, ComparedCase['label'], Texts, Texts, Parameters<typeof caseOf>[3], string]>([
    [
      'drifted by a label',
      'drifted',
      [team('billing', 10)],
      [team('refunds', 7), team('billing')],
      { leads: 'team' },
      "$.team changed beyond this prompt's own variation (10 approved and 8 new samples, p = 0.0002; among all cases listed here about 1 in 10 may be false). Was billing in 10 of 10; now refunds in 7 of 8, billing in 1 of 8.",
    ],
    [
      'many values',
      'drifted',
      [team('a', 10)],
      [team('b', 2), team('c', 2), team('d', 2), team('e'), team('f')],
      { leads: 'team' },
      "$.team changed beyond this prompt's own variation (10 approved and 8 new samples, p = 0.0002; among all cases listed here about 1 in 10 may be false). Was a in 10 of 10; now b in 2 of 8, c in 2 of 8, d in 2 of 8, 2 other values.",
    ],
    [
      'drifted by a number',
      'drifted',
      [['{"n":0.91,"t":1}', 10]],
      [['{"n":0.7,"t":1}', 8]],
      { leads: 'n', p: 0.00001 },
      "$.n changed beyond this prompt's own variation (10 approved and 8 new samples, p < 0.0001; among all cases listed here about 1 in 10 may be false). 0.91 → 0.70.",
    ],
    [
      'a member of a list replaced',
      'changed',
      ['{"tags":["card","refund"]}'],
      ['{"tags":["cash","refund"]}'],
      {},
      'The answers differ. Not tested for noise: that takes at least 3 approved samples and 2 new ones; here are 1 and 1. card → cash.',
    ],
    [
      'drifted by its wording',
      'drifted',
      [['The customer asks for one refund of the second charge.', 10]],
      [['The customer wants one refund of their second charge.', 8]],
      { leads: '$' },
      "The output changed beyond this prompt's own variation (10 approved and 8 new samples, p = 0.0002; among all cases listed here about 1 in 10 may be false).",
    ],
    [
      'noise',
      'noise',
      ['a', 'b', 'c'],
      ['d', 'a'],
      { leads: '$', p: 1, pScreen: 0.5 },
      'The answers differ, but no more than the approved samples differ among themselves (3 approved and 2 new samples, p = 0.5).',
    ],
    [
      'unsure',
      'unsure',
      [team('a', 10)],
      [team('b', 2), team('a')],
      { leads: 'team', p: 1, pScreen: 0.04 },
      'Cannot tell yet (10 approved and 3 new samples, p = 0.04): take 5 more samples (about 5 calls). Was a in 10 of 10; now b in 2 of 3, a in 1 of 3.',
    ],
    [
      'unsure with calls that failed',
      'unsure',
      [team('a', 10)],
      [team('b', 2)],
      { leads: 'team', failures: 1 },
      'Cannot tell yet (10 approved and 2 new samples, p = 0.0002): take 5 more samples (about 5 calls). Was a in 10 of 10; now b in 2 of 2. Besides, one call gave no answer.',
    ],
    ['no answer', 'unsure', [team('a', 10)], [], { failures: 3 }, 'Cannot tell: 3 calls gave no answer. Run the comparison again.'],
    ['broken', 'broken', [['{}', 10]], [['!(not valid JSON){', 8]], {}, '8 of 8 outputs are not valid JSON (approved: 0 of 10).'],
    [
      'broken by the schema',
      'broken',
      [['{}', 10]],
      [['!(does not fit the schema){', 7], '{}'],
      {},
      '7 of 8 outputs do not fit the schema (approved: 0 of 10).',
    ],
    ['broken, one sample', 'broken', ['{}'], ['!(fails “right team”){}'], {}, '1 of 1 output fails “right team” (approved: 0 of 1).'],
    [
      'broken in two ways',
      'broken',
      [['{}', 9], '!(empty)'],
      [
        ['!(empty)', 5],
        ['!(refused)x', 3],
      ],
      {},
      '5 of 8 outputs are empty (approved: 1 of 10); 3 others break the contract in another way.',
    ],
    [
      'changed, one sample a side',
      'changed',
      [team('a')],
      [team('b')],
      {},
      'The answers differ. Not tested for noise: that takes at least 3 approved samples and 2 new ones; here are 1 and 1. Was a in 1 of 1; now b in 1 of 1.',
    ],
    ['same', 'same', ['a'], ['a', 'a'], {}, 'Every new sample is an approved one, byte for byte.'],
    ['same, one', 'same', ['a'], ['a'], {}, 'The new sample is an approved one, byte for byte.'],
    [
      'equivalent, one',
      'equivalent',
      ['{}'],
      ['{ }'],
      {},
      'The new sample says what an approved one says; it is only written in another way, or within the tolerances.',
    ],
    ['new', 'new', [], ['a', 'b'], {}, 'Nothing is approved for this case yet; there are 2 new samples. Accepting approves them.'],
    [
      'missing',
      'missing',
      ['a'],
      [],
      {},
      'Approved with 1 sample, but on the new side there is no such case. Accepting takes it out of the baseline.',
    ],
  ])('%s', (_name, label, approved, fresh, more, expected) => expect(words(label, approved, fresh, more)).toBe(expected));

  it('every verdict has a word', () =>
    expect(CaseLabel.options.map((label) => LABEL_WORDS[label]).every((word) => word.length > 2)).toBe(true));

  it('reasons once each, both sides', () => {
    const sides = { approved: samples(['!(empty)', '{}']), fresh: samples(['!(refused)x', '!(empty)', '!(refused)y']) };
    expect(brokenReasons(sides)).toEqual(['refused in 2 of 3', 'empty in 1 of 3', 'approved: empty in 1 of 2']);
    expect(brokenReasons({ approved: samples(['{}']), fresh: [] })).toEqual([]);
  });
});
