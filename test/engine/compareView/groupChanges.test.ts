import { describe, expect, it } from 'vitest';
import { caseOf, comparisonOf, type Texts } from './comparisons.ts';

const team = (name: string, times = 1): readonly [string, number] => [JSON.stringify({ team: name, n: 1 }), times];
const n = (value: number): Texts => [[JSON.stringify({ team: 'a', n: value }), 8]];
const old: Texts = [team('a', 10)];

describe('groups of like changes', () => {
  const comparison = comparisonOf([
    caseOf('same', old, old, { caseId: 'same' }),
    caseOf('noise', old, old, { caseId: 'noise' }),
    caseOf('drifted', old, n(0.75), { caseId: 'n1', leads: 'n' }),
    caseOf('drifted', old, n(0.7), { caseId: 'n2', leads: 'n' }),
    caseOf('drifted', old, n(0.72), { caseId: 'n3', leads: 'n' }),
    caseOf('drifted', old, [team('b', 8)], { caseId: 'b1', leads: 'team' }),
    caseOf('drifted', old, [team('c', 8)], { caseId: 'c1', leads: 'team', effect: 0.9 }),
    caseOf('drifted', old, [team('b', 7), team('a')], { caseId: 'b2', leads: 'team' }),
    caseOf('drifted', old, [team('d', 8)], { caseId: 'd1', leads: 'team', effect: 0.95 }),
    caseOf('equivalent', old, old, { caseId: 'equivalent' }),
    caseOf('missing', old, [], { caseId: 'missing' }),
    caseOf('new', [], old, { caseId: 'new' }),
    caseOf('unsure', old, [team('b', 3)], { caseId: 'u1', leads: 'team' }),
    caseOf('unsure', old, n(3), { caseId: 'u2', leads: 'n' }),
    caseOf('unsure', old, [], { caseId: 'u3', failures: 1 }),
    caseOf(
      'changed',
      ['some text that is long enough to be a text and no label'],
      ['another text that is long enough to be a text, no label'],
      { caseId: 'w' },
    ),
    caseOf('changed', old, [team('b')], { caseId: 'l' }),
    caseOf('broken', old, [['!(empty)', 8]], { caseId: 'e1' }),
    caseOf('broken', old, [['!(not valid JSON){', 8]], { caseId: 'j1' }),
    caseOf('broken', old, [['!(not valid JSON)[', 8]], { caseId: 'j2' }),
  ]);

  it('worst first, like ones together, the quiet ones folded', () => {
    expect(
      comparison.groups.map(({ path, title, severity, caseIds, folded }) => [path, title, severity, caseIds.join(' '), folded]),
    ).toEqual([
      [undefined, 'Broken: not valid JSON', 'worst', 'j1 j2', false],
      [undefined, 'Broken: empty', 'worst', 'e1', false],
      ['$.team', 'a → b', 'worst', 'b1 b2', false],
      ['$.team', 'a → d', 'worst', 'd1', false],
      ['$.team', 'a → c', 'worst', 'c1', false],
      ['$.n', 'lower by 0.2 or more', 'bad', 'n1 n2 n3', false],
      [undefined, 'Cannot tell yet · take 5 more samples', 'unsure', 'u1 u2', false],
      [undefined, 'No answer', 'unsure', 'u3', false],
      ['$.team', 'a → b', 'info', 'l', false],
      [undefined, 'wording', 'info', 'w', false],
      [undefined, 'New', 'info', 'new', false],
      [undefined, 'Missing', 'info', 'missing', false],
      [undefined, 'Within noise', 'quiet', 'noise', true],
      [undefined, 'Equivalent, same', 'quiet', 'same equivalent', true],
    ]);
  });

  it('every case is in one group and knows it; the cases keep their order', () => {
    const ids = comparison.cases.map(({ caseId }) => caseId);
    expect(comparison.groups.flatMap(({ caseIds }) => caseIds).sort()).toEqual([...ids].sort());
    for (const { id, caseIds } of comparison.groups)
      for (const caseId of caseIds) expect(comparison.cases.find((of) => of.caseId === caseId)?.group).toBe(id);
    expect(ids[0]).toBe('same');
    expect(Object.keys(comparison.cases[0] ?? {})).not.toContain('groupKey');
  });

  it('ids come from the kind of change, not from the cases', () => {
    const alone = comparisonOf([caseOf('drifted', old, [team('b', 3)], { caseId: 'other', leads: 'team' })]);
    expect(alone.groups[0]?.id).toBe(comparison.groups[2]?.id);
    expect(new Set(comparison.groups.map(({ id }) => id)).size).toBe(comparison.groups.length);
  });

  it('many changes that are each alone at one path stand together; those that are not stay apart', () => {
    const of = (at: number, name: string) => caseOf('changed', old, [team(name)], { caseId: `t-${at}` });
    const few = Array.from({ length: 12 }, (_, at) => of(at, `x${at}`));
    expect(comparisonOf(few).groups).toHaveLength(12);
    const many = comparisonOf([...few, of(12, 'x12'), of(13, 'b'), of(14, 'b'), caseOf('changed', old, n(2), { caseId: 'n' })]);
    expect(many.groups.map(({ path, title, caseIds }) => [path, title, caseIds.length])).toEqual([
      ['$.team', 'other changes, each once', 13],
      ['$.team', 'a → b', 2],
      ['$.n', 'higher by 1 or more', 1],
    ]);
    expect(new Set(many.cases.map(({ change }) => change)).size).toBe(15);
    expect(many.cases.every(({ group }) => many.groups.some(({ id }) => id === group))).toBe(true);
  });

  it('nothing to group', () => expect(comparisonOf([]).groups).toEqual([]));
});
