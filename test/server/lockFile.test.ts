import { matchesGlob } from 'node:path';
import { expect, it } from 'vitest';
import { encodeLock, fingerprintOf, parsePrompt } from '../../prompts-schema/index.ts';
import { WATCHED_GLOBS } from '../../server/handlers/eventHandlers.ts';
import { EMPTY_FACTS } from '../lint/checkRules.ts';
import { releaseOf, testedWith } from '../support/releases.ts';
import { openServer, PATIENT } from './support/client.ts';

const MODEL = 'sandbox/extractor-2026-05';
const PROMPT = `version: 1.0.0
model: ${MODEL}
messages:
  - role: user
    content: "{{ticket}}"
`;
const LOCK = 'a.prompt.yml.lock';

const lockText = (version = '1.0.0'): string =>
  encodeLock({ releases: [releaseOf(version, { ...fingerprintOf(parsePrompt(PROMPT), EMPTY_FACTS), tested: [testedWith(MODEL)] })] });

it('a lock file is noticed when it comes, changes and goes, and its findings follow the text', async () => {
  await using server = await openServer({ files: { 'a.prompt.yml': PROMPT } });
  const codes = async (): Promise<readonly unknown[]> =>
    (await server.diagnostics('a.prompt.yml')).map(({ code }) => code).filter((code) => String(code).startsWith('release.'));
  await server.open('a.prompt.yml');
  expect(await codes()).toEqual([]);
  await server.write(LOCK, lockText());
  expect(await codes()).toEqual([]);
  await server.change('a.prompt.yml', PROMPT.replace('{{ticket}}', 'Route {{ticket}}'));
  expect(await codes()).toEqual(['release.changed-without-bump']);
  await server.write(LOCK, `<<<<<<< HEAD\n${lockText()}`);
  await server.watched(LOCK);
  await expect.poll(() => server.refreshes.diagnostics, PATIENT).toBeGreaterThan(0);
  expect(await codes()).toEqual(['release.lock-conflict']);
  await server.change('a.prompt.yml', PROMPT);
  await server.write(LOCK, lockText('2.0.0'));
  expect(await codes()).toEqual([]);
  expect(server.failures).toEqual([]);
});

it('prompts, their texts and their lock files are watched, lock files of package managers are not', () => {
  const watched = (path: string): boolean => WATCHED_GLOBS.some((glob) => matchesGlob(path, glob));
  for (const path of [
    'a.prompt.yml.lock',
    'p/q/b.prompt.yaml.lock',
    'c.prompty.lock',
    'd.prompt.lock',
    'e/promptfooconfig.yaml.lock',
    'promptfooconfig.eu.json.lock',
    'f.prompt.yml',
    'g.jsonl',
    'prompts/h.txt',
    'i.md',
    'j.j2',
  ])
    expect(watched(path), path).toBe(true);
  for (const path of ['yarn.lock', 'Cargo.lock', 'poetry.lock', 'x.yml.lock', 'a.prompt.yml.lock.tmp'])
    expect(watched(path), path).toBe(false);
});

it('no watched glob has braces inside braces, of which VS Code makes one that matches nothing', () => {
  for (const glob of WATCHED_GLOBS) expect(glob).not.toMatch(/\{[^}]*\{/);
});
