import { posix } from 'node:path';
import type { RenameFile, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { companionMoves } from '../../ledger/index.ts';
import {
  isPartialFile,
  isPromptFile,
  type PromptDocument,
  parsePrompt,
  partialPaths,
  promptFormatOf,
  type TextChange,
} from '../../prompts-schema/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { fileReferences } from '../documents/fileReferences.ts';
import { partialNameFor } from '../documents/partialNames.ts';
import { uriOf } from '../documents/roots.ts';
import { lspRange } from '../positions.ts';

/** A file or folder that is about to be renamed; both paths from the root. */
export interface PathRename {
  readonly from: string;
  readonly to: string;
}

/** What the client can do with the answer, and when to stop. */
export interface RenameNeeds {
  /** Whether it renames files in an edit: lock files, baselines and reviews then follow their prompt. */
  readonly renamesFiles: boolean;
  /** The version of an open document; null for a file on disk. */
  readonly versionOf: (uri: string) => number | null;
  /** Called after every wait; throws when the answer is no longer wanted. */
  readonly check: () => void;
}

/** What else has to change when files or folders of a root are renamed: paths in prompts, names of partials, and the files that belong to a prompt. */
export async function fileRenames(workspace: Workspace, renames: readonly PathRename[], needs: RenameNeeds): Promise<WorkspaceEdit> {
  const edits: TextDocumentEdit[] = [];
  for (const path of await workspace.promptFiles()) {
    const file = await workspace.read(path);
    needs.check();
    if (!file.ok || (movedPath(path, renames) === path && !renames.some((rename) => isNamedIn(file.text, rename)))) continue;
    const document = parsePrompt(file.text, promptFormatOf(path));
    const changes = [...pathChanges(workspace, document, path, renames), ...(await partialChanges(workspace, document, path, renames))];
    needs.check();
    if (changes.length === 0) continue;
    const uri = uriOf(workspace, path);
    edits.push({
      textDocument: { uri, version: needs.versionOf(uri) },
      edits: changes.map(({ range, newText }) => ({ range: lspRange(document.lines, range), newText })),
    });
  }
  const moves = needs.renamesFiles ? await followers(workspace, renames) : [];
  return { documentChanges: [...edits, ...moves] };
}

/** Whether a text could name what is renamed: most files are read no further. */
function isNamedIn(text: string, { from }: PathRename): boolean {
  const name = posix.basename(from);
  return text.includes(isPartialFile(from) ? name.replace(/^_|\.prompt$/gi, '') : name);
}

function pathChanges(workspace: Workspace, document: PromptDocument, path: string, renames: readonly PathRename[]): readonly TextChange[] {
  const from = movedPath(path, renames);
  return fileReferences(document).flatMap(({ value, range }) => {
    const target = workspace.resolve(path, value);
    if (target === undefined) return [];
    const to = movedPath(target, renames);
    if (to === target && from === path) return [];
    const newText = relativePath(from, to, value.startsWith('./') || value.startsWith('../'));
    const at = document.text.slice(range.start, range.end).indexOf(value);
    if (posix.normalize(newText) === posix.normalize(value) || at < 0) return [];
    return [{ range: { start: range.start + at, end: range.start + at + value.length }, newText }];
  });
}

async function partialChanges(
  workspace: Workspace,
  { partials, text }: PromptDocument,
  path: string,
  renames: readonly PathRename[],
): Promise<readonly TextChange[]> {
  const changes: TextChange[] = [];
  const from = movedPath(path, renames);
  for (const { name, range } of partials ?? []) {
    const file = await partialFile(workspace, path, name);
    const to = file === undefined ? undefined : movedPath(file, renames);
    if (to === undefined || (to === file && from === path) || !isPartialFile(to)) continue;
    const newText = partialNameFor(to, from);
    const at = text.indexOf(name, range.start);
    if (newText !== name && at >= 0 && at < range.end) changes.push({ range: { start: at, end: at + name.length }, newText });
  }
  return changes;
}

async function partialFile(workspace: Workspace, promptPath: string, name: string): Promise<string | undefined> {
  for (const written of partialPaths(promptPath, name)) {
    const path = workspace.resolve(promptPath, written);
    if (path !== undefined && (await workspace.stat(path))) return path;
  }
  return undefined;
}

/** A prompt that moves with its folder has everything with it already. */
async function followers(workspace: Workspace, renames: readonly PathRename[]): Promise<readonly RenameFile[]> {
  const prompts = renames.filter(({ from, to }) => isPromptFile(from) && isPromptFile(to));
  const moves = await Promise.all(prompts.map(({ from, to }) => companionMoves(workspace, from, to)));
  return moves.flat().map((move) => ({
    kind: 'rename',
    oldUri: uriOf(workspace, move.from),
    newUri: uriOf(workspace, move.to),
    options: { overwrite: false, ignoreIfExists: true },
  }));
}

function movedPath(path: string, renames: readonly PathRename[]): string {
  for (const { from, to } of renames) {
    if (path === from) return to;
    if (path.startsWith(`${from}/`)) return to + path.slice(from.length);
  }
  return path;
}

function relativePath(from: string, to: string, dotted: boolean): string {
  const way = posix.relative(posix.dirname(from), to);
  return dotted && !way.startsWith('../') ? `./${way}` : way;
}
