import type { TemplateNode } from '../template/nodes.ts';

/** Names that a template gives itself: of loops, of `with` and of assignments. */
export interface BoundName {
  readonly name: string;
  readonly kind: 'loop' | 'with' | 'assign';
}

/** The names that are bound where an offset of the text is, the innermost first. */
export function boundNamesAt(nodes: readonly TemplateNode[], offset: number): readonly BoundName[] {
  const found: BoundName[] = [];
  for (const node of nodes) {
    if (node.kind === 'assign' && node.range.end <= offset) found.unshift({ name: node.name, kind: 'assign' });
    if (node.range.start > offset || node.range.end < offset) continue;
    if (node.kind === 'branch')
      for (const list of [...node.branches.map(({ body }) => body), node.otherwise]) found.unshift(...boundNamesAt(list, offset));
    if (node.kind !== 'loop' && node.kind !== 'with' && node.kind !== 'section') continue;
    if (offset < node.tag.end) continue;
    const own =
      node.kind === 'section' ? [] : node.names.map((name): BoundName => ({ name, kind: node.kind === 'loop' ? 'loop' : 'with' }));
    found.unshift(...boundNamesAt(node.body, offset), ...boundNamesAt(node.otherwise, offset), ...own);
  }
  return found;
}

/** Every name that a template binds anywhere. */
export function allBoundNames(nodes: readonly TemplateNode[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (list: readonly TemplateNode[]): void => {
    for (const node of list) {
      if (node.kind === 'assign') found.add(node.name);
      if (node.kind === 'loop' || node.kind === 'with') for (const name of node.names) found.add(name);
      if (node.kind === 'branch') for (const { body } of node.branches) visit(body);
      if ('body' in node) visit(node.body);
      if ('otherwise' in node) visit(node.otherwise);
    }
  };
  visit(nodes);
  return found;
}
