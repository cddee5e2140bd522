import type { LineIndex, VariableOccurrence } from '../../prompts-schema/index.ts';

/** The places of one file that name a variable. */
export interface VariableFile {
  readonly uri: string;
  /** Root-relative. */
  readonly path: string;
  /** Of the open document; null for a file on disk. */
  readonly version: number | null;
  readonly text: string;
  readonly lines: LineIndex;
  readonly occurrences: readonly VariableOccurrence[];
  /** There are more than were looked for. */
  readonly cut?: true;
}
