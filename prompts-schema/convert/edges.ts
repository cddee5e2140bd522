import type { AssignNode, OutputNode, TemplateNode, TextNode } from '../template/nodes.ts';
import type { Edge } from './holes.ts';

/** A part of a message on its way into the native form. */
export type Segment =
  | { readonly kind: 'text'; readonly node: TextNode }
  | { readonly kind: 'plain'; readonly name: string; readonly node: OutputNode; readonly edge?: Edge }
  | {
      readonly kind: 'hole';
      readonly nodes: readonly TemplateNode[];
      readonly assigned: readonly AssignNode[];
      readonly edge: Edge | undefined;
    };

/**
 * Prompty leaves out the blank lines at both ends of a rendered message. A hole at an end may be blank itself: then the white space before or behind it
 * is blank too, so it is made part of the hole. With `variablesToo` the same is done with variables, whose values may be blank as well.
 */
export function withEdges(segments: readonly Segment[], variablesToo: boolean): readonly Segment[] {
  return joined(joined(segments, 'end', variablesToo), 'start', variablesToo);
}

function joined(segments: readonly Segment[], edge: 'start' | 'end', variablesToo: boolean): readonly Segment[] {
  const ordered = edge === 'end' ? [...segments].reverse() : segments;
  const count = ordered.findIndex(
    (segment) => (segment.kind === 'plain' && !variablesToo) || (segment.kind === 'text' && segment.node.text.trim() !== ''),
  );
  const open = count < 0 ? ordered : ordered.slice(0, count);
  const rest = count < 0 ? [] : ordered.slice(count);
  const [next, ...others] = rest;
  if (!open.some(({ kind }) => kind !== 'text')) {
    const plain: Segment[] =
      next?.kind === 'plain' ? [{ ...next, edge: next.edge && next.edge !== edge ? 'both' : edge }] : rest.slice(0, 1);
    return inOrder([...open, ...plain, ...others], edge);
  }
  const [white, kept] = next?.kind === 'text' ? splitText(next.node, edge) : [undefined, next];
  const parts = inOrder(open, edge);
  const nodes = inOrder([...open, ...(white ? [white] : [])], edge).flatMap((segment) =>
    segment.kind === 'hole' ? segment.nodes : [segment.node],
  );
  const assigned = parts.findLast((segment) => segment.kind === 'hole')?.assigned ?? [];
  const known = parts.length === 1 && parts[0]?.kind === 'hole' ? parts[0].edge : undefined;
  const hole: Segment = { kind: 'hole', nodes, assigned, edge: rest.length === 0 || (known && known !== edge) ? 'both' : edge };
  return inOrder([hole, ...(kept ? [kept] : []), ...others], edge);
}

/** The white space at the near end of a text, and what is left of it. */
function splitText(node: TextNode, edge: 'start' | 'end'): readonly [Segment | undefined, Segment] {
  const { text } = node;
  const left = edge === 'end' ? text.trimEnd() : text.trimStart();
  const white = edge === 'end' ? text.slice(left.length) : text.slice(0, text.length - left.length);
  if (white === '') return [undefined, { kind: 'text', node }];
  return [
    { kind: 'text', node: { ...node, text: white } },
    { kind: 'text', node: { ...node, text: left } },
  ];
}

function inOrder(segments: readonly Segment[], edge: 'start' | 'end'): readonly Segment[] {
  return edge === 'end' ? [...segments].reverse() : segments;
}
