import { contentMap, type PromptDocument, type PromptMessage, type Range } from '../../prompts-schema/index.ts';
import { scalarAt } from './scalarAt.ts';

/** Where a part of a message's content (offsets in `content.value`) is written in the file; the whole content where that cannot be told. */
export function contentSpan(document: PromptDocument, { content }: PromptMessage, part: Range): Range {
  const node = scalarAt(document.tree, content.range);
  if (node) return contentMap(document.text, node).fileRange(part);
  const raw = document.text.slice(content.range.start, content.range.end);
  const at = raw.indexOf(content.value.slice(part.start, part.end));
  if (at < 0) return content.range;
  return { start: content.range.start + at, end: content.range.start + at + part.end - part.start };
}
