import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promptIdsIn } from '../ledger/index.ts';
import { isPromptFile, promptIdOf, splitPromptId } from '../prompts-schema/index.ts';
import { type Capabilities, UserError } from '../safety/index.ts';
import { findRoot, openWorkspace, type Workspace } from '../workspace/index.ts';

/** One prompt that a command is about. */
export interface Selected {
  readonly workspace: Workspace;
  readonly promptId: string;
  /** The path of the file itself was given, not that of a folder. */
  readonly named: boolean;
}

/**
 * The prompts under the paths given (files, folders, or `file#name` for one of several prompts of a file; the working directory without
 * any), each with its root. Throws a UserError where nothing is found.
 */
export async function selectPrompts(paths: readonly string[], cwd: string, capabilities: Capabilities): Promise<readonly Selected[]> {
  const found = await findPrompts(paths, cwd, capabilities);
  if (found.length) return found;
  throw new UserError(
    'usage',
    `No prompt files (*.prompt.yml) under ${paths.join(', ') || 'this folder'}. Write a first one with evenkeel init.`,
  );
}

/** The one prompt that a command is about. Throws UserError('usage') where the paths hold none or several. */
export async function selectOne(command: string, paths: readonly string[], cwd: string, capabilities: Capabilities): Promise<Selected> {
  const found = await selectPrompts(paths, cwd, capabilities);
  const [prompt] = found;
  if (prompt && found.length === 1) return prompt;
  const names = found.map(({ promptId }) => promptId);
  const shown = names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), `and ${names.length - MOST_NAMES} more`] : names;
  throw new UserError('usage', `evenkeel ${command} is about one prompt; here are ${shown.join(', ')}. Name one.`);
}

const MOST_NAMES = 8;

/** Like selectPrompts, empty where nothing is found. */
export async function findPrompts(paths: readonly string[], cwd: string, capabilities: Capabilities): Promise<readonly Selected[]> {
  const files = await findPromptFiles(paths, cwd, capabilities);
  const found = await Promise.all(
    files.map(async (file) => {
      if (splitPromptId(file.promptId).name !== undefined) return [file];
      const ids = await promptIdsIn(file.workspace, file.promptId);
      // a file that was named and holds none says why when it is run
      return ids.length === 0 && file.named ? [file] : ids.map((promptId) => ({ ...file, promptId }));
    }),
  );
  return found.flat();
}

/** The prompt files under the paths given, for those who look at files as a whole; of `file#name` the file. */
export async function selectFiles(paths: readonly string[], cwd: string, capabilities: Capabilities): Promise<readonly Selected[]> {
  const found = await findPromptFiles(paths, cwd, capabilities);
  if (found.length === 0) return selectPrompts(paths, cwd, capabilities);
  const files = found.map((file) => ({ ...file, promptId: splitPromptId(file.promptId).file }));
  return files.filter(
    ({ workspace, promptId }, at) => files.findIndex((one) => one.workspace === workspace && one.promptId === promptId) === at,
  );
}

async function findPromptFiles(paths: readonly string[], cwd: string, capabilities: Capabilities): Promise<readonly Selected[]> {
  const workspaces = new Map<string, Workspace>();
  const found = new Map<string, Selected>();
  for (const given of paths.length ? paths : ['.']) {
    const written = path.resolve(cwd, given);
    const { file: absolute, name } = (await stat(written).catch(() => undefined))
      ? { file: written, name: undefined }
      : splitPromptId(written);
    const kind = await stat(absolute).catch(() => undefined);
    if (!kind || (name !== undefined && !isPromptFile(absolute))) throw new UserError('usage', `There is no file or folder ${given}.`);
    const { path: root } = await findRoot(absolute, { cwd: kind.isDirectory() ? absolute : path.dirname(absolute) });
    const workspace = workspaces.get(root) ?? (await openWorkspace({ root, capabilities }));
    workspaces.set(root, workspace);
    const named = !kind.isDirectory();
    for (const promptId of named ? [promptIdOf(fileId(workspace, absolute, given), name)] : await below(workspace, absolute))
      if (named || !found.has(`${root}\n${promptId}`)) found.set(`${root}\n${promptId}`, { workspace, promptId, named });
  }
  return [...found.values()];
}

async function below(workspace: Workspace, folder: string): Promise<readonly string[]> {
  const prefix = workspace.relative(folder);
  const all = await workspace.promptFiles();
  return prefix ? all.filter((file) => file.startsWith(`${prefix}/`)) : all;
}

function fileId(workspace: Workspace, absolute: string, given: string): string {
  if (!isPromptFile(absolute)) throw new UserError('usage', `${given} is not a prompt file: those end in .prompt.yml or .prompt.yaml.`);
  const id = workspace.relative(absolute);
  if (id === undefined) throw new UserError('usage', `${given} leads outside its root.`);
  return id;
}
