/**
 * One process of `npm run fuzz`: does the files of one kind from a seed on. What it is about to do stands in a file first, so that a text which ends
 * the process is known. Arguments: target, first seed, files, the file. Prints one JSON object a line: what was found, and at the end what was done.
 */
import { ftruncateSync, openSync, writeSync } from 'node:fs';
import fc from 'fast-check';
import { mutated } from './mutate.ts';
import { TARGETS } from './targets.ts';
import { watched } from './watched.ts';

const [name = '', firstSeed = '1', wanted = '1', current = ''] = process.argv.slice(2);
const target = TARGETS.find((one) => one.name === name);
if (!target) throw new Error(`no target is called ${name}`);
const made = mutated(target.seeds());
const file = openSync(current, 'w');

/** Samples are made so many at a time: a seed of fast-check gives a list of them. */
const BATCH = 50;

let done = 0;
let slowest = 0;
for (let seed = Number(firstSeed); done < Number(wanted); seed++) {
  for (const text of fc.sample(made, { numRuns: BATCH, seed })) {
    note(text);
    try {
      slowest = Math.max(slowest, watched(() => target.check(text)).ms);
    } catch (error) {
      tell({ type: 'found', target: name, seed, message: error instanceof Error ? (error.stack ?? error.message) : String(error), text });
    }
    if (++done % BATCH === 0) tell({ type: 'progress', done });
    if (done >= Number(wanted)) break;
  }
}
tell({ type: 'finished', done, slowest: Math.round(slowest), peakMemory: Math.round(process.resourceUsage().maxRSS / 1024) });

function note(text: string): void {
  ftruncateSync(file, 0);
  writeSync(file, text, 0);
}

function tell(message: object): void {
  writeSync(1, `${JSON.stringify(message)}\n`);
}
