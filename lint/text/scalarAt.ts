import type { PositionedNode, Range, ScalarNode } from '../../prompts-schema/index.ts';

/** The scalar of a tree that has exactly this span. */
export function scalarAt(node: PositionedNode | undefined, range: Range): ScalarNode | undefined {
  if (node === undefined || node.range.start > range.start || node.range.end < range.end) return undefined;
  if (node.kind === 'scalar') return node.range.start === range.start && node.range.end === range.end ? node : undefined;
  const inner = node.kind === 'list' ? node.items : node.entries.map(({ value }) => value);
  for (const child of inner) {
    const found = scalarAt(child, range);
    if (found) return found;
  }
  return undefined;
}
