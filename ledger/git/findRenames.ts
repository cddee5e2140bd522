import type { Capabilities } from '../../safety/index.ts';
import { runGit } from './runGit.ts';

/** A commit and, of a merge, the parent that it is held against. */
export interface RenameQuestion {
  readonly commit: string;
  readonly parent?: string;
}

/** New path → old path of what a commit renamed, as git finds it by likeness; both from the repository's top. */
export type Renames = ReadonlyMap<string, string>;

/** What each commit renamed, in the order asked: commits against their one parent by one process, merges by one each. */
export async function findRenames(
  cwd: string,
  capabilities: Capabilities,
  questions: readonly RenameQuestion[],
): Promise<readonly Renames[]> {
  const plain = [...new Set(questions.filter(({ parent }) => parent === undefined).map(({ commit }) => commit))];
  const found = new Map<string, Renames>();
  if (plain.length) {
    const { out } = await runGit(cwd, capabilities, [...DIFF_TREE, '--stdin'], { input: `${plain.join('\n')}\n` });
    for (const [commit, renames] of parseRenames(out)) found.set(commit, renames);
  }
  const answers: Renames[] = [];
  for (const { commit, parent } of questions) {
    if (parent === undefined) answers.push(found.get(commit) ?? NONE);
    else {
      const { out } = await runGit(cwd, capabilities, [...DIFF_TREE, parent, commit]);
      answers.push(parseRenames(out).get('') ?? NONE);
    }
  }
  return answers;
}

const NONE: Renames = new Map();
const DIFF_TREE: readonly string[] = [
  'diff-tree',
  '-r',
  '-M',
  '-m',
  '-l1000',
  '--diff-filter=R',
  '--raw',
  '-z',
  '--no-abbrev',
  '--no-color',
  '--no-ext-diff',
];

/** By commit; under the empty name what stands before the first. */
function parseRenames(out: Buffer): ReadonlyMap<string, Renames> {
  const tokens = out.toString('utf8').split('\0');
  const found = new Map<string, Map<string, string>>();
  let commit = '';
  for (let at = 0; at < tokens.length; at++) {
    const token = (tokens[at] ?? '').replace(/^\n/, '');
    if (token.startsWith(':')) {
      const of = found.get(commit) ?? new Map<string, string>();
      const [old = '', path = ''] = tokens.slice(at + 1, at + 3);
      if (!of.has(path)) found.set(commit, of.set(path, old)); // of a merge the first parent that tells counts
      at += 2;
    } else if (token !== '') commit = token;
  }
  return found;
}
