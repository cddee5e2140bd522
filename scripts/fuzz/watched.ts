import { performance } from 'node:perf_hooks';

/** What a text cost, in milliseconds. */
export interface Watched {
  readonly ms: number;
}

/** Longer than this is a hang for somebody who types: one second. */
export const LONGEST_MS = 1000;

/**
 * Does the work of one text and watches it: an exception, something new on a built-in prototype, or more than `longestMs` is an error. A slow text
 * is done again before it counts, for the machine may have been busy with something else.
 */
export function watched(work: () => void, longestMs = LONGEST_MS): Watched {
  let ms = timed(work);
  for (let again = 0; ms > longestMs && again < 2; again++) ms = Math.min(ms, timed(work));
  if (ms > longestMs) throw new Error(`took ${Math.round(ms)} ms`);
  const now = fingerprintOfPrototypes();
  if (now !== CLEAN) throw new Error(`a built-in prototype is not what it was: ${now}`);
  return { ms };
}

/** Time on the clock or time of the processor, the shorter: a machine that is busy with others makes the first long, other threads of ours the second. */
function timed(work: () => void): number {
  const started = performance.now();
  const used = process.cpuUsage();
  work();
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(used);
  return Math.min(wall, (user + system) / 1000);
}

const PROTOTYPES: readonly object[] = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  String.prototype,
  Number.prototype,
  RegExp.prototype,
  Map.prototype,
];

function fingerprintOfPrototypes(): string {
  return PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).length).join(' ');
}

const CLEAN = fingerprintOfPrototypes();
