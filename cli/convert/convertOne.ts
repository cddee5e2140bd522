import { loadPrompt, requireWhole } from '../../ledger/index.ts';
import {
  type ConversionNote,
  type Converted,
  convertPrompt,
  isPromptFile,
  LineIndex,
  parsePrompt,
  splitPromptId,
} from '../../prompts-schema/index.ts';
import { UserError } from '../../safety/index.ts';
import type { Selected } from '../selection.ts';
import { relocated } from './targetPath.ts';

/** A prompt in its native form with the lines of what was left behind. */
export type ConvertedFile =
  | { readonly status: 'converted'; readonly text: string; readonly notes: readonly PlacedNote[] }
  | { readonly status: 'native' }
  | { readonly status: 'refused'; readonly message: string; readonly line: number | undefined };

export interface PlacedNote {
  /** In the source. */
  readonly line: number | undefined;
  readonly message: string;
}

/**
 * Converts a prompt as it is on the disk; `target` is where the native file is to be, root-relative. A YAML file that is no prompt by its name may
 * be GitHub's form under another name: then its text is the native one. Throws a UserError for what cannot be read.
 */
export async function convertOne({ workspace, promptId }: Selected, target: string): Promise<ConvertedFile> {
  const { file } = splitPromptId(promptId);
  if (!isPromptFile(file)) return underItsName(await textOf({ workspace, promptId }), promptId);
  const { document, facts, cases } = await loadPrompt(workspace, promptId);
  const relocate = (written: string): string => relocated(workspace, promptId, target, written);
  return placed(convertPrompt({ document, facts, cases, relocate }), document.text);
}

function underItsName(text: string, promptId: string): ConvertedFile {
  const document = parsePrompt(text);
  requireWhole(document, promptId);
  return {
    status: 'converted',
    text,
    notes: document.issues.map(({ range, message }) => ({ line: document.lines.lineNumber(range.start), message })),
  };
}

async function textOf({ workspace, promptId }: Pick<Selected, 'workspace' | 'promptId'>): Promise<string> {
  const file = await workspace.read(promptId);
  if (file.ok) return file.text;
  throw new UserError('configuration', `The file cannot be read: ${file.message}`, { file: promptId });
}

function placed(converted: Converted, text: string): ConvertedFile {
  if (converted.status === 'native') return converted;
  const lines = new LineIndex(text);
  const lineOf = (range: ConversionNote['range']): number | undefined => range && lines.lineNumber(range.start);
  if (converted.status === 'refused') return { status: 'refused', message: converted.message, line: lineOf(converted.range) };
  return { ...converted, notes: converted.notes.map(({ range, message }) => ({ line: lineOf(range), message })) };
}
