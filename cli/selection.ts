import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promptIdsIn } from '../ledger/index.ts';
import { type EvenkeelConfig, isPartialFile, isPromptFile, promptIdOf, splitPromptId } from '../prompts-schema/index.ts';
import { type Capabilities, UserError } from '../safety/index.ts';
import { findRoot, loadConfig, openWorkspace, type Workspace, wantedPrompts, wantedTemplates } from '../workspace/index.ts';

/** One prompt that a command is about. */
export interface Selected {
  readonly workspace: Workspace;
  readonly promptId: string;
  /** The path of the file itself was given, not that of a folder. */
  readonly named: boolean;
}

/**
 * The prompts under the paths given (files, folders, or `file#name` for one of several prompts of a file; the working directory without
 * any), each with its root. Of folders, what evenkeel.yml does not take for prompts is left out. Throws a UserError where nothing is found.
 */
export async function selectPrompts(paths: readonly string[], cwd: string, capabilities: Capabilities): Promise<readonly Selected[]> {
  const found = await findPrompts(paths, cwd, capabilities);
  if (found.length) return found;
  const where = paths.join(', ') || 'this folder';
  if ((await findPromptFiles(paths, cwd, capabilities, EVERYTHING)).length)
    throw new UserError(
      'usage',
      `evenkeel.yml takes no prompt file under ${where} for a prompt. Correct its prompts.include and prompts.exclude, or name a file.`,
    );
  throw new UserError('usage', `No prompt files (*.prompt.yml) under ${where}. Write a first one with evenkeel init.`);
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
  const files = await findPromptFiles(paths, cwd, capabilities, PROMPTS);
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

/** The prompt files and partials under the paths given, for those who look at files as a whole; of `file#name` the file. */
export async function selectFiles(paths: readonly string[], cwd: string, capabilities: Capabilities): Promise<readonly Selected[]> {
  const found = await findPromptFiles(paths, cwd, capabilities, TEMPLATES);
  if (found.length === 0) return selectPrompts(paths, cwd, capabilities);
  const files = found.map((file) => ({ ...file, promptId: splitPromptId(file.promptId).file }));
  return files.filter(
    ({ workspace, promptId }, at) => files.findIndex((one) => one.workspace === workspace && one.promptId === promptId) === at,
  );
}

/** Which files a command is about. */
interface Wanted {
  readonly isOne: (path: string) => boolean;
  /** Those of a root. */
  readonly below: (workspace: Workspace, config: EvenkeelConfig) => Promise<readonly string[]>;
}

const PROMPTS: Wanted = { isOne: isPromptFile, below: wantedPrompts };
const TEMPLATES: Wanted = { isOne: (path) => isPromptFile(path) || isPartialFile(path), below: wantedTemplates };
const EVERYTHING: Wanted = { isOne: isPromptFile, below: (workspace) => workspace.promptFiles() };

async function findPromptFiles(
  paths: readonly string[],
  cwd: string,
  capabilities: Capabilities,
  wanted: Wanted,
): Promise<readonly Selected[]> {
  const workspaces = new Map<string, Workspace>();
  const found = new Map<string, Selected>();
  for (const given of paths.length ? paths : ['.']) {
    const written = path.resolve(cwd, given);
    const { file: absolute, name } = (await stat(written).catch(() => undefined))
      ? { file: written, name: undefined }
      : splitPromptId(written);
    const kind = await stat(absolute).catch(() => undefined);
    if (!kind || (name !== undefined && !wanted.isOne(absolute))) throw new UserError('usage', `There is no file or folder ${given}.`);
    const { path: root } = await findRoot(absolute, { cwd: kind.isDirectory() ? absolute : path.dirname(absolute) });
    const workspace = workspaces.get(root) ?? (await openWorkspace({ root, capabilities }));
    workspaces.set(root, workspace);
    const named = !kind.isDirectory();
    for (const promptId of named
      ? [promptIdOf(fileId(workspace, absolute, given, wanted), name)]
      : await below(workspace, absolute, wanted))
      if (named || !found.has(`${root}\n${promptId}`)) found.set(`${root}\n${promptId}`, { workspace, promptId, named });
  }
  return [...found.values()];
}

async function below(workspace: Workspace, folder: string, wanted: Wanted): Promise<readonly string[]> {
  const prefix = workspace.relative(folder);
  const all = await wanted.below(workspace, (await loadConfig(workspace)).config);
  return prefix ? all.filter((file) => file.startsWith(`${prefix}/`)) : all;
}

function fileId(workspace: Workspace, absolute: string, given: string, { isOne }: Wanted): string {
  if (isPartialFile(absolute) && !isOne(absolute))
    throw new UserError('usage', `${given} is a partial: a part of other prompts, and none itself. Name a prompt that puts it in.`);
  if (!isOne(absolute)) throw new UserError('usage', `${given} is not a prompt file: those end in .prompt.yml or .prompt.yaml.`);
  const id = workspace.relative(absolute);
  if (id === undefined) throw new UserError('usage', `${given} leads outside its root.`);
  return id;
}
