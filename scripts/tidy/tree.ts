import fs from 'node:fs';
import path from 'node:path';
import { ALLOWED_IMPORTS, CODE_FOLDERS } from '../house.ts';
import { type Import, importsOf } from './importsOf.ts';
import { type Literal, maskSource } from './maskSource.ts';

/** One file of ours, read once for all rules. */
export interface SourceFile {
  /** From the root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** The text with the contents of comments, strings and regexes blanked out. */
  readonly masked: string;
  readonly literals: readonly Literal[];
  readonly imports: readonly Import[];
}

/** What the rules look at: our code, and by name any other file of the repository. */
export interface Tree {
  readonly files: readonly SourceFile[];
  /** A file's text; undefined when it is not there. */
  read(file: string): string | undefined;
  /** The names in a folder, folders with a `/` at the end; empty when it is not there. */
  list(folder: string): readonly string[];
}

/** Something out of order; `line` counts from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** A rule of the house: what it finds in a tree. */
export type Rule = (tree: Tree) => readonly Problem[];

/** The room that a file belongs to; undefined for tests, scripts and what lies at the root. */
export function roomOf(file: string): string | undefined {
  const first = file.split('/')[0] ?? '';
  return Object.hasOwn(ALLOWED_IMPORTS, first) ? first : undefined;
}

/** The path from the root that a relative import names; undefined for packages and built-ins. */
export function resolveImport(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(from), specifier) : undefined;
}

/** Whether a file, or a folder without its `/`, is there. */
export function exists(tree: Tree, file: string): boolean {
  const clean = path.posix.normalize(file).replace(/\/$/, '');
  if (clean === '.') return true;
  const names = tree.list(path.posix.dirname(clean));
  return names.includes(path.posix.basename(clean)) || names.includes(`${path.posix.basename(clean)}/`);
}

/** The repository on disk. */
export function readTree(root: string): Tree {
  const files: SourceFile[] = [];
  const list = (folder: string): readonly string[] => {
    const where = path.join(root, folder);
    if (!fs.existsSync(where)) return [];
    return fs.readdirSync(where, { withFileTypes: true }).map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  };
  const visit = (folder: string): void => {
    for (const name of list(folder)) {
      const file = `${folder}/${name}`;
      if (name.endsWith('/')) {
        if (!['node_modules/', 'dist/', 'fixtures/'].includes(name)) visit(file.slice(0, -1));
      } else if (isCode(name)) files.push(sourceFile(file, fs.readFileSync(path.join(root, file), 'utf8')));
    }
  };
  for (const folder of CODE_FOLDERS) visit(folder);
  return {
    files,
    list,
    read: (file) => (fs.existsSync(path.join(root, file)) ? fs.readFileSync(path.join(root, file), 'utf8') : undefined),
  };
}

/** A tree made of path → text, for tests. */
export function treeOf(texts: Readonly<Record<string, string>>): Tree {
  const names = Object.keys(texts);
  return {
    files: names.filter(isCode).map((name) => sourceFile(name, texts[name] ?? '')),
    read: (file) => (Object.hasOwn(texts, file) ? texts[file] : undefined),
    list(folder) {
      const prefix = folder === '.' || folder === '' ? '' : `${folder}/`;
      const inside = names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
      return [...new Set(inside.map((name) => (name.includes('/') ? `${name.split('/')[0]}/` : name)))];
    },
  };
}

function sourceFile(file: string, text: string): SourceFile {
  const source = maskSource(text);
  return { path: file, text, ...source, imports: importsOf(text, source) };
}

function isCode(name: string): boolean {
  return /\.(ts|tsx|mjs|cjs|js)$/.test(name);
}
