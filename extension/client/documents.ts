/** Files that hold a prompt, its cases, or the settings of a root. */
export const PROMPT_GLOB = '**/*.prompt.{yml,yaml}';
export const DATASET_GLOB = '**/*.cases.{jsonl,csv,yaml,yml,json}';
export const CONFIG_GLOB = '**/evenkeel.yml';

/** Whether a file of that path or address holds a prompt. */
export function isPromptFile(path: string): boolean {
  return /\.prompt\.ya?ml$/i.test(path);
}
