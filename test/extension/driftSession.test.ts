import { describe, expect, it } from 'vitest';
import type { DriftRow, ReviewState } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { createSession, finished, listing, plan, progress, row, settle, view } from './driftWorld.ts';

const ACCEPTED: ReviewState = { state: 'accepted', by: 'ada', at: '2026-11-22T10:00:00Z' };

describe('a drift review', () => {
  it('plans, shows its cost, starts, tells how far it is, shows the comparison', async () => {
    const { session, requests, sinks, states, changes } = createSession({
      text: 'name: edited',
      answers: { planCompare: () => plan({ estimatedCost: 0.31, baseline: 'baseline · a/b', candidate: 'working copy · c/d' }) },
    });
    const running = session.compare({ kind: 'review' });
    await settle();
    expect(session.state()).toMatchObject({
      state: 'asking',
      question: ['Drift review. baseline · a/b ↔ working copy · c/d.', '150 calls, up to 105 more for suspects, about $0.31.'],
    });
    expect(requests[0]).toEqual(['planCompare', { root: '/w', promptId: 'triage.prompt.yml', text: 'name: edited', kind: 'review' }]);
    session.answer(true);
    await settle();
    sinks[0]?.events([progress('firstLook', 48, 150)]);
    expect(session.state()).toMatchObject({ state: 'running', progress: { phase: 'first look', done: 48, planned: 150 } });
    sinks[0]?.events([finished({ comparisonId: 'c7' })]);
    await running;
    expect(requests.at(-1)).toEqual(['comparison', { root: '/w', comparisonId: 'c7' }]);
    expect(session.state()).toEqual({ title: 'Triage', state: 'finished', canUndo: false });
    expect(session.view?.rows.map(({ caseId }) => caseId)).toEqual(['a', 'b']);
    expect(states.map(({ state }) => state).filter((state, at, all) => state !== all[at - 1])).toEqual([
      'planning',
      'asking',
      'planning',
      'running',
      'finished',
    ]);
    expect(changes()).toBe(1);
  });

  it('asked and refused sends nothing', async () => {
    const { session, methods } = createSession();
    const running = session.compare({ kind: 'review' });
    await settle();
    session.answer(false);
    await running;
    expect(methods()).toEqual(['planCompare']);
    expect(session.state()).toMatchObject({ state: 'cancelled', notice: 'Not run; nothing was sent.' });
  });

  it.each<readonly [name: string, calls: number, asks: boolean]>([
    ['a small quick compare starts at once', 50, false],
    ['a large one asks', 5000, true],
  ])('%s', async (_name, calls, asks) => {
    const { session, sinks, methods } = createSession({
      answers: { planCompare: () => plan({ calls, atMostMore: 0, estimatedCost: 0.01 }) },
    });
    const running = session.compare({ kind: 'quick' });
    await settle();
    expect(session.state().state).toBe(asks ? 'asking' : 'running');
    if (asks) session.answer(false);
    sinks[0]?.events([finished({ comparisonId: 'c1' })]);
    await running;
    expect(methods().includes('startCompare')).toBe(!asks);
  });

  it('of stored answers alone costs nothing and asks nothing', async () => {
    const { session, sinks, requests } = createSession({ answers: { planCompare: () => plan({ calls: 0, atMostMore: 0 }) } });
    const sides = { baseline: { kind: 'run', run: 'r1' }, candidate: { kind: 'run', run: 'r2' } } as const;
    const running = session.compare({ kind: 'review', ...sides });
    await settle();
    expect(session.state().state).toBe('running');
    sinks[0]?.events([finished({ comparisonId: 'c1' })]);
    await running;
    expect(requests[0]?.[1]).toMatchObject(sides);
    const again = session.runAgain();
    await settle();
    expect(requests.at(-2)?.[1]).toMatchObject(sides);
    sinks[1]?.events([finished({ comparisonId: 'c2' })]);
    await again;
  });

  it('does not start without a key that is needed', async () => {
    const { session, methods } = createSession({ missingKey: true, answers: { planCompare: () => plan({ calls: 1, atMostMore: 0 }) } });
    await session.compare({ kind: 'quick' });
    expect(session.state()).toMatchObject({ state: 'cancelled', notice: expect.stringContaining('no key for openai') });
    expect(methods()).not.toContain('startCompare');
  });

  it('cancelled while a key is asked for, it sends nothing', async () => {
    const { session, methods } = createSession({
      answers: { planCompare: () => plan({ calls: 1, atMostMore: 0 }) },
      collect: async () => {
        await session.cancel();
        return { ok: true, keys: [] };
      },
    });
    await session.compare({ kind: 'quick' });
    expect(methods()).not.toContain('startCompare');
    expect(session.state()).toMatchObject({ state: 'cancelled', notice: 'Cancelled; nothing was sent.' });
  });

  it('is cancelled while it is asked about, and while it goes', async () => {
    const asked = createSession();
    const asking = asked.session.compare({ kind: 'review' });
    await settle();
    await asked.session.cancel();
    await asking;
    expect(asked.methods()).toEqual(['planCompare']);

    const { session, sinks, requests } = createSession();
    const running = session.compare({ kind: 'review' });
    await settle();
    session.answer(true);
    await settle();
    await session.cancel();
    expect(requests.at(-1)).toEqual(['cancel', { runId: 'job' }]);
    sinks[0]?.events([finished({ end: 'cancelled', message: 'Cancelled; nothing was compared.' })]);
    await running;
    expect(session.state()).toMatchObject({ state: 'cancelled', notice: 'Cancelled; nothing was compared.' });
    expect(session.busy).toBe(false);
  });

  it('says when the engine is lost, and keeps what was shown', async () => {
    const { session, sinks } = createSession();
    await session.show('c1');
    const running = session.compare({ kind: 'review' });
    await settle();
    session.answer(true);
    await settle();
    sinks[0]?.lost();
    await running;
    expect(session.state()).toMatchObject({ state: 'failed', notice: expect.stringContaining('process ended in the middle') });
    expect(session.view?.summary.comparisonId).toBe('c1');
  });

  it('tells what a person can mend by its words, and nothing of the insides of a bug', async () => {
    const missing = new UserError('configuration', 'There is no baseline yet. Capture one first.');
    const known = createSession({ answers: { planCompare: () => Promise.reject(missing) } });
    await known.session.compare({ kind: 'review' });
    expect(known.session.state()).toMatchObject({ state: 'failed', notice: missing.message });
    const bug = createSession({ answers: { planCompare: () => Promise.reject(new TypeError('x is undefined')) } });
    await bug.session.compare({ kind: 'review' });
    expect(bug.session.state().notice).not.toContain('undefined');
    expect(bug.reported).toHaveLength(1);
  });

  it('does nothing at all in a folder that is not trusted, and shows what is stored once it is', async () => {
    let trusted = false;
    const { session, requests } = createSession({ trusted: () => trusted, answers: { comparisons: () => [listing()] } });
    await session.compare({ kind: 'review' });
    await session.capture('capture');
    await session.review('accept', { kind: 'remaining' });
    await session.undo();
    await session.show('c1');
    await session.showStored();
    await session.refresh();
    expect(requests).toEqual([]);
    expect(session.state()).toMatchObject({ state: 'untrusted', notice: expect.stringContaining('not trusted') });
    const other = createSession({ trusted: () => false });
    await other.session.review('accept', { kind: 'remaining' });
    expect(other.session.state().notice).toContain('not trusted');
    trusted = true;
    await session.showStored();
    expect(session.state()).toMatchObject({ state: 'finished' });
    expect(session.view).toBeDefined();
  });
});

describe('baselines and second looks', () => {
  it.each(['capture', 'topUp', 'check'] as const)('%s always shows its cost', async (mode) => {
    const { session, sinks, requests } = createSession({
      answers: { planCapture: () => plan({ atMostMore: 0, calls: 500, notes: ['One row was left out.'] }) },
    });
    const running = session.capture(mode);
    await settle();
    expect(session.state().question?.[1]).toBe('500 calls, no price is known.');
    expect(requests[0]).toEqual(['planCapture', { root: '/w', promptId: 'triage.prompt.yml', mode }]);
    session.answer(true);
    await settle();
    expect(session.state()).toMatchObject({ state: 'running', notice: 'One row was left out.' });
    sinks[0]?.events([finished({ message: 'Captured 50 cases × 10 samples.' })]);
    await running;
    expect(session.state()).toMatchObject({ state: 'finished', notice: 'Captured 50 cases × 10 samples. One row was left out.' });
  });

  it('five more samples are taken without a question, and the comparison is shown anew', async () => {
    let rows: readonly DriftRow[] = [row('a', 'unsure'), row('b')];
    const { session, sinks, requests, sent } = createSession({ answers: { comparison: () => view(rows) } });
    await session.takeMore(['a']);
    expect(requests).toEqual([]);
    await session.show('c1');
    const running = session.takeMore(['a']);
    await settle();
    expect(requests.find(([method]) => method === 'planMore')?.[1]).toEqual({ root: '/w', comparisonId: 'c1', caseIds: ['a'] });
    rows = [row('a', 'noise'), row('b')];
    sinks[0]?.events([progress('secondLook', 5, 5), finished({ comparisonId: 'c1' })]);
    await running;
    expect(sent).toEqual(['reset', 'a pending']);
    expect(session.view?.rows[0]?.label).toBe('noise');
  });
});

describe('the review', () => {
  it('sends each action in order, then shows what the files say', async () => {
    const states = new Map<string, ReviewState>();
    const { session, requests, sent, changes } = createSession({
      answers: {
        comparison: () => view(['a', 'b', 'c'].map((id) => row(id, 'drifted', states.get(id)))),
        review: ({ action, scope }) => {
          const ids = scope.kind === 'cases' ? scope.ids : [];
          for (const id of ids) states.set(id, { state: action === 'accept' ? 'accepted' : 'rejected' });
          return { cases: ids, canUndo: true, message: `${action} ${ids.join()}`, files: [] };
        },
      },
    });
    await session.show('c1');
    await Promise.all([
      session.review('accept', { kind: 'cases', ids: ['a'] }),
      session.review('reject', { kind: 'cases', ids: ['b'] }, 'refunds are not billing'),
      session.review('accept', { kind: 'cases', ids: ['c'] }),
    ]);
    expect(requests.filter(([method]) => method === 'review').map(([, params]) => params)).toEqual([
      { root: '/w', comparisonId: 'c1', action: 'accept', scope: { kind: 'cases', ids: ['a'] } },
      { root: '/w', comparisonId: 'c1', action: 'reject', scope: { kind: 'cases', ids: ['b'] }, reason: 'refunds are not billing' },
      { root: '/w', comparisonId: 'c1', action: 'accept', scope: { kind: 'cases', ids: ['c'] } },
    ]);
    expect(sent).toEqual(['reset', 'a accepted', 'b rejected', 'c accepted']);
    expect(session.state()).toMatchObject({ notice: 'accept c', canUndo: true });
    expect(changes()).toBe(3);
  });

  it('shows a conflict, and what somebody else said meanwhile', async () => {
    let review: ReviewState = { state: 'pending' };
    const { session, reported } = createSession({
      answers: {
        comparison: () => view([row('a', 'drifted', review)]),
        review: () => {
          review = { state: 'rejected', by: 'grace', reason: 'no' };
          throw new UserError('conflict', 'Case a was reviewed by grace meanwhile. Look again.');
        },
      },
    });
    await session.show('c1');
    await session.review('accept', { kind: 'cases', ids: ['a'] });
    expect(session.state().notice).toBe('Case a was reviewed by grace meanwhile. Look again.');
    expect(session.view?.rows[0]?.review).toEqual(review);
    expect(reported).toHaveLength(1);
  });

  it('takes the last action back; what was said in an earlier comparison is not offered', async () => {
    let review: ReviewState = ACCEPTED;
    const { session } = createSession({
      answers: {
        comparison: () => view([row('a', 'drifted', review), row('b', 'drifted', { ...ACCEPTED, carried: true })]),
        undoReview: () => {
          review = { state: 'pending' };
          return { cases: ['a'], canUndo: false, message: 'Took it back.', files: [] };
        },
      },
    });
    await session.show('c1');
    expect(session.state().canUndo).toBe(true);
    await session.undo();
    expect(session.state()).toMatchObject({ canUndo: false, notice: 'Took it back.' });
  });

  it('goes on while a job does', async () => {
    const { session, sinks } = createSession({
      answers: { review: () => ({ cases: ['a'], canUndo: true, message: 'Accepted a.', files: [] }) },
    });
    await session.show('c1');
    const running = session.compare({ kind: 'review' });
    await settle();
    session.answer(true);
    await settle();
    await session.review('accept', { kind: 'cases', ids: ['a'] });
    expect(session.state()).toMatchObject({ state: 'running', notice: 'Accepted a.' });
    sinks[0]?.events([finished({ comparisonId: 'c2' })]);
    await running;
    expect(session.state().state).toBe('finished');
  });

  it('without a comparison says what to do', async () => {
    const { session, methods } = createSession();
    await session.review('accept', { kind: 'remaining' });
    expect(session.state().notice).toContain('no comparison of this prompt yet');
    expect(methods()).toEqual([]);
  });
});

describe('what is stored', () => {
  it('is restored after a reload: the newest comparison', async () => {
    const { session, requests, sent } = createSession({ answers: { comparisons: () => [listing({ comparisonId: 'c9' }), listing()] } });
    await session.showStored();
    expect(requests).toEqual([
      ['comparisons', { root: '/w', promptId: 'triage.prompt.yml' }],
      ['comparison', { root: '/w', comparisonId: 'c9' }],
    ]);
    expect(sent).toEqual(['reset']);
    await session.showStored();
    expect(requests).toHaveLength(2);
  });

  it('says so where there is none, and shows one that the command line makes later', async () => {
    let stored: readonly unknown[] = [];
    const { session } = createSession({ answers: { comparisons: () => stored } });
    await session.showStored();
    expect(session.state()).toMatchObject({ state: 'cancelled', notice: expect.stringContaining('no comparison of this prompt yet') });
    await session.refresh();
    expect(session.view).toBeUndefined();
    stored = [listing()];
    await session.refresh();
    expect(session.state()).toEqual({ title: 'Triage', state: 'finished', canUndo: false });
  });

  it('a comparison that was chosen is shown, also where the page asks for the newest meanwhile', async () => {
    const { session } = createSession({
      answers: { comparisons: () => [listing({ comparisonId: 'new' })], comparison: ({ comparisonId }) => view([row('a')], comparisonId) },
    });
    await Promise.all([session.show('old'), session.showStored()]);
    expect(session.view?.summary.comparisonId).toBe('old');
  });

  it('a review from elsewhere changes rows, no more', async () => {
    let review: ReviewState = { state: 'pending' };
    const { session, sent } = createSession({ answers: { comparison: () => view([row('a', 'drifted', review), row('b')]) } });
    await session.show('c1');
    await session.refresh();
    review = ACCEPTED;
    await session.refresh();
    expect(sent).toEqual(['reset', 'a accepted']);
  });

  it('other groups are sent whole', async () => {
    let title = 'billing → refunds';
    const { session, sent } = createSession({
      answers: {
        comparison: () => {
          const whole = view([row('a')]);
          return { ...whole, groups: whole.groups.map((group) => ({ ...group, title })) };
        },
      },
    });
    await session.show('c1');
    title = 'billing → sales';
    await session.refresh();
    expect(sent).toEqual(['reset', 'reset']);
  });

  it('a comparison that was forgotten gives way to the newest that is left', async () => {
    const there = new Set(['c1', 'c2']);
    const { session } = createSession({
      answers: {
        comparisons: () => [...there].map((comparisonId) => listing({ comparisonId })),
        comparison: ({ comparisonId }) => {
          if (!there.has(comparisonId)) throw new UserError('usage', 'There is no such comparison.');
          return view([row('a')], comparisonId);
        },
      },
    });
    await session.show('c1');
    there.delete('c1');
    await session.refresh();
    expect(session.view?.summary.comparisonId).toBe('c2');
    there.delete('c2');
    await session.refresh();
    expect(session.view).toBeUndefined();
    expect(session.state()).toMatchObject({ state: 'cancelled', notice: expect.stringContaining('no comparison') });
  });

  it('outputs that belong to no prompt are shown, and nothing is run for them', async () => {
    const { session, methods } = createSession({ subject: { promptId: '', comparisonId: 'c5' } });
    await session.showStored();
    expect(methods()).toEqual(['comparison']);
    await session.runAgain();
    await session.capture('topUp');
    expect(methods()).toEqual(['comparison']);
    expect(session.state()).toMatchObject({ state: 'failed', notice: expect.stringContaining('belong to no prompt') });
  });

  it('asks for the samples that a person chose', async () => {
    const { session, requests } = createSession();
    await session.show('c1');
    await session.detail('a', { approved: 2 });
    await session.report('markdown').catch(() => {});
    expect(requests.slice(1)).toEqual([
      ['comparisonCase', { root: '/w', comparisonId: 'c1', caseId: 'a', approved: 2 }],
      ['exportReport', { root: '/w', comparisonId: 'c1', format: 'markdown' }],
    ]);
  });
});
