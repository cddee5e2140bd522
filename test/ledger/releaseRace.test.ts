import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { compareSemver } from '../../prompts-schema/index.ts';
import { removeTemporaryFolders, temporaryFolder } from '../workspace/temporaryFolder.ts';
import { lockOf, PROMPT, promptText } from './releaseRoot.ts';

removeTemporaryFolders();

/** What a racer was told of one of its acts. */
interface Told {
  readonly version?: string;
  readonly fingerprint?: string;
  readonly model?: string;
  readonly refused?: string;
}

it('two who release one prompt at once, each editing it, lose nothing that was acknowledged and give no version twice', async () => {
  const root = temporaryFolder({ [PROMPT]: promptText('nothing yet', 'name: Triage\nversion: 1.0.0\n') });
  const told = (await Promise.all(['editor', 'terminal'].map((name) => race(root, name, 4000)))).flat();
  const { releases } = lockOf(root);
  const released = told.filter(({ fingerprint }) => fingerprint !== undefined);
  expect(releases.length).toBeGreaterThan(5);
  for (const { version, fingerprint } of released)
    expect(releases.find((release) => release.version === version)?.fingerprint, version).toBe(fingerprint);
  for (const { version, model } of told)
    if (model !== undefined)
      expect(releases.find((release) => release.version === version)?.tested.map((test) => test.model)).toContain(model);
  const versions = releases.map(({ version }) => version);
  expect(versions).toEqual([...new Set(versions)].sort(compareSemver));
  expect(new Set(releases.map(({ fingerprint }) => fingerprint)).size).toBe(releases.length);
  const refused = new Set(told.flatMap(({ refused: code }) => code ?? []));
  expect([...refused].filter((code) => code !== 'conflict' && code !== 'usage')).toEqual([]); // usage: the other one released this text already
  expect(readdirSync(join(root, 'prompts')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
}, 60_000);

function race(root: string, name: string, milliseconds: number): Promise<readonly Told[]> {
  const script = resolve(import.meta.dirname, 'releaseRacer.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, root, name, String(milliseconds)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0)
        done(
          text
            .split('\n')
            .slice(0, -1)
            .map((line) => JSON.parse(line) as Told),
        );
      else fail(new Error(`${name} ended with ${code}`));
    });
  });
}
