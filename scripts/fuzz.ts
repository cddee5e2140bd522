/**
 * Changed files of every kind that a repository may hold, by the hundred thousand: `npm run fuzz -- [--files N] [--seed S] [--only native,promptfoo]
 * [--node 22,24]`. Each kind is read in a process of its own, so that a text which ends the process is seen, on every line of Node that we run on.
 * Exits with 1 where a text threw, hung above a second, had places outside itself, changed a prototype or ended the process; such texts are in
 * test-output/fuzz.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../safety/index.ts';
import { asProgram } from './asProgram.ts';
import { ROOT } from './bootstrap.mjs';
import { NODE_LINES, type NodeLine, nodeOf, versionOf } from './fuzz/nodes.ts';
import { type ChildResult, runChild } from './fuzz/runChild.ts';
import { hasCorpus } from './fuzz/seeds.ts';
import { TARGETS, type Target } from './fuzz/targets.ts';

const OUTPUT = path.join(ROOT, 'test-output/fuzz');

await asProgram(async () => {
  const { values } = parseArgs({
    options: {
      files: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      node: { type: 'string', default: NODE_LINES.join(',') },
    },
  });
  const files = countOf('files', values.files);
  const seed = countOf('seed', values.seed);
  const targets = targetsOf(values.only);
  const shares = targets.reduce((sum, { share }) => sum + share, 0);
  mkdirSync(OUTPUT, { recursive: true });
  if (!hasCorpus()) console.log('No corpus beside the repository: the seeds are our own alone.');
  let bad = 0;
  for (const line of linesOf(values.node)) {
    const node = await nodeOf(line);
    let done = 0;
    const started = performance.now();
    console.log(
      `\nNode ${versionOf(node)}\n${'kind'.padEnd(20)}${'files'.padStart(8)}${'slowest'.padStart(10)}${'memory'.padStart(10)}  found`,
    );
    for (const { name, share } of targets) {
      const result = await untilDone(node, name, seed, Math.ceil((files * share) / shares));
      done += result.done;
      bad += result.found.length;
      console.log(
        `${name.padEnd(20)}${String(result.done).padStart(8)}${`${result.slowest} ms`.padStart(10)}${`${result.peakMemory} MB`.padStart(10)}  ${result.found.length || '-'}`,
      );
      keep(result, line);
    }
    console.log(`${done} files in ${Math.round((performance.now() - started) / 1000)} s`);
  }
  console.log(bad ? `\n${bad} texts did what they must not: see ${path.relative(ROOT, OUTPUT)}` : '\nNothing found.');
  return bad ? 1 : 0;
});

/** A process that died is followed by another, with other seeds, for the files that are left. */
async function untilDone(node: string, target: string, seed: number, files: number): Promise<ChildResult> {
  const current = path.join(OUTPUT, 'current.txt');
  let sum = await runChild({ node, target, seed, files, current });
  for (let again = 1; !sum.survived && sum.done < files && again <= MOST_DEATHS; again++) {
    const next = await runChild({ node, target, seed: seed + again * 1_000_000, files: files - sum.done, current });
    sum = {
      done: sum.done + next.done,
      slowest: Math.max(sum.slowest, next.slowest),
      peakMemory: Math.max(sum.peakMemory, next.peakMemory),
      found: [...sum.found, ...next.found],
      survived: next.survived,
    };
  }
  return sum;
}

/** After so many deaths of one kind there is enough to mend. */
const MOST_DEATHS = 5;

/** The texts, each beside what it did; a hundred of a kind say no more than ten. */
function keep({ found }: ChildResult, line: NodeLine): void {
  for (const [at, { target, message, text }] of found.slice(0, 10).entries()) {
    const name = `${target.replace(/\W+/g, '-')}-${line}-${at + 1}`;
    writeFileSync(path.join(OUTPUT, `${name}.txt`), text);
    writeFileSync(path.join(OUTPUT, `${name}.why.txt`), `${message}\n`);
    console.log(`    ${name}: ${message.split('\n')[0]}`);
  }
}

function targetsOf(only: string | undefined): readonly Target[] {
  const names = only?.split(',');
  const unknown = names?.find((name) => !TARGETS.some((target) => target.name.startsWith(name)));
  if (unknown !== undefined)
    throw new UserError('usage', `There is no kind “${unknown}”. The kinds are ${TARGETS.map(({ name }) => name).join(', ')}.`);
  return TARGETS.filter((target) => !names || names.some((name) => target.name.startsWith(name)));
}

function linesOf(text: string): readonly NodeLine[] {
  return text.split(',').map((line) => {
    const known = NODE_LINES.find((one) => one === line.trim());
    if (known === undefined) throw new UserError('usage', `--node ${line}: write ${NODE_LINES.join(' or ')}, or both with a comma.`);
    return known;
  });
}

function countOf(name: string, text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 100_000_000) return count;
  throw new UserError('usage', `--${name} ${text}: write a whole number from 1, for example --${name} 100000.`);
}
