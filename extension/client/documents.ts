/** Files that hold a prompt, its cases, or the settings of a root. */
export const PROMPT_GLOB =
  '**/{*.prompt.yml,*.prompt.yaml,*.prompt,*.prompty,promptfooconfig*.yaml,promptfooconfig*.yml,promptfooconfig*.json,promptfooconfig.js,promptfooconfig.cjs,promptfooconfig.mjs,promptfooconfig.ts,promptfooconfig.py}';
export const DATASET_GLOB = '**/*.cases.{jsonl,csv,yaml,yml,json}';
export const CONFIG_GLOB = '**/evenkeel.yml';

/** Whether a file of that path or address holds a prompt. */
export function isPromptFile(path: string): boolean {
  return /\.(?:prompt\.ya?ml|prompty)$|(?:^|[\\/])(?!_)[^\\/]+\.prompt$/i.test(path) || holdsSeveral(path);
}

/** Whether a file of that path holds several prompts: a name behind `#` says which is meant. */
export function holdsSeveral(path: string): boolean {
  return /(?:^|[\\/])promptfooconfig(?:[._-][^\\/#]*)?\.(?:ya?ml|json|[cm]?[jt]s|py)$/i.test(path);
}
