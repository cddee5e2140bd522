import { describe, expect, it } from 'vitest';
import type { DriftPanelActions } from '../../extension/panels/driftPanel.ts';
import { DriftPanel } from '../../extension/panels/driftPanel.ts';
import { FromDrift, ToDrift } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { createSession, finished, type GivenWorld, listing, plan, row, settle, view } from './driftWorld.ts';
import { generator, strange } from './strangeMessages.ts';

describe("a prompt's drift panel", () => {
  it('sends everything when its page is ready: a first page, then the rest', async () => {
    const rows = Array.from({ length: 2500 }, (_, at) => row(`c${at}`));
    const { receive, posted } = open({ answers: { comparisons: () => [listing()], comparison: () => view(rows) } });
    expect(posted).toEqual([]);
    receive({ type: 'ready' });
    await settle();
    for (const message of posted) expect(ToDrift.safeParse(message).success).toBe(true);
    const init = posted.filter(({ type }) => type === 'init').at(-1);
    expect(init).toMatchObject({ total: 2500, groups: [{ id: 'g' }], summary: { comparisonId: 'c1' } });
    const sent = posted.slice(posted.findLastIndex(({ type }) => type === 'init')).flatMap((message) => {
      if (message.type === 'init') return message.rows.map(({ caseId }) => caseId);
      return message.type === 'rows' ? message.rows.map(({ row: { caseId } }) => caseId) : [];
    });
    expect(sent).toEqual(rows.map(({ caseId }) => caseId));
  });

  it('sends what changed between the sides with the comparison, and nothing of it where that is not known', async () => {
    const changes = { summary: 'model', facts: [{ what: 'Model', lines: ['a → b'] }], files: [], notes: [] };
    for (const known of [{ changes }, {}]) {
      const answers = { comparisons: () => [listing()], comparison: () => ({ ...view([row('a')]), ...known }) };
      const { receive, posted } = open({ answers });
      receive({ type: 'ready' });
      await settle();
      const init = posted.findLast((message) => message.type === 'init');
      expect(init?.type === 'init' && init.changes).toEqual('changes' in known ? changes : undefined);
      expect(ToDrift.safeParse(init).success).toBe(true);
    }
  });

  it('sends the summary only where it is new', async () => {
    const { receive, posted, session, sinks } = open({ answers: { comparisons: () => [listing()] } });
    receive({ type: 'ready' });
    await settle();
    posted.length = 0;
    const running = session.compare({ kind: 'review' });
    await settle();
    receive({ type: 'answer', go: true });
    await settle();
    expect(posted.length).toBeGreaterThan(1);
    expect(posted.every((message) => message.type === 'state' && message.summary === undefined)).toBe(true);
    sinks[0]?.events([finished({ comparisonId: 'c1' })]);
    await running;
    expect(posted.at(-1)).toMatchObject({ type: 'state', state: { state: 'finished' } });
    expect(posted.some((message) => message.type === 'state' && message.summary !== undefined)).toBe(true);
  });

  it('answers for a case by the number of the request, also where it fails', async () => {
    const { receive, posted, reported } = open({
      answers: {
        comparisons: () => [listing()],
        comparisonCase: ({ caseId }) => {
          if (caseId === 'gone') throw new UserError('usage', 'There is no case gone.');
          throw new TypeError('secret inside');
        },
      },
    });
    receive({ type: 'ready' });
    await settle();
    receive({ type: 'case', request: 7, caseId: 'gone' });
    receive({ type: 'case', request: 8, caseId: 'bug' });
    await settle();
    expect(posted).toContainEqual({ type: 'case', request: 7, error: 'There is no case gone.' });
    expect(JSON.stringify(posted)).not.toContain('secret inside');
    expect(reported.map(String)).toEqual(['TypeError: secret inside']);
  });

  it('goes to a case that was chosen before the page was ready, once', async () => {
    const { receive, posted, panel } = open({ answers: { comparisons: () => [listing()] } });
    panel.select('b');
    expect(posted).toEqual([]);
    receive({ type: 'ready' });
    await settle();
    receive({ type: 'ready' });
    await settle();
    expect(posted.filter(({ type }) => type === 'select')).toEqual([{ type: 'select', caseId: 'b' }]);
    const at = posted.findIndex(({ type }) => type === 'select');
    expect(posted.slice(0, at).some((message) => message.type === 'init' && message.rows.length === 2)).toBe(true);
  });

  it('does what each button says', async () => {
    const { receive, requests, done } = open({
      answers: {
        comparisons: () => [listing()],
        planMore: () => plan({ calls: 1, atMostMore: 0, askFirst: ['x'] }),
        review: () => ({ cases: [], canUndo: true, message: 'ok', files: [] }),
        undoReview: () => ({ cases: [], canUndo: false, message: 'ok', files: [] }),
      },
    });
    receive({ type: 'ready' });
    await settle();
    requests.length = 0;
    receive({ type: 'review', action: 'accept', scope: { kind: 'group', id: 'g' } });
    receive({ type: 'undo' });
    receive({ type: 'diffEditor', caseId: 'a', fresh: 2 });
    receive({ type: 'multiDiff' });
    receive({ type: 'goToCase', caseId: 'a' });
    receive({ type: 'goToEvaluator', index: 3 });
    receive({ type: 'exportReport' });
    await settle();
    receive({ type: 'takeMore', caseIds: ['a'] });
    await settle();
    expect(requests.map(([method]) => method)).toEqual(['review', 'comparison', 'undoReview', 'comparison', 'planMore']);
    expect(done).toEqual(['diffEditor a undefined 2', 'multiDiff', 'goToCase a', 'goToEvaluator 3', 'exportReport']);
  });

  it('without trust, “run again” leads to the page of trust and nowhere else', async () => {
    const { receive, requests, done } = open({ trusted: () => false });
    receive({ type: 'ready' });
    await settle();
    receive({ type: 'runAgain' });
    await settle();
    expect(done).toEqual(['trustFolder']);
    expect(requests).toEqual([]);
  });

  it('10,000 hostile messages open nothing and run nothing but what an intent says', async () => {
    const { receive, done, requests, reported } = open({ trusted: () => false });
    const random = generator(20261125);
    const allowed: string[] = [];
    for (let count = 0; count < 10_000; count++) {
      const message = strange(random, INTENTS);
      const read = FromDrift.safeParse(message);
      if (read.success && OUTSIDE.has(read.data.type)) allowed.push(read.data.type);
      expect(() => receive(message)).not.toThrow();
    }
    await settle();
    expect(requests).toEqual([]);
    expect(done.map((line) => line.split(' ')[0])).toEqual(allowed);
    for (const line of done)
      expect(line).toMatch(/^(trustFolder|multiDiff|exportReport|goToEvaluator [-\d.e+]+|goToCase .*|diffEditor .*)$/);
    expect(reported.every((error) => error instanceof UserError)).toBe(true);
  });
});

/** Intents that open something outside the panel. */
const OUTSIDE: ReadonlySet<string> = new Set(['diffEditor', 'multiDiff', 'goToCase', 'goToEvaluator', 'exportReport']);

const INTENTS: readonly FromDrift[] = [
  { type: 'case', request: 1, caseId: 'a' },
  { type: 'review', action: 'accept', scope: { kind: 'remaining' } },
  { type: 'undo' },
  { type: 'answer', go: true },
  { type: 'takeMore', caseIds: ['a'] },
  { type: 'topUp' },
  { type: 'diffEditor', caseId: 'a' },
  { type: 'multiDiff' },
  { type: 'goToCase', caseId: 'a' },
  { type: 'goToEvaluator', index: 0 },
  { type: 'exportReport' },
];

/** A panel over a session in a world of fakes: what it posts, and what it does outside. */
function open(given: GivenWorld) {
  const { session, requests, sinks } = createSession(given);
  const posted: ToDrift[] = [];
  const done: string[] = [];
  const reported: unknown[] = [];
  let receive: (message: unknown) => void = () => {};
  const actions: DriftPanelActions = {
    trustFolder: async () => void done.push('trustFolder'),
    diffEditor: async (_session, caseId, { approved, fresh }) => void done.push(`diffEditor ${caseId} ${approved} ${fresh}`),
    multiDiff: async () => void done.push('multiDiff'),
    goToCase: async (_session, caseId) => void done.push(`goToCase ${caseId}`),
    goToEvaluator: async (_session, index) => void done.push(`goToEvaluator ${index}`),
    exportReport: async () => void done.push('exportReport'),
    report: (error) => reported.push(error),
  };
  const panel = new DriftPanel(
    {
      webview: {
        postMessage: async (message) => {
          posted.push(message as ToDrift);
          return true;
        },
        onDidReceiveMessage: (listener) => {
          receive = listener;
          return { dispose: () => {} };
        },
      },
      onDidDispose: () => {},
      reveal: () => {},
      dispose: () => {},
    },
    session,
    actions,
  );
  return { panel, session, requests, sinks, posted, done, reported, receive: (message: unknown) => receive(message) };
}
