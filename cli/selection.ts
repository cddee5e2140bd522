import { stat } from 'node:fs/promises';
import path from 'node:path';
import { isPromptFile } from '../prompts-schema/index.ts';
import { type Capabilities, UserError } from '../safety/index.ts';
import { findRoot, openWorkspace, type Workspace } from '../workspace/index.ts';

/** One prompt file that a command is about. */
export interface Selected {
  readonly workspace: Workspace;
  readonly promptId: string;
  /** The path of the file itself was given, not that of a folder. */
  readonly named: boolean;
}

/** The prompt files under the paths given (files or folders; the working directory without any), each with its root. Throws a UserError where nothing is found. */
export async function selectPrompts(paths: readonly string[], cwd: string, capabilities: Capabilities): Promise<readonly Selected[]> {
  const found = await findPrompts(paths, cwd, capabilities);
  if (found.length) return found;
  throw new UserError(
    'usage',
    `No prompt files (*.prompt.yml) under ${paths.join(', ') || 'this folder'}. Write a first one with evenkeel init.`,
  );
}

/** The same, empty where nothing is found. */
export async function findPrompts(paths: readonly string[], cwd: string, capabilities: Capabilities): Promise<readonly Selected[]> {
  const workspaces = new Map<string, Workspace>();
  const found = new Map<string, Selected>();
  for (const given of paths.length ? paths : ['.']) {
    const absolute = path.resolve(cwd, given);
    const kind = await stat(absolute).catch(() => undefined);
    if (!kind) throw new UserError('usage', `There is no file or folder ${given}.`);
    const { path: root } = await findRoot(absolute, { cwd: kind.isDirectory() ? absolute : path.dirname(absolute) });
    const workspace = workspaces.get(root) ?? (await openWorkspace({ root, capabilities }));
    workspaces.set(root, workspace);
    const named = !kind.isDirectory();
    for (const promptId of named ? [fileId(workspace, absolute, given)] : await below(workspace, absolute))
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
