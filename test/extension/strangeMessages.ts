/** An intent with something wrong in it, mostly: a type, a field, a value. */
export function strange(random: () => number, intents: readonly object[]): unknown {
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
    { kind: 'cases', ids: ['../../x'] },
    { kind: 'remaining', also: 1 },
    () => 1,
    Symbol.iterator,
    10n,
  ];
  const fields = [
    'caseId',
    'caseIds',
    'request',
    'index',
    'go',
    'scope',
    'action',
    '__proto__',
    'constructor',
    'command',
    'uri',
    'path',
    'type',
  ];
  if (random() < 0.1) return pick(values);
  const message: Record<string, unknown> = random() < 0.9 ? { ...pick(intents) } : {};
  if (random() < 0.5) message.type = random() < 0.5 ? pick(values) : pick(['eval', 'openFile', 'Ready', 'ready ', 'toString', '__proto__']);
  for (let count = 0; count < 1 + random() * 3; count++)
    Object.defineProperty(message, pick(fields), { value: pick(values), enumerable: true, writable: true, configurable: true });
  return message;
}

/** Mulberry32: small, seeded, good enough to mix messages. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
