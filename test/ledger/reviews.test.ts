import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changeBaseline, createReviewLedger, distinctOutputs, type ReviewLedger, readBaselines } from '../../ledger/index.ts';
import type { ComparedCase, Comparison, ReviewState } from '../../protocol/index.ts';
import { UNTRUSTED } from '../../safety/index.ts';
import { openWorkspace } from '../../workspace/index.ts';
import { removeTemporaryFolders, temporaryFolder } from '../workspace/temporaryFolder.ts';
import { BASELINE, caseOf, comparisonOf, MODEL, outputOf, PROMPT, REVIEWS } from './comparisonOf.ts';
import { ledgerOf, reviewFiles, textOf, workspaceOf } from './reviewRoot.ts';

removeTemporaryFolders();

const rootWith = (...ids: readonly string[]): string => temporaryFolder(reviewFiles(...ids));

/** `a:new b:old`, each with the fingerprint of its source. */
async function held(root: string): Promise<string> {
  const [stored] = await readBaselines(workspaceOf(root), PROMPT);
  const { cases = new Map(), sources = [] } = stored?.baseline ?? {};
  return [...cases]
    .map(([id, { outputs, source }]) => `${id}:${outputs[0]?.output.text}×${outputs[0]?.count}@${sources[source]?.fingerprint.slice(4)}`)
    .join(' ');
}

async function states(ledger: ReviewLedger, { id, cases, promptId }: Comparison): Promise<Readonly<Record<string, ReviewState['state']>>> {
  const lookup = await ledger.lookup(promptId);
  return Object.fromEntries(cases.map(({ caseId, change }) => [caseId, lookup({ caseId, change, model: MODEL, comparison: id }).state]));
}

const some = (...ids: string[]) => ({ kind: 'cases', ids }) as const;
const REST = { kind: 'remaining' } as const;

describe('accepting', () => {
  it('puts the new samples into the baseline and says who did', async () => {
    const root = rootWith('a', 'b');
    const ledger = ledgerOf(root);
    const comparison = comparisonOf('one', [caseOf('a', 'drifted'), caseOf('b', 'broken')]);
    const result = await ledger.apply(comparison, 'accept', some('b'), ' better ');
    expect(result).toEqual({
      cases: ['b'],
      canUndo: true,
      message: `Accepted one case; the baseline of ${MODEL} has 2 cases now.`,
      files: [BASELINE, REVIEWS],
    });
    expect(await held(root)).toBe('a:old×1@old b:new×3@new');
    expect(await states(ledger, comparison)).toEqual({ a: 'pending', b: 'accepted' });
    expect(JSON.parse(textOf(root, REVIEWS) ?? '')).toMatchObject({
      formatVersion: 1,
      by: 'Ada',
      at: '2026-11-22T12:00:00.000Z',
      action: 'accept',
      caseId: 'b',
      change: 'text old → new',
      label: 'broken',
      line: 'old → new',
      model: MODEL,
      comparison: 'one',
      reason: 'better',
    });
  });

  it('begins a baseline where there is none, in the order of the dataset', async () => {
    const root = rootWith();
    const cases = ['a', 'b', 'c'].map((id) => caseOf(id, 'new', { approved: [] }));
    const ledger = ledgerOf(root);
    await ledger.apply(comparisonOf('one', cases), 'accept', some('c'));
    await ledger.apply(comparisonOf('one', cases), 'accept', some('b'));
    await ledger.apply(comparisonOf('one', cases), 'accept', REST);
    expect(await held(root)).toBe('a:new×3@new b:new×3@new c:new×3@new');
    const [stored] = await readBaselines(workspaceOf(root), PROMPT);
    expect(stored?.baseline.wanted).toBe(10);
    expect(stored?.baseline.sources).toMatchObject([{ days: ['2026-11-22'], answeredBy: ['small-1'] }]);
  });

  it('takes a missing case out', async () => {
    const root = rootWith('a', 'b');
    await ledgerOf(root).apply(comparisonOf('one', [caseOf('a', 'drifted'), caseOf('b', 'missing', { fresh: [] })]), 'accept', some('b'));
    expect(await held(root)).toBe('a:old×1@old');
  });

  it('lets a renamed case take the place of the old one', async () => {
    const root = rootWith('a', 'b');
    await ledgerOf(root).apply(
      comparisonOf('one', [caseOf('renamed', 'drifted', { inputs: 'a' }), caseOf('b', 'drifted')]),
      'accept',
      some('renamed'),
    );
    expect(await held(root)).toBe('renamed:new×3@new b:old×1@old');
  });

  it('takes only what still pends of a group or the rest', async () => {
    const root = rootWith('a', 'b', 'c');
    const ledger = ledgerOf(root);
    const comparison = comparisonOf('one', [caseOf('a', 'drifted'), caseOf('b', 'unsure'), caseOf('c', 'noise')]);
    await ledger.apply(comparison, 'reject', some('a'), 'worse');
    expect((await ledger.apply(comparison, 'accept', { kind: 'group', id: 'g1' })).cases).toEqual(['b']);
    expect(await ledger.apply(comparison, 'accept', REST)).toMatchObject({ cases: [], message: 'Nothing to review here.', files: [] });
    expect(await states(ledger, comparison)).toMatchObject({ a: 'rejected', b: 'accepted' });
  });

  it('confirms the unchanged cases once the whole comparison is reviewed', async () => {
    const root = rootWith('a', 'b', 'c', 'd', 'e');
    const ledger = ledgerOf(root);
    const cases = [caseOf('a', 'drifted'), caseOf('b', 'noise'), caseOf('c', 'same'), caseOf('d', 'unsure'), caseOf('e', 'drifted')];
    const comparison = comparisonOf('one', cases);
    await ledger.apply(comparison, 'knownNoise', some('d'));
    await ledger.apply(comparison, 'accept', some('a'));
    expect(await held(root)).toBe('a:new×3@new b:old×1@old c:old×1@old d:old×1@old e:old×1@old');
    await ledger.apply(comparison, 'accept', some('e'));
    expect(await held(root)).toBe('a:new×3@new b:old×1@new c:old×1@new d:old×1@new e:new×3@new');
    await ledger.undo(comparison);
    expect(await held(root)).toBe('a:new×3@new b:old×1@old c:old×1@old d:old×1@old e:old×1@old');
  });

  it('twice is once', async () => {
    const root = rootWith('a', 'b');
    const comparison = comparisonOf('one', [caseOf('a', 'drifted'), caseOf('b', 'drifted')]);
    await ledgerOf(root).apply(comparison, 'accept', some('a'));
    const before = textOf(root, REVIEWS);
    expect(await ledgerOf(root).apply(comparison, 'accept', some('a'))).toMatchObject({
      cases: [],
      canUndo: true,
      message: 'That is accepted already.',
    });
    expect(textOf(root, REVIEWS)).toBe(before);
  });

  it('takes the new samples of a case that was known noise before', async () => {
    const root = rootWith('a');
    const comparison = comparisonOf('one', [caseOf('a', 'unsure')]);
    await ledgerOf(root).apply(comparison, 'knownNoise', REST);
    await ledgerOf(root).apply(comparison, 'accept', some('a'));
    expect(await held(root)).toBe('a:new×3@new');
  });

  it('does not confirm them against another side, nor with something rejected', async () => {
    const root = rootWith('a', 'b', 'c');
    const ledger = ledgerOf(root);
    const cases = [caseOf('a', 'drifted'), caseOf('b', 'noise'), caseOf('c', 'drifted')];
    const git = comparisonOf('one', cases.slice(0, 2), {
      baseline: { kind: 'git', label: 'main', model: MODEL, answeredBy: [], runIds: [] },
    });
    await ledger.apply(git, 'accept', REST);
    expect(await held(root)).toBe('a:new×3@new b:old×1@old c:old×1@old');
    await ledger.undo(git);
    await ledger.apply(comparisonOf('two', cases), 'reject', some('c'), 'no');
    await ledger.apply(comparisonOf('two', cases), 'accept', some('a'));
    expect(await held(root)).toBe('a:new×3@new b:old×1@old c:old×1@old');
  });

  it('refuses what the reviewer did not see', async () => {
    const root = rootWith('a', 'b');
    const comparison = (id: string, fresh: string): Comparison =>
      comparisonOf(id, [caseOf('a', 'drifted', { fresh: [fresh] }), caseOf('b', 'drifted', { fresh: [fresh] })]);
    await ledgerOf(root).apply(comparison('one', 'mine'), 'accept', some('a'));
    await expect(ledgerOf(root).apply(comparison('two', 'theirs'), 'accept', REST)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/changed by someone else since this comparison was made: "a"\. Compare again/),
    });
    expect(await held(root)).toBe('a:mine×1@new b:old×1@old');
    await ledgerOf(root).apply(comparison('two', 'theirs'), 'accept', some('b'));
    await ledgerOf(root).apply(comparison('one', 'mine with more samples'), 'accept', some('a'));
    expect(await held(root)).toBe('a:mine with more samples×1@new b:theirs×1@new');
  });
});

describe('what cannot be reviewed', () => {
  const noAnswer: ComparedCase = { ...caseOf('a', 'unsure', { fresh: [] }), failures: 3 };
  it.each<[string, Comparison, Parameters<ReviewLedger['apply']>[1], string | undefined, RegExp]>([
    ['a reject without a reason', comparisonOf('one', [caseOf('a', 'drifted')]), 'reject', ' ', /needs a reason/],
    [
      'outputs of no prompt',
      comparisonOf('one', [caseOf('a', 'drifted')], { promptId: '' }),
      'knownNoise',
      undefined,
      /without a prompt file/,
    ],
    [
      'a prompt that is not there',
      comparisonOf('one', [caseOf('a', 'drifted')], { promptId: 'gone.prompt.yml' }),
      'accept',
      undefined,
      /not in this folder/,
    ],
    [
      'a file that is no prompt',
      comparisonOf('one', [caseOf('a', 'drifted')], { promptId: '.git/config' }),
      'accept',
      undefined,
      /not in this folder/,
    ],
    [
      'a path that leads out',
      comparisonOf('one', [caseOf('a', 'drifted')], { promptId: '../../x.prompt.yml' }),
      'accept',
      undefined,
      /not in this folder/,
    ],
    ['an id that is a path', comparisonOf('../one', [caseOf('a', 'drifted')]), 'accept', undefined, /not the id of a comparison/],
    ['a case that is not there', comparisonOf('one', [caseOf('b', 'drifted')]), 'accept', undefined, /no case "a"/],
    ['a case without a new answer', comparisonOf('one', [noAnswer]), 'accept', undefined, /no new answer to accept for "a"/],
    [
      'answers of an unknown version',
      comparisonOf('one', [caseOf('a', 'drifted')], {
        candidate: { kind: 'recorded', label: 'file', model: 'm', answeredBy: [], runIds: [] },
      }),
      'accept',
      undefined,
      /cannot become a baseline/,
    ],
  ])('%s', async (_, comparison, action, reason, message) => {
    const root = rootWith('a');
    const before = textOf(root, BASELINE);
    await expect(ledgerOf(root).apply(comparison, action, some('a'), reason)).rejects.toThrow(message);
    expect([textOf(root, BASELINE), textOf(root, REVIEWS)]).toEqual([before, undefined]);
  });

  it('an accepted case, otherwise than by undo', async () => {
    const root = rootWith('a');
    const comparison = comparisonOf('one', [caseOf('a', 'drifted')]);
    await ledgerOf(root).apply(comparison, 'accept', REST);
    await expect(ledgerOf(root).apply(comparison, 'reject', some('a'), 'no')).rejects.toThrow(
      /"a" was accepted and is in the baseline now\. Undo that first/,
    );
  });

  it('anything in a folder that nobody trusts', async () => {
    const ledger = createReviewLedger(openWorkspace({ root: rootWith('a'), capabilities: UNTRUSTED }), {
      by: () => 'Ada',
      now: () => new Date(0),
    });
    await expect(ledger.apply(comparisonOf('one', [caseOf('a', 'drifted')]), 'accept', REST)).rejects.toMatchObject({ code: 'untrusted' });
  });
});

describe('undo', () => {
  it('gives back every byte, step by step, from another process too', async () => {
    const root = rootWith('a', 'b', 'c', 'd');
    const cases = [
      caseOf('a', 'missing', { fresh: [] }),
      caseOf('b', 'missing', { fresh: [] }),
      caseOf('n', 'new', { approved: [] }),
      caseOf('c', 'drifted'),
      caseOf('d', 'noise'),
    ];
    const comparison = comparisonOf('one', cases);
    const baselines = [textOf(root, BASELINE)];
    for (const [action, ids] of [
      ['accept', ['a', 'b']],
      ['reject', ['c']],
      ['accept', ['n']],
      ['accept', ['c']],
    ] as const) {
      await ledgerOf(root).apply(comparison, action, some(...ids), 'said');
      baselines.push(textOf(root, BASELINE));
    }
    expect(new Set(baselines).size).toBe(4);
    for (const [at, expected] of [...baselines.slice(0, -1)].reverse().entries()) {
      const result = await ledgerOf(root, { by: 'Grace' }).undo(comparison);
      expect(textOf(root, BASELINE)).toBe(expected);
      expect(result.canUndo).toBe(at < 3);
    }
    expect(await ledgerOf(root).canUndo(comparison)).toBe(false);
    expect(await states(ledgerOf(root), comparison)).toEqual({ a: 'pending', b: 'pending', n: 'pending', c: 'pending', d: 'pending' });
    await expect(ledgerOf(root).undo(comparison)).rejects.toThrow(/could be taken back/);
  });

  it('removes the file that it made', async () => {
    const root = rootWith();
    const comparison = comparisonOf('one', [caseOf('a', 'new', { approved: [] })]);
    await ledgerOf(root).apply(comparison, 'accept', REST);
    expect(await ledgerOf(root).undo(comparison)).toMatchObject({
      cases: ['a'],
      message: 'Taken back: the acceptance of one case.',
      canUndo: false,
    });
    expect(textOf(root, BASELINE)).toBeUndefined();
  });

  it('keeps what others did to other cases since', async () => {
    const root = rootWith('a', 'b');
    const cases = [caseOf('a', 'drifted'), caseOf('b', 'drifted')];
    await ledgerOf(root).apply(comparisonOf('one', cases), 'accept', some('a'));
    await ledgerOf(root).apply(comparisonOf('two', cases), 'accept', some('b'));
    await ledgerOf(root).undo(comparisonOf('one', cases));
    expect(await held(root)).toBe('a:old×1@old b:new×3@new');
  });

  it('refuses where somebody changed the same case since, and does nothing', async () => {
    const root = rootWith('a', 'b');
    const comparison = comparisonOf('one', [caseOf('a', 'drifted'), caseOf('b', 'drifted')]);
    await ledgerOf(root).apply(comparison, 'accept', REST);
    await changeBaseline(workspaceOf(root), PROMPT, MODEL, (current) => {
      const [a, b] = [...(current?.cases ?? [])];
      return {
        promptId: PROMPT,
        model: MODEL,
        wanted: 10,
        sources: current?.sources ?? [],
        cases: new Map(a && b ? [a, [b[0], { ...b[1], outputs: distinctOutputs([outputOf('theirs')]) }]] : []),
      };
    });
    const before = [textOf(root, BASELINE), textOf(root, REVIEWS)];
    await expect(ledgerOf(root).undo(comparison)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('changed by someone else since: "b". Nothing was taken back'),
    });
    expect([textOf(root, BASELINE), textOf(root, REVIEWS)]).toEqual(before);
  });
});

describe('the file of reviews', () => {
  it('keeps every line that it cannot read, and says so', async () => {
    const root = rootWith('a');
    const others = '{"formatVersion":2,"what":"later"}\n<<<<<<< HEAD';
    writeFileSync(join(root, REVIEWS), others);
    const result = await ledgerOf(root).apply(comparisonOf('one', [caseOf('a', 'drifted')]), 'knownNoise', REST);
    expect(textOf(root, REVIEWS)?.startsWith(`${others}\n{"formatVersion":1`)).toBe(true);
    expect(result.message).toBe(
      'Marked as known noise: one case. One line of the reviews cannot be read and was passed over. One review of a newer Evenkeel does not count here: update this one.',
    );
  });

  it('lets the one who writes last be the last, whatever the clocks say', async () => {
    const root = rootWith('a');
    const comparison = comparisonOf('one', [caseOf('a', 'drifted')]);
    const ahead = createReviewLedger(workspaceOf(root), { by: () => 'Grace', now: () => new Date('2031-01-01T00:00:00Z') });
    await ahead.apply(comparison, 'knownNoise', REST);
    await ledgerOf(root).apply(comparison, 'reject', some('a'), 'no');
    expect(await states(ledgerOf(root), comparison)).toEqual({ a: 'rejected' });
  });

  it('has no line of anybody’s making but ours', async () => {
    const root = rootWith('a');
    const evil = { ...caseOf('a', 'drifted'), line: 'x\n{"formatVersion":1}\u202e' };
    await ledgerOf(root).apply(comparisonOf('one', [evil]), 'reject', REST, 'a\r\nb');
    const lines = (textOf(root, REVIEWS) ?? '').split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('\\u202e');
  });

  it('is not written through a link in .evenkeel', async () => {
    const root = rootWith('a');
    symlinkSync(temporaryFolder(), join(root, '.evenkeel'));
    const before = textOf(root, BASELINE);
    await expect(ledgerOf(root).apply(comparisonOf('one', [caseOf('a', 'drifted')]), 'accept', REST)).rejects.toThrow(
      /not a folder but a link/,
    );
    expect([textOf(root, BASELINE), textOf(root, REVIEWS)]).toEqual([before, undefined]);
  });
});
