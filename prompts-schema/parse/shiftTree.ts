import type { Range } from '../text/range.ts';
import type { Issue } from './issue.ts';
import type { PositionedNode } from './positioned.ts';
import type { YamlTree } from './yamlTree.ts';

/** A tree that was read from a part of a file, with its places in the whole file. */
export function shiftTree({ tree, issues }: YamlTree, by: number): YamlTree {
  return { tree: tree && shiftNode(tree, by), issues: issues.map((issue): Issue => ({ ...issue, range: shift(issue.range, by) })) };
}

function shiftNode(node: PositionedNode, by: number): PositionedNode {
  const range = shift(node.range, by);
  switch (node.kind) {
    case 'scalar':
      return { ...node, range };
    case 'list':
      return { kind: 'list', items: node.items.map((item) => shiftNode(item, by)), range };
    case 'map':
      return {
        kind: 'map',
        entries: node.entries.map(({ key, keyRange, value, range: whole }) => ({
          key,
          keyRange: shift(keyRange, by),
          value: shiftNode(value, by),
          range: shift(whole, by),
        })),
        range,
      };
  }
}

function shift({ start, end }: Range, by: number): Range {
  return { start: start + by, end: end + by };
}
