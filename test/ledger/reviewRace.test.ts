import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ReviewRecord, readBaselines } from '../../ledger/index.ts';
import { removeTemporaryFolders, temporaryFolder } from '../workspace/temporaryFolder.ts';
import { PROMPT, REVIEWS } from './comparisonOf.ts';
import { reviewFiles, workspaceOf } from './reviewRoot.ts';

removeTemporaryFolders();

/** What a racer was told of one of its acts. */
interface Told {
  readonly action: string;
  readonly cases?: readonly string[];
  readonly refused?: string;
}

const RACERS = ['editor', 'second', 'cli'];
const rootOfRacers = (): string => temporaryFolder(reviewFiles('s1', 's2', ...RACERS.flatMap((name) => [`${name}1`, `${name}2`])));

describe('two editors and a command line that review one prompt at once', () => {
  it('lose nothing, corrupt nothing, and are told when they come second', async () => {
    const root = rootOfRacers();
    const told = new Map(await Promise.all(RACERS.map(async (name) => [name, await race(root, name, 7000)] as const)));
    const records = await recordsThatAgree(root);
    for (const [name, acts] of told) {
      const done = acts.filter(({ cases }) => cases?.length).map(({ action, cases }) => `${action} ${cases?.[0]}`);
      expect(records.filter(({ by }) => by === name).map(({ action, caseId }) => `${action} ${caseId}`)).toEqual(done);
    }
    const refused = [...told.values()].flat().flatMap(({ refused: code }) => code ?? []);
    expect(refused.filter((code) => code !== 'conflict' && code !== 'usage')).toEqual([]); // usage: nothing to undo, or accepted already
    expect(records.length).toBeGreaterThan(60);
  }, 60_000);

  it('lose nothing that was acknowledged when they are killed', async () => {
    const root = rootOfRacers();
    const acknowledged: string[] = [];
    await Promise.all(
      RACERS.map(async (name) => {
        for (let kill = 0; kill < 4; kill++)
          for (const { action, cases } of await race(root, name, 60_000, 200))
            if (cases?.length) acknowledged.push(`${name} ${action} ${cases[0]}`);
      }),
    );
    const written = (await recordsThatAgree(root)).map(({ by, action, caseId }) => `${by} ${action} ${caseId}`);
    for (const act of acknowledged) {
      const at = written.indexOf(act);
      expect(at, act).toBeGreaterThanOrEqual(0);
      written.splice(at, 1);
    }
    expect(acknowledged.length).toBeGreaterThan(12);
    expect(written.length).toBeLessThanOrEqual(12); // at most the last act of each
  }, 120_000);
});

/** The records, once each; the baseline is what their standing acceptances say, and nothing is left lying about. */
async function recordsThatAgree(root: string): Promise<readonly ReviewRecord[]> {
  const [stored] = await readBaselines(workspaceOf(root), PROMPT); // first: it completes what a killed one left
  const lines = readFileSync(join(root, REVIEWS), 'utf8').trimEnd().split('\n');
  const records = lines.map((line) => JSON.parse(line) as ReviewRecord);
  expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
  const undone = new Set(records.flatMap(({ undoes }) => undoes ?? []));
  const accepted = new Map<string, string>();
  for (const { action, id, caseId, by } of records) if (action === 'accept' && !undone.has(id)) accepted.set(caseId, `${by} ${caseId}`);
  const held = new Map(
    [...(stored?.baseline.cases ?? [])].map(([id, { outputs }]) => [id, outputs.map(({ output }) => output.text).join()]),
  );
  expect(held).toEqual(new Map([...held.keys()].map((id) => [id, accepted.get(id) ?? 'old'])));
  expect(held.size).toBe(8);
  expect(readdirSync(join(root, '.evenkeel/pending')).filter((name) => name.endsWith('.intent.json'))).toEqual([]);
  return records;
}

/** A racer in a process of its own; with `killWithin` it is killed at some time within so many milliseconds of its first act. */
function race(root: string, name: string, milliseconds: number, killWithin?: number): Promise<readonly Told[]> {
  const script = resolve(import.meta.dirname, 'reviewRacer.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, root, name, String(milliseconds)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (text === '' && killWithin !== undefined) setTimeout(() => child.kill('SIGKILL'), Math.random() * killWithin);
    text += chunk.toString();
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => {
      const lines = text.split('\n').slice(0, -1);
      if (code === 0 || signal === 'SIGKILL') done(lines.map((line) => JSON.parse(line) as Told));
      else fail(new Error(`${name} ended with ${code}`));
    });
  });
}
