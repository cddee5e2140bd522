import { describe, expect, it } from 'vitest';
import { EvalsChannel } from '../../extension/panels/channel.ts';
import { FromEvals } from '../../protocol/index.ts';

const INTENTS: readonly FromEvals[] = [
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

describe('the channel of a panel', () => {
  it('passes every intent on, in order', async () => {
    const { receive, handled, channel } = open();
    for (const intent of INTENTS) receive(intent);
    await settle();
    expect(handled).toEqual(INTENTS);
    expect(channel.dropped).toBe(0);
  });

  it('drops and counts 10,000 messages that are none, and never throws', async () => {
    const { receive, handled, reported, channel } = open();
    const random = generator(20261122);
    let none = 0;
    for (let count = 0; count < 10_000; count++) {
      const message = strange(random);
      if (!FromEvals.safeParse(message).success) none++;
      expect(() => receive(message)).not.toThrow();
    }
    await settle();
    expect(none).toBeGreaterThan(9_000);
    expect(channel.dropped).toBe(none);
    expect(handled).toHaveLength(10_000 - none);
    for (const intent of handled) expect(FromEvals.safeParse(intent).success).toBe(true);
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
    const { receive, handled, channel } = open();
    expect(() => receive(message)).not.toThrow();
    await settle();
    expect(handled).toEqual([]);
    expect(channel.dropped).toBe(1);
  });

  it('reports an intent that fails, whether it throws or rejects', async () => {
    const { receive, reported } = open((intent) => {
      if (intent.type === 'ready') throw new Error('thrown');
      return Promise.reject(new Error('rejected'));
    });
    receive({ type: 'ready' });
    receive({ type: 'cancel' });
    await settle();
    expect(reported.map(String)).toEqual(['Error: thrown', 'Error: rejected']);
  });
});

function open(handle: (intent: FromEvals) => Promise<void> | void = () => {}) {
  const handled: FromEvals[] = [];
  const reported: unknown[] = [];
  let receive: (message: unknown) => void = () => {};
  const port = {
    postMessage: async () => true,
    onDidReceiveMessage: (listener: (message: unknown) => void) => {
      receive = listener;
      return { dispose: () => {} };
    },
  };
  const channel = new EvalsChannel(
    port,
    (intent) => {
      handled.push(intent);
      return handle(intent);
    },
    (error) => reported.push(error),
  );
  return { channel, handled, reported, receive: (message: unknown) => receive(message) };
}

const settle = (): Promise<void> => new Promise((done) => setImmediate(done));

/** An intent with something wrong in it, mostly: a type, a field, a value. */
function strange(random: () => number): unknown {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const values: readonly unknown[] = [
    null,
    undefined,
    0,
    -1,
    Number.NaN,
    1e308,
    '',
    'a',
    '../../x',
    'command:x',
    true,
    [],
    {},
    [[]],
    { type: 'ready' },
    () => 1,
    Symbol.iterator,
    10n,
  ];
  const fields = ['caseId', 'request', 'index', 'go', '__proto__', 'constructor', 'command', 'uri', 'path', 'type'];
  if (random() < 0.1) return pick(values);
  const message: Record<string, unknown> = random() < 0.9 ? { ...pick(INTENTS) } : {};
  if (random() < 0.5) message.type = random() < 0.5 ? pick(values) : pick(['eval', 'openFile', 'Ready', 'ready ', 'toString', '__proto__']);
  for (let count = 0; count < 1 + random() * 3; count++)
    Object.defineProperty(message, pick(fields), { value: pick(values), enumerable: true, writable: true, configurable: true });
  return message;
}

/** Mulberry32: small, seeded, good enough to mix messages. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
