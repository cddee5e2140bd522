import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../safety/index.ts';
import { ROOT } from './bootstrap.mjs';

/** The library's entry; its types stand there alone. */
const ENTRY = 'cli/library.ts';

/** The type declarations of the npm package, in one file that imports nothing. Throws a UserError where they would need another. */
export function libraryDeclarations(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'evenkeel-types-'));
  try {
    const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    const config = path.join(folder, 'tsconfig.json');
    // What is wrong in the code is the check's to tell; here only the declarations are written.
    const options = {
      composite: false,
      incremental: false,
      declaration: true,
      emitDeclarationOnly: true,
      noCheck: true,
      rootDir: ROOT,
      outDir: folder,
    };
    const types = { types: ['node'], typeRoots: [path.join(ROOT, 'node_modules/@types')] };
    const content = {
      extends: path.join(ROOT, 'tsconfig.base.json'),
      compilerOptions: { ...options, ...types },
      files: [path.join(ROOT, ENTRY)],
    };
    fs.writeFileSync(config, JSON.stringify(content));
    execFileSync(process.execPath, [tsc, '-p', config], { cwd: ROOT, stdio: 'pipe' });
    const text = fs.readFileSync(path.join(folder, ENTRY.replace(/\.ts$/, '.d.ts')), 'utf8');
    const needed = /^.*(?:\bfrom ['"]|\bimport\().*$/m.exec(text.replace(/\/\*[\s\S]*?\*\//g, ''))?.[0];
    if (needed) throw new UserError('configuration', `The declarations of ${ENTRY} need another file: ${needed.trim()}`);
    return text;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
