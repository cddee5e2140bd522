import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { type ReviewRecord, readBaselines } from '../../ledger/index.ts';
import { removeTemporaryFolders, temporaryFolder } from '../workspace/temporaryFolder.ts';
import { PROMPT, REVIEWS } from './comparisonOf.ts';
import { reviewFiles, workspaceOf } from './reviewRoot.ts';

removeTemporaryFolders();

interface Told {
  readonly action: string;
  readonly cases?: readonly string[];
  readonly refused?: string;
}

const RACERS = ['editor', 'second', 'cli'];
const MILLISECONDS = 8000;

it('two editors and a command line review one prompt at once: nothing is lost, nothing corrupt, losers are told', async () => {
  const root = temporaryFolder(reviewFiles('s1', 's2', ...RACERS.flatMap((name) => [`${name}1`, `${name}2`])));
  const told = new Map(await Promise.all(RACERS.map(async (name) => [name, await race(root, name)] as const)));
  const records = readFileSync(join(root, REVIEWS), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ReviewRecord);
  expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);

  for (const [name, acts] of told) {
    const done = acts.filter(({ refused, cases }) => refused === undefined && cases?.length);
    const written = records.filter(({ by }) => by === name);
    expect(written.map(({ action, caseId }) => `${action} ${caseId}`)).toEqual(done.map(({ action, cases }) => `${action} ${cases?.[0]}`));
  }
  const refused = [...told.values()].flat().flatMap(({ refused: code }) => code ?? []);
  expect(refused.filter((code) => code !== 'conflict' && code !== 'usage')).toEqual([]); // usage: nothing to undo, or accepted already

  // The baseline is what the standing acceptances say, newest last; an undone one is back to what was there before.
  const undone = new Set(records.flatMap(({ undoes }) => undoes ?? []));
  const expected = new Map<string, string>();
  for (const { action, id, caseId, by } of records) if (action === 'accept' && !undone.has(id)) expected.set(caseId, `${by} ${caseId}`);
  const [stored] = await readBaselines(workspaceOf(root), PROMPT);
  const held = [...(stored?.baseline.cases ?? [])].map(([id, { outputs }]) => `${id}: ${outputs.map(({ output }) => output.text).join()}`);
  expect(held).toEqual([...(stored?.baseline.cases.keys() ?? [])].map((id) => `${id}: ${expected.get(id) ?? 'old'}`));
  expect(held).toHaveLength(8);
  expect(readdirSync(join(root, '.evenkeel/pending')).filter((name) => !name.endsWith('.undo.json'))).toEqual([]);
  expect(readdirSync(join(root, 'prompts/__baselines__')).filter((name) => name.includes('.tmp'))).toEqual([]);
  const rounds = [...told.values()].flat().length;
  expect(rounds).toBeGreaterThan(60);
}, 60_000);

/** What a process of its own was told. */
function race(root: string, name: string): Promise<readonly Told[]> {
  const script = resolve(import.meta.dirname, 'reviewRacer.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, root, name, String(MILLISECONDS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      const lines = text.split('\n').slice(0, -1);
      if (code === 0) done(lines.map((line) => JSON.parse(line) as Told));
      else fail(new Error(`${name} ended with ${code}`));
    });
  });
}
