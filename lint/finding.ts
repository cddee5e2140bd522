import type { BumpKind, Range } from '../prompts-schema/index.ts';
import type { JsonObject } from '../safety/index.ts';

/** How much a finding matters: an error is wrong now, a warning will be, the others are hygiene. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** One thing a rule found in one file. */
export interface Finding {
  /** The rule, such as `model.retired`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  /** Facts behind the message, for tools; never parse the message. */
  readonly data?: JsonObject;
  readonly fixes: readonly Fix[];
  readonly tags?: readonly FindingTag[];
  /** The page on the rule, as a path from the repository's root. */
  readonly docs: string;
}

/** How an editor may draw the span: faded, or struck through. */
export type FindingTag = 'unnecessary' | 'deprecated';

/** A change that mends the finding. */
export interface Fix {
  readonly title: string;
  /** Edits of one file do not overlap; ranges are those of the text that was linted. */
  readonly edits: readonly FileEdit[];
  /** A file to make, its path from the root. Never overwrites one. */
  readonly create?: { readonly file: string; readonly text: string };
  /** An act of the engine in place of edits: what takes git or several files. */
  readonly command?: FixCommand;
  /** The one obvious mend: what a quick-fix key applies. */
  readonly preferred: boolean;
  /** It changes what is sent or who answers, so that a person has to look: `evenkeel lint --fix` leaves it alone. */
  readonly byHand?: boolean;
}

/** What an editor has the engine do: release the prompt under its next version, or make its lock file anew. Without edits, `lint --fix` passes it over. */
export interface FixCommand {
  readonly id: 'release' | 'repairLock';
  readonly bump?: BumpKind;
  /** Which prompt of a file of several. */
  readonly prompt?: string;
}

/** One replaced span. */
export interface FileEdit {
  /** Another file's path from the root; absent for the file of the finding. */
  readonly file?: string;
  readonly range: Range;
  readonly newText: string;
}
