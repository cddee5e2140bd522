import type { TemplateDialect } from '../document.ts';
import type { Reference } from '../facts.ts';
import { DIALECTS } from './dialects.ts';
import { MAX_PARTIAL_DEPTH } from './meter.ts';
import type { ParsedTemplate, TemplateNode } from './nodes.ts';
import { referencesOf, type TemplateReference } from './references.ts';

/** Texts of partials by name, with what is known of those that could not be read. */
export type Partials = ReadonlyMap<string, Reference<string>>;

/** The names of the partials that a template puts in, once each. */
export function partialNames(text: string, dialect: TemplateDialect): readonly string[] {
  const { parse, names } = DIALECTS[dialect];
  const { partials } = referencesOf(parse({ text, start: 0, end: text.length }).nodes, names);
  return [...new Set(partials.map(({ name }) => name))];
}

/** Partials for a rendering, each parsed once. */
export function partialReader(
  dialect: TemplateDialect,
  partials: Partials | undefined,
): (name: string) => readonly TemplateNode[] | undefined {
  const parsed = new Map<string, readonly TemplateNode[] | undefined>();
  return (name) => {
    if (!parsed.has(name)) parsed.set(name, nodesOf(dialect, partials?.get(name)));
    return parsed.get(name);
  };
}

/**
 * The variables that the partials of a template read from its case, those of partials within them too. A name that is given to the
 * partial as an argument is none.
 */
export function partialVariables(nodes: readonly TemplateNode[], dialect: TemplateDialect, partials: Partials): ReadonlySet<string> {
  const read = partialReader(dialect, partials);
  const found = new Set<string>();
  const visit = (list: readonly TemplateNode[], depth: number): void => {
    for (const partial of partialNodes(list)) {
      const inner = depth < MAX_PARTIAL_DEPTH ? read(partial.name) : undefined;
      if (!inner || partial.context) continue;
      const given = new Set(partial.named.map(({ name }) => name));
      for (const { name } of variablesOf(inner, dialect)) if (!given.has(name)) found.add(name);
      visit(inner, depth + 1);
    }
  };
  visit(nodes, 0);
  return found;
}

function variablesOf(nodes: readonly TemplateNode[], dialect: TemplateDialect): readonly TemplateReference[] {
  return referencesOf(nodes, DIALECTS[dialect].names).variables;
}

/** The places where a template puts another one in. */
export function partialNodes(nodes: readonly TemplateNode[]): readonly Extract<TemplateNode, { readonly kind: 'partial' }>[] {
  return nodes.flatMap((node) => {
    switch (node.kind) {
      case 'partial':
        return [node];
      case 'branch':
        return [...node.branches.flatMap(({ body }) => partialNodes(body)), ...partialNodes(node.otherwise)];
      case 'loop':
      case 'with':
      case 'section':
        return [...partialNodes(node.body), ...partialNodes(node.otherwise)];
      default:
        return [];
    }
  });
}

function nodesOf(dialect: TemplateDialect, reference: Reference<string> | undefined): ParsedTemplate['nodes'] | undefined {
  if (reference?.status !== 'read') return undefined;
  const { nodes, issues } = DIALECTS[dialect].parse({ text: reference.value, start: 0, end: reference.value.length });
  const broken = issues.find(({ code }) => code === 'template.syntax' || code === 'template.unclosed-tag');
  if (!broken) return nodes;
  const message = `${reference.path}: ${broken.message}`;
  return [{ kind: 'unsupported', message, body: [], range: { start: 0, end: 0 } }];
}
