import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

/** A folder with these files for the tests of one file; removed after the last of them. */
export function workspaceOf(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'evenkeel-workspace-')));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
