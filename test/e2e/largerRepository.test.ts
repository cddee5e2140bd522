import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { useLab } from './support/lab.ts';
import { workspaceOf } from './support/workspaceOf.ts';

const promptText = (word: string): string => `name: Greeting
version: 1.0.0
model: sandbox/extractor-2026-05
messages:
  - role: user
    content: ${word}, {{customer}}!
`;

/** A repository of more than prompts; VS Code opens one folder of it. */
const top = workspaceOf({ 'readme.md': 'A shop.\n' });
const folder = path.join(top, 'apps/desk');
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-C', top, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], { encoding: 'utf8' });

function commit(word: string): void {
  writeFileSync(path.join(folder, 'greeting.prompt.yml'), promptText(word));
  git('add', '-A');
  git('commit', '-qm', word);
}

const lab = useLab(async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'evenkeel.yml'), 'formatVersion: 1\nenvironments:\n  production: { git: { ref: production } }\n');
  git('init', '-q', '-b', 'main');
  commit('Hello');
  git('branch', 'production');
  commit('Welcome');
  return { workspace: folder, copy: false };
});

it('a folder of a larger repository: what is live there, and a release made outside the editor is noticed', async () => {
  const { workbench } = lab();
  await workbench.openFile('greeting.prompt.yml');
  expect(await workbench.codeLens(/production 1\.0\.0 · 1 edit behind/)).toBeDefined();
  git('branch', '-f', 'production', 'main');
  expect(await workbench.codeLens(/production = this file/)).toBeDefined();
});
