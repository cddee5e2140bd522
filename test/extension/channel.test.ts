import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { PanelChannel } from '../../extension/panels/channel.ts';
import { FromDrift, FromEvals } from '../../protocol/index.ts';
import { generator, strange } from './strangeMessages.ts';

const EVALS: readonly FromEvals[] = [
  { type: 'ready' },
  { type: 'detail', request: 1, caseId: 'a' },
  { type: 'answer', go: true },
  { type: 'answer', go: false, skipUnknown: true },
  { type: 'cancel' },
  { type: 'runAgain' },
  { type: 'rerunFailed' },
  { type: 'resume' },
  { type: 'rescore' },
  { type: 'runCase', caseId: 'a' },
  { type: 'saveCase', caseId: 'a' },
  { type: 'copyCurl', caseId: 'a' },
  { type: 'goToCase', caseId: 'a' },
  { type: 'goToEvaluator', index: 2 },
];

const DRIFT: readonly FromDrift[] = [
  { type: 'ready' },
  { type: 'case', request: 1, caseId: 'a' },
  { type: 'case', request: 2, caseId: 'a', approved: 0, fresh: 3 },
  { type: 'review', action: 'accept', scope: { kind: 'cases', ids: ['a', 'b'] } },
  { type: 'review', action: 'reject', scope: { kind: 'group', id: 'g' }, reason: 'no' },
  { type: 'review', action: 'knownNoise', scope: { kind: 'remaining' } },
  { type: 'undo' },
  { type: 'answer', go: true },
  { type: 'cancel' },
  { type: 'runAgain' },
  { type: 'takeMore', caseIds: ['a'] },
  { type: 'topUp' },
  { type: 'diffEditor', caseId: 'a', fresh: 1 },
  { type: 'multiDiff' },
  { type: 'goToCase', caseId: 'a' },
  { type: 'goToEvaluator', index: 0 },
  { type: 'exportReport' },
];

describe('the channel of a panel', () => {
  it.each([
    ['evals', FromEvals, EVALS],
    ['drift', FromDrift, DRIFT],
  ] as const)('passes every intent of %s on, in order', async (_name, intents, all) => {
    const { receive, handled, channel } = open<unknown>(intents);
    for (const intent of all) receive(intent);
    await settle();
    expect(handled).toEqual(all);
    expect(new Set(all.map(({ type }) => type)).size).toBe(intents.def.options.length);
    expect(channel.dropped).toBe(0);
  });

  it.each([
    ['evals', FromEvals, EVALS],
    ['drift', FromDrift, DRIFT],
  ] as const)('drops and counts 10,000 messages that are none of %s, and never throws', async (_name, intents, all) => {
    const { receive, handled, reported, channel } = open<unknown>(intents);
    const random = generator(20261122);
    let none = 0;
    for (let count = 0; count < 10_000; count++) {
      const message = strange(random, all);
      if (!intents.safeParse(message).success) none++;
      expect(() => receive(message)).not.toThrow();
    }
    await settle();
    expect(none).toBeGreaterThan(9_000);
    expect(channel.dropped).toBe(none);
    expect(handled).toHaveLength(10_000 - none);
    for (const intent of handled) expect(intents.safeParse(intent).success).toBe(true);
    expect(reported).toEqual([]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it.each([
    null,
    undefined,
    0,
    'ready',
    [],
    { type: 'ready', command: 'workbench.action.terminal.new' },
    { type: 'goToEvaluator', index: '2' },
    { type: 'goToCase', caseId: { toString: () => 'a' } },
    { type: 'openFile', path: '../../etc/passwd' },
    { type: 'command', command: 'vscode.open' },
    JSON.parse('{"__proto__":{"type":"ready"}}'),
    new Proxy(
      {},
      {
        get: () => {
          throw new Error('trap');
        },
        ownKeys: () => {
          throw new Error('trap');
        },
      },
    ),
    {
      get type(): string {
        throw new Error('getter');
      },
    },
  ])('drops %#', async (message) => {
    const { receive, handled, channel } = open(FromEvals);
    expect(() => receive(message)).not.toThrow();
    await settle();
    expect(handled).toEqual([]);
    expect(channel.dropped).toBe(1);
  });

  it('reports an intent that fails, whether it throws or rejects', async () => {
    const { receive, reported } = open(FromEvals, (intent) => {
      if (intent.type === 'ready') throw new Error('thrown');
      return Promise.reject(new Error('rejected'));
    });
    receive({ type: 'ready' });
    receive({ type: 'cancel' });
    await settle();
    expect(reported.map(String)).toEqual(['Error: thrown', 'Error: rejected']);
  });
});

function open<I>(intents: z.ZodMiniType<I>, handle: (intent: I) => Promise<void> | void = () => {}) {
  const handled: I[] = [];
  const reported: unknown[] = [];
  let receive: (message: unknown) => void = () => {};
  const port = {
    postMessage: async () => true,
    onDidReceiveMessage: (listener: (message: unknown) => void) => {
      receive = listener;
      return { dispose: () => {} };
    },
  };
  const channel = new PanelChannel<unknown, I>(port, intents, {
    handle: (intent) => {
      handled.push(intent);
      return handle(intent);
    },
    report: (error) => reported.push(error),
  });
  return { channel, handled, reported, receive: (message: unknown) => receive(message) };
}

const settle = (): Promise<void> => new Promise((done) => setImmediate(done));
