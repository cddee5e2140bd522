import type { PromptDocument } from '../document.ts';
import { dotpromptParts } from '../formats/dotprompt/parts.ts';
import { promptyParts } from '../formats/prompty/parts.ts';
import type { Range } from '../text/range.ts';

/** The part of a prompt file that holds settings in YAML: all of a native file, the front matter elsewhere. Undefined where there is none. */
export function settingsRange({ format, text }: Pick<PromptDocument, 'format' | 'text'>): Range | undefined {
  switch (format) {
    case 'dotprompt':
      return dotpromptParts(text).front;
    case 'prompty':
      return promptyParts(text).front;
    default:
      return { start: 0, end: text.length };
  }
}

/** The text with everything but its settings blanked, so that offsets stay what they are and a reader of YAML sees nothing else. */
export function settingsText(document: Pick<PromptDocument, 'format' | 'text'>, { start, end }: Range): string {
  const { text } = document;
  return start === 0 ? text.slice(0, end) : `${' '.repeat(start - 1)}\n${text.slice(start, end)}`;
}
