import type { MapNode, PositionedNode } from '../parse/positioned.ts';
import { entryOf } from '../parse/tree.ts';
import type { Range } from '../text/range.ts';
import type { VariableOccurrence } from './variableOccurrences.ts';

/** The maps under `vars` of a promptfoo configuration: of its tests, its default test and its scenarios. */
export function promptfooVars(tree: PositionedNode | undefined): readonly MapNode[] {
  return testsOf(tree).flatMap((test) => {
    const vars = entryOf(test, 'vars')?.value;
    return vars?.kind === 'map' ? [vars] : [];
  });
}

/** `{{ name }}` in the values of tests, such as what an assertion compares with. Code that reads `vars` is uncertain. */
export function promptfooReads(text: string, tree: PositionedNode | undefined): readonly VariableOccurrence[] {
  return testsOf(tree).flatMap((test) => scalarRanges(test).flatMap((range) => readsIn(text, range)));
}

function testsOf(tree: PositionedNode | undefined): readonly MapNode[] {
  if (tree?.kind !== 'map') return [];
  const scenarios = itemsOf(entryOf(tree, 'scenarios')?.value);
  const inScenarios = scenarios.flatMap((one) => (one.kind === 'map' ? ['config', 'tests'].map((key) => entryOf(one, key)?.value) : []));
  const lists = [entryOf(tree, 'tests')?.value, ...inScenarios].flatMap(itemsOf);
  return [...lists, entryOf(tree, 'defaultTest')?.value].flatMap((node) => (node?.kind === 'map' ? [node] : []));
}

function itemsOf(node: PositionedNode | undefined): readonly PositionedNode[] {
  return node?.kind === 'list' ? node.items : node ? [node] : [];
}

function scalarRanges(node: PositionedNode): readonly Range[] {
  if (node.kind === 'scalar') return typeof node.value === 'string' ? [node.range] : [];
  const inner = node.kind === 'map' ? node.entries.map(({ value }) => value) : node.items;
  return inner.flatMap(scalarRanges);
}

function readsIn(text: string, { start, end }: Range): readonly VariableOccurrence[] {
  const written = text.slice(start, end);
  const at = (index: number, name: string): Range => ({ start: start + index, end: start + index + name.length });
  const read = [...written.matchAll(/\{\{-?\s*([A-Za-z_]\w*)/g)].map(({ 0: whole, 1: name = '', index }): VariableOccurrence => {
    return { name, range: at(index + whole.length - name.length, name), kind: 'read' };
  });
  const code = [...written.matchAll(/\bvars(?:\.|\[["']|\.get\(["'])([A-Za-z_]\w*)/g)].map(
    ({ 0: whole, 1: name = '', index }): VariableOccurrence => {
      return { name, range: at(index + whole.length - name.length, name), kind: 'read', uncertain: true };
    },
  );
  return [...read, ...code];
}
