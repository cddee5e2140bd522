import type { PromptFormat } from '../../prompts-schema/index.ts';

/** Real files of one format. */
export interface Family {
  readonly format: PromptFormat;
  /** Below the corpus. */
  readonly folder: string;
  /** Which files of the folder are prompts. */
  readonly files: RegExp;
  /** What is put behind the name of a file that does not call itself a prompt of the format. */
  readonly suffix?: string;
  /** Fewer files say nothing. */
  readonly least: number;
}

export const FAMILIES: readonly Family[] = [
  { format: 'native', folder: 'github-models', files: /\.ya?ml$/, suffix: '.prompt.yml', least: 35 },
  { format: 'prompty', folder: 'prompty', files: /\.prompty$/, least: 90 },
  { format: 'dotprompt', folder: 'dotprompt', files: /(?:^|\/)(?!_)[^/]+\.prompt$/, least: 40 },
  { format: 'promptfoo', folder: 'promptfoo', files: /(?:^|\/)promptfooconfig[^/]*\.(?:ya?ml|json|[cm]?[jt]s|py)$/, least: 50 },
];
