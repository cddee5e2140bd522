import type { Range } from '../../prompts-schema/index.ts';

/** Labels that a text lists, with their places in the text. */
export interface LabelList {
  readonly labels: readonly { readonly text: string; readonly range: Range }[];
}

/** Lists of labels: consecutive bullet lines that each begin with one (`- billing: invoices`), and enumerations in a line (`one of: hot, warm, cold`). */
export function labelLists(text: string): readonly LabelList[] {
  return [...bulletLists(text), ...inlineLists(text)].filter(({ labels }) => labels.length >= 2);
}

function bulletLists(text: string): readonly LabelList[] {
  const lists: LabelList[] = [];
  let open: { text: string; range: Range }[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const found = BULLET.exec(line);
    const label = found?.groups?.['label'];
    if (found && label !== undefined) {
      const start = at + (found.indices?.groups?.['label']?.[0] ?? 0);
      open.push({ text: label, range: { start, end: start + label.length } });
    } else if (!/^\s{2,}\S/.test(line)) {
      if (open.length > 0) lists.push({ labels: open });
      open = [];
    }
    at += line.length + 1;
  }
  if (open.length > 0) lists.push({ labels: open });
  return lists;
}

function inlineLists(text: string): readonly LabelList[] {
  return [...text.matchAll(INLINE)].map((match) => {
    const listed = match[1] ?? '';
    const offset = match.index + match[0].length - listed.length;
    return {
      labels: [...listed.matchAll(LABEL)].flatMap((label) => {
        const word = label[1] ?? label[2] ?? '';
        const start = offset + label.index + label[0].indexOf(word);
        return WORDS.has(word) ? [] : [{ text: word, range: { start, end: start + word.length } }];
      }),
    };
  });
}

/** `- label: …`, `* "label" – …`, `1. **label**`. */
const BULLET =
  /^\s*(?:[-*•]|\d{1,2}[.)])\s+(?:\*\*|[`"'])?(?<label>[\p{L}\p{N}][\p{L}\p{N}_/-]{0,40})(?:\*\*|[`"'])?\s*(?:[:–—]|-\s|\(|$)/du;

/** What follows "one of:" or the like, to the end of the sentence. */
const INLINE =
  /\b(?:one of|either|exactly one label|labels are|values are|categories are|choose from|among)(?: the following| these)?(?: labels| teams| values| categories| words| classes)?\s*:?\s+((?:[`"']?[\p{L}\p{N}_/-]+[`"']?(?:\s*,\s*(?:or |and )?|\s+or\s+|\s+and\s+))+[`"']?[\p{L}\p{N}_/-]+[`"']?)/giu;
const LABEL = /[`"']([^`"']+)[`"']|([\p{L}\p{N}_/-]+)/gu;
const WORDS: ReadonlySet<string> = new Set(['or', 'and']);
