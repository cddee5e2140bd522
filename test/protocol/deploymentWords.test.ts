import { describe, expect, it } from 'vitest';
import {
  ageWords,
  byWords,
  type DeployedRow,
  DeploymentProblem,
  deployedCells,
  deployedLine,
  momentWords,
  problemLine,
  problemWords,
  type Relation,
  relationWords,
  versionWords,
} from '../../protocol/index.ts';

/** As the clock on the wall says, wherever the test runs. */
const NOW = new Date(2026, 10, 22, 12, 0);
const ago = (hours: number): string => new Date(NOW.getTime() - hours * 3_600_000).toISOString();

function row(more: Partial<DeployedRow> = {}): DeployedRow {
  return { environment: 'production', source: 'git', origin: 'origin/production', answeredAt: ago(0.05), ...more };
}

function problem(kind: DeploymentProblem['kind'] = 'down'): DeploymentProblem {
  return { kind, message: 'Look at it.', since: ago(3), failures: 4, retryAt: ago(-1) };
}

const BEHIND = { kind: 'behind', edits: 2 } as const;

describe('an environment in a line', () => {
  it.each<[string, Partial<DeployedRow>]>([
    ['production 1.3.0 · 2 edits behind', { deployed: { version: '1.3.0' }, relation: BEHIND }],
    ['production 1.3.0 · 1 edit ahead', { deployed: { version: '1.3.0' }, relation: { kind: 'ahead', edits: 1 } }],
    ['production 1.3.0 · differs', { deployed: { version: '1.3.0' }, relation: { kind: 'differs' } }],
    ['production v12', { deployed: { version: 'v12' }, relation: { kind: 'unknown' } }],
    ['production 4f1c2ab · 2 edits behind', { deployed: { commit: '4f1c2ab99887' }, relation: BEHIND }],
    ['production = this file', { deployed: { version: '1.3.0' }, relation: { kind: 'same' } }],
    ['not in production', {}],
    ['', { answeredAt: undefined }],
    [
      'production 1.3.0 (source down, 3 h old)',
      { deployed: { version: '1.3.0' }, relation: BEHIND, problem: problem(), answeredAt: ago(3.2) },
    ],
    [
      'production 1.3.0 (source down, 3 h old)',
      { deployed: { version: '1.3.0' }, relation: { kind: 'same' }, problem: problem(), answeredAt: ago(3) },
    ],
    ['production (not found in git, no answer yet)', { answeredAt: undefined, problem: problem('git') }],
    ['production (source slow, 3 min old)', { problem: problem('slow') }],
  ])('%s', (line, more) => {
    expect(deployedLine(row(more), NOW)).toBe(line);
  });
});

describe('an environment in the table', () => {
  it.each<[string, readonly string[], Partial<DeployedRow>]>([
    [
      'all that is known',
      ['production', '1.3.0', 'claude-haiku-4-5', '2 edits behind', '3 Nov 2026', 'deploy-bot, 4f1c2ab'],
      {
        deployed: { version: '1.3.0', model: 'claude-haiku-4-5', since: '2026-11-03', by: 'deploy-bot', commit: '4f1c2ab99' },
        relation: BEHIND,
      },
    ],
    [
      'little',
      ['production', 'version not told', '', 'cannot be told', '', ''],
      { deployed: { name: 'x' }, relation: { kind: 'unknown' } },
    ],
    ['nothing of this prompt', ['production', 'not deployed', '', '', '', ''], {}],
    ['no answer', ['production', 'no answer yet', '', '', '', ''], { answeredAt: undefined }],
  ])('%s', (_, cells, more) => {
    expect(deployedCells(row(more), NOW)).toEqual(cells);
  });
});

describe('what is wrong with a source', () => {
  it('is said with the age of the last answer', () => {
    expect(problemLine(row(), NOW)).toBe('');
    expect(problemLine(row({ problem: problem(), answeredAt: ago(3) }), NOW)).toBe('last known answer, 3 h old: the source is down');
    expect(problemLine({ problem: problem('key') }, NOW)).toBe('no answer yet: the source wants a key that is missing or refused');
  });

  it('has words of its own for every kind', () => {
    const kinds = DeploymentProblem.shape.kind.options;
    expect(new Set(kinds.map((kind) => problemWords({ kind }))).size).toBe(kinds.length);
    expect(new Set(kinds.map((kind) => problemLine({ problem: problem(kind) }, NOW))).size).toBe(kinds.length);
  });
});

it('every relation has words', () => {
  const relations: readonly Relation[] = [
    { kind: 'same' },
    { kind: 'behind', edits: 1200 },
    { kind: 'ahead', edits: 1 },
    { kind: 'differs' },
    { kind: 'unknown' },
  ];
  expect(relations.map(relationWords)).toEqual(['same', '1,200 edits behind', '1 edit ahead', 'differs', 'cannot be told']);
  expect(relationWords(undefined)).toBe('cannot be told');
});

describe('moments and ages', () => {
  it.each<[string, string]>([
    ['2026-11-03', '3 Nov 2026'],
    ['2026-11-22', 'today'],
    [new Date(2026, 10, 22, 8, 51).toISOString(), 'today 08:51'],
    [new Date(2026, 10, 21, 23, 59).toISOString(), '21 Nov 2026'],
    ['last spring', 'last spring'],
    ['', ''],
  ])('%j: %s', (moment, words) => {
    expect(momentWords(moment, NOW)).toBe(words);
  });

  it.each<[number, string]>([
    [-1, 'just in'],
    [0.01, 'just in'],
    [0.2, '12 min old'],
    [3.9, '3 h old'],
    [47.9, '47 h old'],
    [48, '2 days old'],
  ])('%d hours: %s', (hours, words) => {
    expect(ageWords(ago(hours), NOW)).toBe(words);
  });

  it('who, and from which commit, each once', () => {
    expect(byWords({ by: 'ada, 4f1c2ab', commit: '4f1c2ab99' })).toBe('ada, 4f1c2ab');
    expect(byWords({ commit: '4f1c2ab99' })).toBe('4f1c2ab');
    expect(byWords({ by: 'ada' })).toBe('ada');
    expect(byWords({})).toBe('');
    expect(versionWords({ fingerprint: 'ek1:0123456789abcdef' })).toBe('ek1:01234567');
  });
});
