import { splitPromptId } from '../../prompts-schema/index.ts';
import { pathSafe } from '../pathSafe.ts';

/** Name of the folder beside a prompt that holds its baselines and reviews. */
export const BASELINES_FOLDER = '__baselines__';

/** Root-relative path of the folder that holds a prompt's baselines. */
export function baselinesFolder(promptId: string): string {
  const { file } = splitPromptId(promptId);
  return `${file.slice(0, file.lastIndexOf('/') + 1)}${BASELINES_FOLDER}`;
}

/**
 * Root-relative path of the baseline of a prompt and a model: `prompts/__baselines__/triage.prompt.yml@anthropic%2Fclaude-haiku-4-5.json`.
 * No two models share a path, also where the disk does not tell upper from lower case.
 */
export function baselinePath(promptId: string, model: string): string {
  return `${baselinesFolder(promptId)}/${baselinePrefix(promptId)}${pathSafe(model)}.json`;
}

/** What the names of all baselines of a prompt begin with; names of other prompts begin otherwise, since a model never holds an `@`. */
export function baselinePrefix(promptId: string): string {
  return `${stem(promptId)}@`;
}

/** Root-relative path of a prompt's reviews. */
export function reviewsPath(promptId: string): string {
  return `${baselinesFolder(promptId)}/${stem(promptId)}.reviews.jsonl`;
}

/** The prompt file's own name, which its disk has proved to be one; a `#` of ours can be no `%23` of a file's. */
function stem(promptId: string): string {
  const { file, name } = splitPromptId(promptId);
  const own = file.slice(file.lastIndexOf('/') + 1).replaceAll('%', '%25');
  return name === undefined ? own : `${own}%23${pathSafe(name)}`;
}
