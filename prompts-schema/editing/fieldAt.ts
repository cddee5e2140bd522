import type { PromptDocument } from '../document.ts';
import type { MapEntry, PositionedNode } from '../parse/positioned.ts';

/** The key or value at a place of a file. */
export interface FieldContext {
  /** Keys and list places from the top, the key at hand last. */
  readonly path: readonly (string | number)[];
  readonly where: 'key' | 'value';
  /** The value: the whole one of the key, or the item of the list. */
  readonly node: PositionedNode;
  /** The nearest key around the place. */
  readonly entry: MapEntry;
  /** Every key of the map that the entry is in. */
  readonly parentKeys: readonly string[];
}

/** What the document's tree has at an offset; undefined between the fields. Ends of keys and values belong to them. */
export function fieldAt(document: Pick<PromptDocument, 'tree'>, offset: number): FieldContext | undefined {
  let node = document.tree;
  let found: FieldContext | undefined;
  const path: (string | number)[] = [];
  while (node) {
    if (node.kind === 'scalar') return found;
    if (node.kind === 'list') {
      const index: number = node.items.findIndex(({ range }) => range.start <= offset && offset <= range.end);
      const item: PositionedNode | undefined = node.items[index];
      if (!item) return found;
      path.push(index);
      node = item;
      if (found) found = { ...found, path: [...path], node };
      continue;
    }
    const entry: MapEntry | undefined = node.entries.find(({ range }) => range.start <= offset && offset <= range.end);
    if (!entry) return found;
    path.push(entry.key);
    const where = offset <= entry.keyRange.end ? 'key' : 'value';
    found = { path: [...path], where, node: entry.value, entry, parentKeys: node.entries.map(({ key }) => key) };
    if (where === 'key') return found;
    node = entry.value;
  }
  return found;
}
