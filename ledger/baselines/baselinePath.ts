import { isPromptFile, sha256Hex } from '../../prompts-schema/index.ts';

/** Name of the folder beside a prompt that holds its baselines and reviews. */
export const BASELINES_FOLDER = '__baselines__';

/** The file of a prompt id, and the name inside it where the file holds several prompts. */
export function splitPromptId(promptId: string): { readonly file: string; readonly name?: string } {
  const at = isPromptFile(promptId) ? -1 : promptId.indexOf('#');
  return at < 0 ? { file: promptId } : { file: promptId.slice(0, at), name: promptId.slice(at + 1) };
}

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

/**
 * Percent-encodes the UTF-8 bytes of everything but `a-z`, `0-9`, `.`, `_` and `-`: capitals too, because `GPT-4` and `gpt-4` are one file
 * on many disks. The result always stands between a prompt's name and `.json`, so that it need not fear reserved names or a dot at the
 * end. What would be too long for a file name ends in `~` and a hash instead.
 */
function pathSafe(text: string): string {
  const safe = [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[a-z0-9._-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
  return safe.length <= LONGEST ? safe : `${safe.slice(0, LONGEST - 17)}~${sha256Hex(text).slice(0, 16)}`;
}

/** File names may have 255 bytes: this leaves room for a prompt's own name. */
const LONGEST = 80;
