import type { PromptDocument, PromptFormat } from '../document.ts';
import { parseNative } from './native/parseNative.ts';

/** One row a format: which files are of it, and how they are read. */
interface Format {
  readonly format: PromptFormat;
  readonly files: RegExp;
  readonly parse: (text: string) => PromptDocument;
}

const FORMATS: readonly Format[] = [{ format: 'native', files: /(?:^|[\\/])[^\\/]*\.prompt\.ya?ml$/i, parse: parseNative }];

/** Whether the path is one of a prompt file, by its name alone. */
export function isPromptFile(path: string): boolean {
  return promptFormatOf(path) !== undefined;
}

/** The format that a file of this name is in, or undefined when it is no prompt file. */
export function promptFormatOf(path: string): PromptFormat | undefined {
  return FORMATS.find(({ files }) => files.test(path))?.format;
}

/** Reads any text whatever as a prompt: what cannot be read is among the issues. Never throws. */
export function parsePrompt(text: string, format: PromptFormat = 'native'): PromptDocument {
  return (FORMATS.find((row) => row.format === format)?.parse ?? parseNative)(text);
}
