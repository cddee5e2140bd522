import { cpSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isPromptFile } from '../../prompts-schema/index.ts';
import { ROOT } from '../bootstrap.mjs';
import type { Family } from './families.ts';

/** A copy of a family's files, since running writes beside them. */
export interface Stage {
  readonly root: string;
  /** The prompt files: where they are in the copy, and what they are called in the corpus. */
  readonly files: readonly { readonly path: string; readonly file: string }[];
  readonly [Symbol.dispose]: () => void;
}

const CORPUS = path.resolve(ROOT, '../shared/corpus');

/** Whether there are real files to look at. */
export function hasCorpus(): boolean {
  return existsSync(CORPUS);
}

/** Copies a family to a folder of its own with an empty evenkeel.yml. */
export function stageOf({ folder, files, suffix }: Family): Stage {
  const root = mkdtempSync(path.join(os.tmpdir(), 'evenkeel-conformance-'));
  cpSync(path.join(CORPUS, folder), root, { recursive: true });
  writeFileSync(path.join(root, 'evenkeel.yml'), 'formatVersion: 1\n');
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => file !== 'evenkeel.yml' && files.test(file))
    .sort();
  return {
    root,
    files: found.map((file) => {
      if (suffix === undefined || isPromptFile(file)) return { path: file, file };
      renameSync(path.join(root, file), path.join(root, `${file}${suffix}`));
      return { path: `${file}${suffix}`, file };
    }),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}
