import type { PromptDocument } from '../document.ts';
import type { Range } from '../text/range.ts';

/** What a file of several prompts says. */
export interface SeveralPrompts {
  /** The file as a whole, for features of an editor: messages and checks of all its prompts. It is no prompt that could be run. */
  readonly whole: PromptDocument;
  readonly prompts: readonly NamedPrompt[];
}

/** One of several prompts of a file. */
export interface NamedPrompt {
  /** Behind the `#` of its prompt id; once a file. */
  readonly name: string;
  /** Where it is written. */
  readonly range: Range;
  /** Made when it is first asked for. */
  readonly document: () => PromptDocument;
}
