import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mutated } from '../../scripts/fuzz/mutate.ts';
import { type ChildResult, runChild } from '../../scripts/fuzz/runChild.ts';
import { TARGETS } from '../../scripts/fuzz/targets.ts';
import { watched } from '../../scripts/fuzz/watched.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'evenkeel-fuzz-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What comes of a program that does this with the text it has noted. */
function resultOf(does: string, silentMs = 20_000): Promise<ChildResult> {
  const script = path.join(folder, 'child.mjs');
  const current = path.join(folder, 'current.txt');
  writeFileSync(
    script,
    `import { writeFileSync, writeSync } from 'node:fs';
const tell = (message) => writeSync(1, JSON.stringify(message) + '\\n');
writeFileSync(process.argv[5], 'the text of ' + process.argv[2]);
tell({ type: 'progress', done: 50 });
${does}
tell({ type: 'finished', done: 70, slowest: 9, peakMemory: 40 });
`,
  );
  return runChild({ node: process.execPath, target: 'native', seed: 1, files: 70, current, script, silentMs });
}

describe('a process that reads texts', () => {
  it('comes to its end', async () => {
    expect(await resultOf('')).toMatchObject({ done: 70, slowest: 9, peakMemory: 40, survived: true, found: [] });
  });

  it('tells what a text did', async () => {
    const found = { target: 'native', message: 'Error: took 2000 ms', text: 'x' };
    expect(await resultOf(`tell(${JSON.stringify({ type: 'found', ...found })});`)).toMatchObject({ survived: true, found: [found] });
  });

  it.each<readonly [what: string, does: string, message: RegExp]>([
    ['is ended by the system', 'process.abort();', /the process died \((?:SIGABRT|exit 134)/],
    ['gives up', 'process.exit(7);', /the process died \(exit 7\)/],
    ['fails', "throw new Error('no such seed');", /the process died \(exit 1\).*no such seed/s],
  ])('that %s is seen, with the text it was about to read', async (_what, does, message) => {
    const { done, survived, found } = await resultOf(does);
    expect({ done, survived }).toEqual({ done: 50, survived: false });
    expect(found).toEqual([{ target: 'native', message: expect.stringMatching(message), text: 'the text of native' }]);
  });

  it('that hangs is ended, and seen', async () => {
    const { survived, found } = await resultOf('for (;;);', 1500);
    expect(survived).toBe(false);
    expect(found).toMatchObject([{ message: 'the process hung: nothing for 1.5 s', text: 'the text of native' }]);
  });
});

describe('a text that is watched', () => {
  it('must not throw, change a prototype or take longer than a second', () => {
    expect(watched(() => undefined).ms).toBeLessThan(1000);
    expect(() =>
      watched(() => {
        throw new Error('oh');
      }),
    ).toThrow('oh');
    expect(() =>
      watched(() => {
        const { user } = process.cpuUsage();
        while (process.cpuUsage().user < user + 1_200_000) for (let turn = 0; turn < 1_000_000; turn++) Math.sqrt(turn);
      }),
    ).toThrow(/took \d{4} ms/);
    const prototype = Object.prototype as { polluted?: number };
    try {
      expect(() =>
        watched(() => {
          prototype.polluted = 1;
        }),
      ).toThrow(/a built-in prototype is not what it was/);
    } finally {
      delete prototype.polluted;
    }
  });
});

describe('changed texts', () => {
  it('are the same for the same seed, differ from their seeds, and are not long', () => {
    const seeds = { files: ['name: A\nmessages: []\n'.repeat(20), 'x: 1\n'], pieces: ['{{x}}'] };
    const sample = (seed: number): readonly string[] => fc.sample(mutated(seeds), { numRuns: 200, seed });
    expect(sample(3)).toEqual(sample(3));
    expect(sample(3)).not.toEqual(sample(4));
    expect(sample(3).filter((text) => seeds.files.includes(text)).length).toBeLessThan(40);
    expect(Math.max(...sample(3).map((text) => text.length))).toBeLessThanOrEqual(60_000);
  });

  it('there are of every kind', () => {
    expect(new Set(TARGETS.map(({ name }) => name)).size).toBe(TARGETS.length);
    for (const { seeds } of TARGETS) expect(seeds().files.length).toBeGreaterThan(0);
  });
});
