import type { InlineOrFile } from '../../document.ts';
import { toJson } from '../../parse/tree.ts';
import { type Fields, fileReferenceOf, foundWords } from './fields.ts';

/** `tools`: a list of functions, or `{ file: … }`. */
export function readTools(fields: Fields): InlineOrFile | undefined {
  const entry = fields.entry('tools');
  if (!entry) return undefined;
  const { value } = entry;
  const file = fileReferenceOf(value);
  if (file) return { kind: 'file', path: file, range: value.range };
  if (value.kind !== 'list') {
    fields.wrongType(entry, 'a list of functions, or { file: ./tools.json }');
    return undefined;
  }
  for (const [index, item] of value.items.entries())
    if (item.kind !== 'map')
      fields.issues.push({
        code: 'schema.wrong-type',
        message: `\`tools[${index}]\` is a map${foundWords(item)}.`,
        range: fields.visible(item.range, entry),
      });
  return { kind: 'inline', value: toJson(value), range: value.range };
}
