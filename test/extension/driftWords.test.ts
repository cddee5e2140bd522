import { describe, expect, it } from 'vitest';
import { canUndo, costLine, type Job, jobQuestions, progressText } from '../../extension/drift/driftWords.ts';
import { pruneDetail } from '../../extension/drift/pruneWords.ts';
import { isRun, leftChoices, modelChoices, rightChoices } from '../../extension/drift/sideChoices.ts';
import type { PointChoice } from '../../extension/history/pointChoices.ts';
import type { BaselineSummary, ComparePlan, StoredRun } from '../../protocol/index.ts';
import { started } from '../protocol/runEvents.ts';
import { NO_TOTALS } from '../support/noTotals.ts';
import { plan, row } from './driftWorld.ts';

const LIMITS = { calls: 200, cost: 1 };

describe('what is said before a job', () => {
  it.each<[Partial<ComparePlan>, string]>([
    [{ estimatedCost: 0.31 }, '150 calls, up to 105 more for suspects, about $0.31'],
    [{ estimatedCost: 0.0042, atMostMore: 0, calls: 1 }, '1 call, about $0.0042'],
    [{ calls: 12_000, atMostMore: 1050 }, '12,000 calls, up to 1,050 more for suspects, no price is known'],
    [{ models: ['sandbox/extractor-2026-05'], estimatedCost: 0 }, '150 calls, up to 105 more for suspects'],
    [{ models: ['sandbox/extractor-2026-05', 'openai/x'], estimatedCost: 0.5 }, '150 calls, up to 105 more for suspects, about $0.50'],
    [{ calls: 38, fromCache: 12, atMostMore: 0, estimatedCost: 0 }, '38 calls, 12 answers from the cache, about $0.00'],
    [{ estimatedCost: 0.9, worstCost: 4.2 }, '150 calls, up to 105 more for suspects, about $0.90'],
    [{ estimatedCost: 0.9, worstCost: 4.2, askFirst: ['x'] }, '150 calls, up to 105 more for suspects, about $0.90, at most $4.20'],
    [{ calls: 0, atMostMore: 0 }, '0 calls'],
  ])('%j', (more, line) => {
    expect(costLine(plan(more))).toBe(line);
  });

  it.each<[Job, Partial<ComparePlan>, readonly string[]]>([
    ['review', { calls: 1, atMostMore: 0, estimatedCost: 0.01 }, ['Drift review.', '1 call, about $0.01.']],
    ['review', { calls: 0, atMostMore: 0 }, []],
    ['quick', { calls: 50, atMostMore: 0, estimatedCost: 0.2 }, []],
    ['quick', { calls: 201, atMostMore: 0 }, ['This run makes 201 calls.', 'No price is known for this model.']],
    ['more', { calls: 10, atMostMore: 0, askFirst: ['It may cost up to $7.00'] }, ['It may cost up to $7.00.']],
    [
      'topUp',
      { calls: 30, atMostMore: 0, estimatedCost: 0.1, notes: ['Two rows were left out'] },
      [
        'Top up the baseline: cases that hold fewer samples than wanted get more. Nothing approved is replaced.',
        '30 calls, about $0.10.',
        'Two rows were left out.',
      ],
    ],
  ])('%s with %j asks %j', (job, more, questions) => {
    expect(jobQuestions(job, plan(more), LIMITS)).toEqual(questions);
  });

  it('says of a capture that it takes the place of what is there', () => {
    expect(jobQuestions('capture', plan(), LIMITS)[0]).toMatch(/take the place of those that are there/);
  });

  it('counts where there is something to count', () => {
    expect(progressText({ phase: 'first look', done: 48, planned: 1500 })).toBe('first look: 48 of 1,500');
    expect(progressText({ phase: 'computing', done: 0, planned: 0 })).toBe('computing');
  });

  it('offers to undo what was said in this comparison', () => {
    expect(canUndo([row('a'), row('b', 'drifted', { state: 'accepted', carried: true })])).toBe(false);
    expect(canUndo([row('a'), row('b', 'drifted', { state: 'rejected', reason: 'x' })])).toBe(true);
  });
});

const BASELINE: BaselineSummary = {
  path: '__baselines__/triage.prompt.yml@openai%2Fa.json',
  promptId: 'triage.prompt.yml',
  model: 'openai/a',
  answeredBy: ['a'],
  fingerprint: 'ek1:0',
  capturedOn: ['2026-11-11', '2026-11-12'],
  cases: 50,
  least: 8,
  most: 10,
  wanted: 10,
  lacking: [],
  stale: [],
  orphaned: [],
};

describe('what a pruning removes', () => {
  it('nothing, where everything belongs to a case', () => {
    expect(pruneDetail([BASELINE, { ...BASELINE, lacking: ['x'] }])).toBeUndefined();
  });

  it('is named file by file, and counted where it is much', () => {
    const many = Array.from({ length: 15 }, (_, at) => `o${at}`);
    expect(
      pruneDetail([BASELINE, { ...BASELINE, path: 'b.json', stale: ['t-1', 't-2'] }, { ...BASELINE, path: 'c.json', orphaned: many }]),
    ).toBe('b.json\nother inputs now: t-1, t-2\n\nc.json\nno such case: o0, o1, o2, o3, o4, o5, o6, o7, o8, o9, o10, o11 and 3 more');
  });
});

describe('sides to choose', () => {
  const event = started(2, 1, { models: ['openai/b', 'openai/a'], version: '1.4.0', startedAt: '2026-11-21T09:14:59Z', runId: 'r1' });
  if (event.type !== 'runStarted') throw new Error('no header');
  const run: StoredRun = { header: event.header, end: 'finished', totals: { ...NO_TOTALS, passed: 33, failed: 4 }, missing: 0, unknown: 0 };

  it('are the baselines, versions and runs that there are', () => {
    const points: readonly PointChoice[] = [
      { label: '1.3.0', description: '3 Nov 2026', point: { kind: 'release', version: '1.3.0' }, group: 'Releases' },
      { label: 'production', description: '', point: { kind: 'environment', environment: 'production' }, group: 'Environments' },
      { label: 'an edit', description: '', point: { kind: 'commit', commit: 'a' }, group: 'Edits' },
    ];
    expect(
      leftChoices({ baselines: [BASELINE], runs: [run], points }).map(({ label, description }) => `${label} | ${description}`),
    ).toEqual([
      'Baseline · openai/a | 50 cases × 8 to 10, captured 2026-11-12',
      'Release · 1.3.0 | 3 Nov 2026',
      'Deployed · production | ',
      'Git revision… | the prompt and what it refers to, as committed',
      'Working copy | the prompt as it is in the editor',
      'Working copy with another model… | ',
      'Run of 2026-11-21 09:14 UTC | 1.4.0 · openai/b, openai/a · 33 of 37 passed',
    ]);
    expect(rightChoices({ runs: [run], points }).map(({ side, ask }) => side?.kind ?? ask)).toEqual([
      'workingCopy',
      'model',
      'git',
      'release',
      'environment',
      'run',
    ]);
    expect(modelChoices({ baselines: [BASELINE], runs: [run] })).toEqual(['openai/a', 'openai/b']);
  });

  it('cost calls only where they are run', () => {
    expect([isRun({ kind: 'workingCopy' }), isRun({ kind: 'git', ref: 'main' })]).toEqual([true, true]);
    expect([isRun({ kind: 'environment', environment: 'production' }), isRun({ kind: 'release', version: '1.0.0' })]).toEqual([true, true]);
    expect([isRun({ kind: 'baseline' }), isRun({ kind: 'run', run: 'latest' })]).toEqual([false, false]);
  });
});
