import { type Problem, resolveImport, type Tree } from './tree.ts';

/** No file imports itself over others, dynamic imports counted; `import type` loads nothing and closes no circle. */
export function importCycles({ files }: Tree): readonly Problem[] {
  const known = new Set(files.map(({ path }) => path));
  const edges = new Map<string, ReadonlyMap<string, number>>();
  for (const { path, imports } of files) {
    const targets = new Map<string, number>();
    for (const { specifier, line, typeOnly } of imports) {
      const target = resolveImport(path, specifier);
      if (!typeOnly && target !== undefined && known.has(target) && !targets.has(target)) targets.set(target, line);
    }
    edges.set(path, targets);
  }
  const next = (file: string) => [...(edges.get(file)?.keys() ?? [])];
  return stronglyConnected([...known], next).map((group) => {
    const start = [...group].sort()[0] ?? '';
    const circle = wayBack(start, (file) => next(file).filter((target) => group.includes(target)));
    return { file: start, line: edges.get(start)?.get(circle[1] ?? start) ?? 1, message: `import cycle: ${circle.join(' → ')}` };
  });
}

/** Tarjan's algorithm: the groups in which every node reaches every other one; of single nodes those that reach themselves. */
function stronglyConnected(nodes: readonly string[], next: (node: string) => readonly string[]): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const groups: string[][] = [];
  const visit = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.get(node) ?? 0);
    stack.push(node);
    onStack.add(node);
    for (const target of next(node)) {
      if (!index.has(target)) {
        visit(target);
        low.set(node, Math.min(low.get(node) ?? 0, low.get(target) ?? 0));
      } else if (onStack.has(target)) low.set(node, Math.min(low.get(node) ?? 0, index.get(target) ?? 0));
    }
    if (low.get(node) !== index.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    for (const member of group) onStack.delete(member);
    if (group.length > 1 || next(node).includes(node)) groups.push(group);
  };
  for (const node of nodes) if (!index.has(node)) visit(node);
  return groups;
}

/** The shortest way from a node back to itself. */
function wayBack(start: string, next: (node: string) => readonly string[]): readonly string[] {
  const ways: (readonly string[])[] = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const target of next(way.at(-1) ?? start)) {
      if (target === start) return [...way, start];
      if (!seen.has(target)) {
        seen.add(target);
        ways.push([...way, target]);
      }
    }
  }
  return [start];
}
