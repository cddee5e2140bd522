import { holdsSeveral, isPromptFile } from './formats/index.ts';

/** The file of a prompt id, and the name inside it where the file holds several prompts. */
export function splitPromptId(promptId: string): { readonly file: string; readonly name?: string } {
  const last = promptId.lastIndexOf('#'); // no name of a prompt holds another one
  const at = holdsSeveral(promptId.slice(0, Math.max(last, 0))) ? last : isPromptFile(promptId) ? -1 : promptId.indexOf('#');
  return at < 0 ? { file: promptId } : { file: promptId.slice(0, at), name: promptId.slice(at + 1) };
}

/** Root-relative path of the lock file of a prompt: beside its file and named after the whole of its name, one for all prompts of a file. */
export function lockPath(promptId: string): string {
  return `${splitPromptId(promptId).file}.lock`;
}

/** The prompt id of one of several prompts of a file. */
export function promptIdOf(file: string, name: string | undefined): string {
  return name === undefined ? file : `${file}#${name}`;
}
