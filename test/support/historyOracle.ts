import { execFileSync } from 'node:child_process';
import { posix } from 'node:path';
import {
  fingerprintPrompt,
  namedSchemaOf,
  type PromptDocument,
  parsePrompt,
  promptFormatOf,
  type Reference,
} from '../../prompts-schema/index.ts';
import type { Json, JsonObject } from '../../safety/index.ts';

/** What the oracle says of one commit, in the fields of a history entry that a test compares. */
export interface OracleEntry {
  readonly commit: string;
  readonly path: string;
  readonly fingerprint: string;
  readonly version: string | undefined;
  readonly model: string | undefined;
  readonly changed: readonly string[];
  readonly edit: boolean;
  /** The nearest entries before it, sorted. */
  readonly parents: readonly string[];
}

/**
 * The history of a prompt from `git log -p`: every commit's files by replaying the patches against the first parent, then the commits that
 * changed the prompt, walked over the whole graph. Slow and plain on purpose; shares no code with what it is held against but the reading of one
 * text. `root` is a folder of the repository, `path` counts from there.
 */
export function oracleHistory(root: string, path: string): readonly OracleEntry[] {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', root, '-c', 'core.quotePath=true', ...args], {
      encoding: 'latin1',
      maxBuffer: 2 ** 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const prefix = git('rev-parse', '--show-prefix').trim();
  const order = git('log', '--topo-order', '--format=%H %P', 'HEAD')
    .trim()
    .split('\n')
    .map((line) => line.split(' ').filter(Boolean));
  const parentsOf = new Map(order.map(([commit = '', ...parents]) => [commit, parents]));
  const trees = replay(
    git(
      'log',
      '-p',
      '--topo-order',
      '--reverse',
      '--no-renames',
      '--diff-merges=first-parent',
      '--no-color',
      '--no-ext-diff',
      '--root',
      '--full-index',
      '--text',
      '--format=%x01%H',
      'HEAD',
    ),
    parentsOf,
  );
  const renamed = (parent: string, commit: string, to: string): string | undefined => {
    const lines = git('diff', '-M', '-l1000', '--name-status', '--diff-filter=R', '-z', parent, commit).split('\0');
    for (let at = 0; at + 2 < lines.length; at += 3) if (utf8(lines[at + 2] ?? '') === to) return utf8(lines[at + 1] ?? '');
    return undefined;
  };

  /** Everything that the prompt at a path is in a commit; undefined where it is not there. */
  const stateOf = (commit: string, at: string): State | undefined => {
    const files = trees.get(commit) ?? new Map<string, string>();
    const text = files.get(at);
    if (text === undefined) return undefined;
    const document = parsePrompt(utf8(text).replace(/^\uFEFF/, ''), promptFormatOf(at) ?? promptFormatOf(path));
    const read = (written: string): string | undefined => files.get(latin1(posix.join(posix.dirname(at), written)));
    const partials = promptFormatOf(at) === 'dotprompt' ? partialsOf(text, posix.dirname(at), prefix.replace(/\/$/, ''), files) : undefined;
    const key = JSON.stringify([at, text, ...references(document).map(read), ...(partials ?? [])]);
    return { path: at, key, ...meaningOf(document, read, partials) };
  };
  const here = (at: string): string => (at.startsWith(prefix) ? at.slice(prefix.length) : posix.relative(prefix, at));

  const found = new Map<string, Omit<OracleEntry, 'parents'>>();
  /** Commits with the path under which they made an entry. */
  const made = new Set<string>();
  const next = new Map<string, readonly string[]>();
  const waiting = new Map<string, Set<string>>([[order[0]?.[0] ?? '', new Set([latin1(prefix + path)])]]);
  for (const [commit = ''] of order)
    for (const at of waiting.get(commit) ?? []) {
      const parents = parentsOf.get(commit) ?? [];
      const state = stateOf(commit, at);
      const olds = parents.map((parent) => {
        const same = stateOf(parent, at);
        const old = state && !same ? renamed(parent, commit, utf8(at)) : undefined;
        return { parent, at: old === undefined ? at : latin1(old), state: old === undefined ? same : stateOf(parent, latin1(old)) };
      });
      const twin = olds.find((old) => old.state?.key === state?.key);
      const followed = twin ? [twin] : olds;
      next.set(
        `${commit} ${at}`,
        followed.map((old) => `${old.parent} ${old.at}`),
      );
      for (const old of followed) waiting.set(old.parent, (waiting.get(old.parent) ?? new Set()).add(old.at));
      if (!state || twin) continue;
      const before = olds[0]?.state;
      const isEdit = olds.every((old) => old.state?.fingerprint !== state.fingerprint);
      const changed = before ? differences(before, state) : EVERYTHING;
      if (olds.length > 1 ? !isEdit : !changed.length) continue;
      made.add(`${commit} ${at}`);
      if (found.has(commit)) continue;
      const { fingerprint, version, model } = state;
      found.set(commit, { commit, path: here(utf8(at)), fingerprint, version, model, changed, edit: before?.fingerprint !== fingerprint });
    }
  const reached = new Map<string, readonly string[]>();
  const reach = (key: string): readonly string[] => {
    const known = reached.get(key);
    if (known) return known;
    const commit = key.slice(0, key.indexOf(' '));
    const commits = made.has(key) ? [commit] : [...new Set((next.get(key) ?? []).flatMap(reach))];
    reached.set(key, commits);
    return commits;
  };
  return [...found.values()].map((entry) => {
    const key = [...made].find((each) => each.startsWith(`${entry.commit} `)) ?? '';
    return { ...entry, parents: [...new Set((next.get(key) ?? []).flatMap(reach))].sort() };
  });
}

interface State extends Meaning {
  readonly path: string;
  /** Equal when all texts are. */
  readonly key: string;
}

interface Meaning {
  readonly fingerprint: string;
  readonly parts: Readonly<Record<string, string>>;
  readonly version: string | undefined;
  readonly model: string | undefined;
}

interface FoundPartial {
  readonly path: string;
  readonly text: string;
}

type Partials = ReadonlyMap<string, FoundPartial | undefined>;

/** The partials of a template and those within them by name: each in the nearest folder that has it, up to the root. */
function partialsOf(template: string, folder: string, root: string, files: ReadonlyMap<string, string>): Partials {
  const found = new Map<string, FoundPartial | undefined>();
  const enter = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/\{\{~?>\s*(\w+)/g)) {
      if (found.has(name)) continue;
      const folders = [folder];
      for (let at = folder; at !== root && at !== '.' && at !== ''; ) {
        at = posix.dirname(at);
        folders.push(at);
      }
      const path = folders.map((at) => posix.join(at, `_${name}.prompt`)).find((each) => files.has(each));
      const text = path === undefined ? undefined : files.get(path);
      found.set(name, path === undefined || text === undefined ? undefined : { path, text });
      if (text !== undefined) enter(text);
    }
  };
  enter(template);
  return found;
}

function meaningOf(document: PromptDocument, read: (written: string) => string | undefined, partials?: Partials): Meaning {
  const json = (named: PromptDocument['tools'] | PromptDocument['outputSchema']): Json | undefined => {
    const text = named?.kind === 'file' ? read(named.path.value) : undefined;
    try {
      return text === undefined ? undefined : JSON.parse(utf8(text).replace(/^\uFEFF/, ''));
    } catch {
      return undefined;
    }
  };
  const schema = json(document.outputSchema);
  const named = schema && typeof schema === 'object' && !Array.isArray(schema) ? namedSchemaOf(schema as JsonObject, undefined) : undefined;
  const { fingerprint, parts } = fingerprintPrompt(document, {
    outputSchema: named && !('missing' in named) ? named : undefined,
    tools: json(document.tools),
    partials: partials && new Map([...partials].map(([name, found]) => [name, referenceOf(name, found?.text)])),
  });
  return { fingerprint, parts: { ...parts }, version: document.version?.value, model: document.model?.value };
}

function referenceOf(path: string, text: string | undefined): Reference<string> {
  return text === undefined ? { status: 'missing', path, message: '' } : { status: 'read', path, value: utf8(text) };
}

function references({ outputSchema, tools }: PromptDocument): readonly string[] {
  return [outputSchema, tools].flatMap((named) => (named?.kind === 'file' ? [named.path.value] : []));
}

const EVERYTHING = ['messages', 'tools', 'output', 'parameters', 'model', 'version', 'path'];

function differences(before: State, after: State): readonly string[] {
  return EVERYTHING.filter((what) => {
    if (what === 'model' || what === 'version' || what === 'path') return before[what] !== after[what];
    return before.parts[what] !== after.parts[what];
  });
}

/** Text as one character a byte, so that patches are replayed byte for byte. */
function latin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function utf8(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}

/** Applies the patches of `git log -p --reverse` on the files of each commit's first parent. Texts and paths are in one character a byte. */
function replay(log: string, parentsOf: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const trees = new Map<string, ReadonlyMap<string, string>>();
  for (const record of log.split('\x01').slice(1)) {
    const commit = record.slice(0, record.indexOf('\n'));
    const files = new Map(trees.get(parentsOf.get(commit)?.[0] ?? '') ?? []);
    for (const patch of record.split(/^diff --git /m).slice(1)) applyPatch(patch, files);
    trees.set(commit, files);
  }
  return trees;
}

function applyPatch(patch: string, files: Map<string, string>): void {
  const lines = patch.split('\n');
  const isLink = lines.some((line) => /^(?:new file mode |index .* )(?:120000|160000)$/.test(line));
  const name = (mark: string): string | undefined => {
    const line = lines
      .find((each) => each.startsWith(mark))
      ?.slice(mark.length)
      .replace(/\t$/, '');
    if (line === undefined || line === '/dev/null') return undefined;
    return unquote(line).replace(/^[ab]\//, '');
  };
  const [old, path] = [name('--- '), name('+++ ')];
  if (path === undefined) {
    // Without hunks: an empty file, which has no name lines either.
    const whole = unquote(/ ("?b\/.*)$/.exec(lines[0] ?? '')?.[1] ?? '').replace(/^b\//, '');
    if (old !== undefined || lines.some((line) => line.startsWith('deleted file'))) files.delete(old ?? whole);
    else if (lines.some((line) => line.startsWith('new file')) && !isLink) files.set(whole, '');
    return;
  }
  const before = splitLines(files.get(old ?? path) ?? '');
  const after: string[] = [];
  let at = 0;
  for (let index = 0; index < lines.length; index++) {
    const hunk = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@/.exec(lines[index] ?? '');
    if (!hunk) continue;
    const start = Number(hunk[1]) - (hunk[2] === '0' ? 0 : 1);
    while (at < start) after.push(before[at++] ?? '');
    for (index++; /^[-+ \\]/.test(lines[index] ?? ''); index++) {
      const line = lines[index] ?? '';
      const text = lines[index + 1]?.startsWith('\\') ? line.slice(1) : `${line.slice(1)}\n`;
      if (line.startsWith(' ')) after.push(before[at++] ?? '');
      else if (line.startsWith('-')) at++;
      else if (line.startsWith('+')) after.push(text);
    }
    index--;
  }
  while (at < before.length) after.push(before[at++] ?? '');
  if (isLink) files.delete(path);
  else files.set(path, after.join(''));
}

function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** A path as git writes it: in quotes with escapes where it holds anything unusual. */
function unquote(path: string): string {
  if (!path.startsWith('"')) return path;
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };
  return path
    .slice(1, -1)
    .replace(/\\([0-7]{3}|.)/g, (_, of: string) => (of.length === 3 ? String.fromCharCode(Number.parseInt(of, 8)) : (escapes[of] ?? of)));
}
