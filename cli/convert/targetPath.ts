import path from 'node:path';
import { splitPromptId } from '../../prompts-schema/index.ts';
import { UserError } from '../../safety/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** What of `--out` a conversion goes by. */
export interface OutOption {
  /** As given; undefined where the native file goes beside its source. */
  readonly out: string | undefined;
  readonly cwd: string;
  /** Several prompts are converted: `--out` is their folder. */
  readonly several: boolean;
}

/** Root-relative path of the native file of a prompt. Throws UserError('usage') where `--out` cannot be meant. */
export function targetPath(workspace: Workspace, promptId: string, { out, cwd, several }: OutOption): string {
  const { file, name } = splitPromptId(promptId);
  const base = path.posix
    .basename(file)
    .replace(/\.(?:prompty|prompt|ya?ml|json|[cm]?[jt]s|py)$/i, '')
    .replace(/\.prompt$/i, '');
  const named = name === undefined ? base : `${base}.${wordOf(name)}`;
  const own = `${named}.prompt.yml`;
  if (out === undefined) return path.posix.join(path.posix.dirname(file), own);
  const isFile = /\.prompt\.ya?ml$/i.test(out);
  if (isFile && several) throw new UserError('usage', '--out names one file, and several prompts are converted. Name a folder.');
  const absolute = path.resolve(cwd, out);
  const within = absolute === workspace.root ? '' : workspace.relative(absolute);
  if (within === undefined) throw new UserError('usage', `--out ${out} leads outside the root of the prompt, ${workspace.root}.`);
  return isFile ? within : path.posix.join(within, own);
}

/** A path as the source writes it, as a file in another folder has to write it; one that leads outside stays as it is. */
export function relocated(workspace: Workspace, source: string, target: string, written: string): string {
  const resolved = workspace.resolve(splitPromptId(source).file, written);
  if (resolved === undefined) return written;
  const way = path.posix.relative(path.posix.dirname(target), resolved);
  return way.startsWith('.') ? way : `./${way}`;
}

/** A name as part of a file's name. */
function wordOf(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 60) || 'prompt'
  );
}
