import { type FieldContext, type FieldDoc, fieldDoc } from '../../prompts-schema/index.ts';
import { codeMarkdown } from '../../safety/index.ts';

/** What a key is for, what its value is and which values it may have. Undefined for keys that have no doc, such as those people choose. */
export function fieldHover({ path, where, node, entry }: FieldContext, docs: ReadonlyMap<string, FieldDoc>): string | undefined {
  const written = where === 'key' || (node.kind === 'scalar' && node === entry.value);
  const doc = written ? fieldDoc(path, docs) : undefined;
  if (!doc?.doc) return undefined;
  if (where === 'value' && !(node.kind === 'scalar' && doc.values.includes(String(node.value)))) return undefined;
  const name = typeof path.at(-1) === 'string' ? codeMarkdown(String(path.at(-1))) : '';
  return [
    `${name}: ${doc.type}${doc.required ? ', required' : ''}`,
    doc.doc,
    ...(doc.values.length > 1 ? [`One of ${doc.values.map(codeMarkdown).join(', ')}.`] : []),
  ].join('\n\n');
}
