import type { PromptDocument, PromptFormat } from '../document.ts';
import { isConflict, mergeConflicts } from '../parse/mergeConflicts.ts';
import { parseDotprompt } from './dotprompt/parseDotprompt.ts';
import { parseNative } from './native/parseNative.ts';
import { readCodeConfig } from './promptfoo/codeConfig.ts';
import type { IncludedFiles } from './promptfoo/included.ts';
import { parsePromptfoo } from './promptfoo/parsePromptfoo.ts';
import { parsePrompty } from './prompty/parsePrompty.ts';
import type { SeveralPrompts } from './severalPrompts.ts';
import { sortedIssues } from './sortedIssues.ts';

/** One row a format: which files are of it, and how they are read. */
interface Format {
  readonly format: PromptFormat;
  readonly files: RegExp;
  /** The same for those who look for files. */
  readonly globs: readonly string[];
  readonly parse: (text: string) => PromptDocument;
  /** Of a format whose files hold several prompts. */
  readonly several?: (text: string, files: IncludedFiles) => SeveralPrompts;
}

const NO_FILES: IncludedFiles = new Map();

const FORMATS: readonly Format[] = [
  {
    format: 'native',
    files: /(?:^|[\\/])[^\\/]*\.prompt\.ya?ml$/i,
    globs: ['**/*.prompt.yml', '**/*.prompt.yaml'],
    parse: parseNative,
  },
  // a name that begins with `_` is a partial's: part of other prompts, and none itself
  { format: 'dotprompt', files: /(?:^|[\\/])(?!_)[^\\/]+\.prompt$/i, globs: ['**/[!_]*.prompt'], parse: parseDotprompt },
  { format: 'prompty', files: /(?:^|[\\/])[^\\/]+\.prompty$/i, globs: ['**/*.prompty'], parse: parsePrompty },
  {
    format: 'promptfoo',
    files: /(?:^|[\\/])promptfooconfig(?:[._-][^\\/#]*)?\.(?:ya?ml|json)$/i,
    globs: ['**/promptfooconfig*.{yaml,yml,json}'],
    parse: (text) => parsePromptfoo(text, NO_FILES).whole,
    several: parsePromptfoo,
  },
  {
    format: 'promptfoo',
    files: /(?:^|[\\/])promptfooconfig\.(?:[cm]?[jt]s|py)$/i,
    globs: ['**/promptfooconfig.{js,cjs,mjs,ts,cts,mts,py}'],
    parse: (text) => readCodeConfig(text).whole,
    several: readCodeConfig,
  },
];

/** Where prompt files may be, for those who look for them. */
export const PROMPT_GLOBS: readonly string[] = FORMATS.flatMap(({ globs }) => globs);

/** Whether the path is one of a prompt file, by its name alone. */
export function isPromptFile(path: string): boolean {
  return promptFormatOf(path) !== undefined;
}

/** The format that a file of this name is in, or undefined when it is no prompt file. */
export function promptFormatOf(path: string): PromptFormat | undefined {
  return FORMATS.find(({ files }) => files.test(path))?.format;
}

/** Whether the path is one of a partial: a template that others put in. */
export function isPartialFile(path: string): boolean {
  return /(?:^|[\\/])_[^\\/]+\.prompt$/i.test(path);
}

/** Reads any text whatever as a prompt: what cannot be read is among the issues. Never throws. */
export function parsePrompt(text: string, format: PromptFormat = 'native'): PromptDocument {
  const document = (FORMATS.find((row) => row.format === format)?.parse ?? parseNative)(text);
  const isTemplate = document.format !== 'native' && document.format !== 'promptfoo'; // what is no YAML says nothing of itself
  const conflicts = isTemplate && !document.issues.some(isConflict) ? mergeConflicts(text) : [];
  return conflicts.length ? { ...document, issues: sortedIssues([...conflicts, ...document.issues], document.lines) } : document;
}

/** Whether files of that path hold several prompts, so that a prompt id needs a name. */
export function holdsSeveral(path: string): boolean {
  return FORMATS.find(({ files }) => files.test(path))?.several !== undefined;
}

/**
 * The prompts of a file that holds several, with `files` put in: the texts of files that it names, as far as they were read. Undefined
 * for a file of one prompt.
 */
export function severalPrompts(path: string, text: string, files: IncludedFiles = NO_FILES): SeveralPrompts | undefined {
  return FORMATS.find((row) => row.files.test(path))?.several?.(text, files);
}
