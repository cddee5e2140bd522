import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeLock, type Release } from '../../prompts-schema/index.ts';
import type { ComparedCase, Comparison } from '../../protocol/index.ts';
import { releaseOf, testedWith } from '../support/releases.ts';
import { faultyFileSystem } from '../workspace/faultyFileSystem.ts';
import { removeTemporaryFolders, temporaryFolder } from '../workspace/temporaryFolder.ts';
import { BASELINE, caseOf, comparisonOf, MODEL, PROMPT, REVIEWS } from './comparisonOf.ts';
import { lockOf } from './releaseRoot.ts';
import { ledgerOf, reviewFiles, textOf } from './reviewRoot.ts';

removeTemporaryFolders();

const LOCK = `${PROMPT}.lock`;
const NEW = releaseOf('1.1.0', { fingerprint: 'ek1:new' });
const RUN = '20261122-095800-abcdef';

/** A case whose new samples passed or failed the one evaluator. */
function scoredCase(
  caseId: string,
  label: ComparedCase['label'],
  ...statuses: readonly ('passed' | 'failed' | 'unscored')[]
): ComparedCase {
  const of = caseOf(caseId, label, { fresh: statuses.map(() => 'new') });
  return { ...of, fresh: of.fresh.map((sample, at) => ({ ...sample, scores: [{ index: 0, status: statuses[at] ?? 'passed' }] })) };
}

const CASES = [
  scoredCase('a', 'drifted', 'passed', 'passed', 'passed'),
  scoredCase('b', 'drifted', 'passed', 'failed', 'passed'),
  scoredCase('c', 'noise', 'passed', 'passed', 'passed'),
  scoredCase('d', 'same', 'passed', 'unscored', 'passed'),
  caseOf('e', 'missing', { fresh: [] }),
];

function comparison(change: Partial<Comparison> = {}): Comparison {
  const made = comparisonOf('one', CASES, change);
  return {
    ...made,
    candidate: { ...made.candidate, runIds: ['20261122-095700-abcdef', RUN], dataset: 'd'.repeat(64), ...change.candidate },
  };
}

function rootWith(lock: string | readonly Release[] | undefined): string {
  const text = typeof lock === 'object' ? encodeLock({ releases: lock }) : lock;
  return temporaryFolder({ ...reviewFiles('a', 'b', 'c', 'd', 'e'), ...(text === undefined ? {} : { [LOCK]: text }) });
}

const testedIn = (root: string, version: string): Release['tested'] =>
  lockOf(root, LOCK).releases.find((release) => release.version === version)?.tested ?? [];

describe('a drift review that is accepted to the end', () => {
  it('counts the release as tested, with figures as a run has them', async () => {
    const root = rootWith([releaseOf('1.0.0'), NEW]);
    const ledger = ledgerOf(root);
    const first = await ledger.apply(comparison(), 'accept', { kind: 'cases', ids: ['a'] });
    expect([first.files, testedIn(root, '1.1.0')]).toEqual([[BASELINE, REVIEWS], []]);
    const last = await ledger.apply(comparison(), 'accept', { kind: 'remaining' });
    expect(last.files).toEqual([BASELINE, REVIEWS, LOCK]);
    expect(last.message).toMatch(/^Accepted 2 cases; .* 1\.1\.0 now counts as tested with sandbox\/small\.$/);
    expect(testedIn(root, '1.1.0')).toEqual([
      {
        model: MODEL,
        dataset: 'd'.repeat(64),
        cases: 4,
        passed: 2,
        scored: 3,
        interval: { low: 0.2077, high: 0.9385 },
        run: RUN,
        how: 'review',
        on: '2026-11-22',
      },
    ]);
    expect(testedIn(root, '1.0.0')).toEqual([]);
  });

  it('also where the rest is known noise; not while a case is pending or rejected', async () => {
    const root = rootWith([NEW]);
    const ledger = ledgerOf(root);
    await ledger.apply(comparison(), 'reject', { kind: 'cases', ids: ['b'] }, 'no');
    await ledger.apply(comparison(), 'accept', { kind: 'cases', ids: ['a', 'e'] });
    expect(testedIn(root, '1.1.0')).toEqual([]);
    const last = await ledger.apply(comparison(), 'knownNoise', { kind: 'cases', ids: ['b'] });
    expect(last.files).toEqual([REVIEWS, LOCK]);
    expect(testedIn(root, '1.1.0')).toMatchObject([{ how: 'review', passed: 2 }]);
  });

  it('takes the place of an older test of the model, and leaves those of others', async () => {
    const others = testedWith('openai/gpt-6-luna');
    const root = rootWith([{ ...NEW, tested: [others, testedWith(MODEL)] }]);
    await ledgerOf(root).apply(comparison(), 'accept', { kind: 'remaining' });
    expect(testedIn(root, '1.1.0')).toEqual([others, expect.objectContaining({ model: MODEL, how: 'review', run: RUN })]);
  });

  it('is noted when everything was accepted before the release was made', async () => {
    const root = rootWith(undefined);
    const ledger = ledgerOf(root);
    expect((await ledger.apply(comparison(), 'accept', { kind: 'remaining' })).files).toEqual([BASELINE, REVIEWS]);
    writeFileSync(join(root, LOCK), encodeLock({ releases: [NEW] }));
    const again = await ledger.apply(comparison(), 'accept', { kind: 'remaining' });
    expect(again).toMatchObject({ cases: [], files: [LOCK], message: expect.stringContaining('1.1.0 now counts as tested') });
    expect((await ledger.apply(comparison(), 'accept', { kind: 'remaining' })).files).toEqual([]);
  });

  it('is taken out again when the last act is taken back', async () => {
    const root = rootWith([{ ...NEW, tested: [testedWith('openai/gpt-6-luna')] }]);
    const before = textOf(root, LOCK);
    const ledger = ledgerOf(root);
    await ledger.apply(comparison(), 'accept', { kind: 'remaining' });
    const undone = await ledger.undo(comparison());
    expect(undone).toMatchObject({
      files: [BASELINE, REVIEWS, LOCK],
      message: expect.stringContaining('1.1.0 no longer counts as tested with sandbox/small.'),
    });
    expect(textOf(root, LOCK)).toBe(before);
  });

  it.each<[string, string | readonly Release[] | undefined, Partial<Comparison>]>([
    ['there is no lock file', undefined, {}],
    ['no release has the fingerprint', [releaseOf('1.0.0')], {}],
    ['the comparison is a quick one', [NEW], { kind: 'quick' }],
    ['the comparison is incomplete', [NEW], { incomplete: true }],
  ])('is not noted, and nothing is said of it, where %s', async (_, lock, change) => {
    const root = rootWith(lock);
    const before = textOf(root, LOCK);
    const result = await ledgerOf(root).apply(comparison(change), 'accept', { kind: 'remaining' });
    expect(result.files).toEqual([BASELINE, REVIEWS]);
    expect(result.message).toMatch(/has 4 cases now\.$/);
    expect(textOf(root, LOCK)).toBe(before);
  });

  it.each([
    [
      'in conflict',
      `<<<<<<< a\n${encodeLock({ releases: [NEW] })}`,
      /was not noted in prompts\/triage\.prompt\.yml\.lock: .*Repair the lock file first/,
    ],
    ['edited by hand', encodeLock({ releases: [NEW] }).replace('2026', '2025'), /was not noted .* edited by hand/],
    ['of a newer format', 'formatVersion: 7\n', /was not noted .* Update Evenkeel/],
  ])('stands where the lock file is %s, says so, and leaves it alone', async (_, lock, message) => {
    const root = rootWith(lock);
    const ledger = ledgerOf(root);
    const partial = await ledger.apply(comparison(), 'accept', { kind: 'cases', ids: ['a'] });
    expect(partial.message).not.toContain('not noted');
    const result = await ledger.apply(comparison(), 'accept', { kind: 'remaining' });
    expect(result).toMatchObject({ cases: ['b', 'e'], files: [BASELINE, REVIEWS], message: expect.stringMatching(message) });
    expect(textOf(root, LOCK)).toBe(lock);
    expect(await ledger.canUndo(comparison())).toBe(true);
  });

  it('whose process dies after the act loses the note alone; the next accept adds it', async () => {
    const start = rootWith([NEW]);
    let inLock = 0;
    for (let at = 0; at < 40; at++) {
      const root = temporaryFolder();
      cpSync(start, root, { recursive: true });
      let steps = -1;
      const { fileSystem } = faultyFileSystem((_, _step, path) => {
        if (steps < 0 && path.includes('triage.prompt.yml.lock.')) steps = 0;
        if (steps < 0) return undefined;
        return steps++ === at ? 'crash' : undefined;
      });
      const done = await ledgerOf(root, { fileSystem }).apply(comparison(), 'accept', { kind: 'remaining' });
      expect(done.cases).toEqual(['a', 'b', 'e']);
      if (steps <= at) break;
      inLock++;
      rmSync(join(root, '.evenkeel/locks'), { recursive: true }); // those of a process that died
      const again = await ledgerOf(root).apply(comparison(), 'accept', { kind: 'remaining' });
      expect([again.cases, testedIn(root, '1.1.0').map(({ run }) => run)]).toEqual([[], [RUN]]);
    }
    expect(inLock).toBeGreaterThan(3);
  }, 30_000);
});
