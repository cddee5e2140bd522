import type { PromptDocument, TemplateDialect } from '../document.ts';
import type { PromptFacts } from '../facts.ts';
import { DIALECTS } from '../template/dialects.ts';
import { MAX_PARTIAL_DEPTH } from '../template/meter.ts';
import type { TemplateNode } from '../template/nodes.ts';
import { partialNodes } from '../template/partials.ts';
import { referencesOf } from '../template/references.ts';
import type { Range } from '../text/range.ts';
import type { VariableOccurrence } from './variableOccurrences.ts';

/** The places of one partial that read variables of the case. */
export interface PartialOccurrences {
  /** Root-relative path of the partial. */
  readonly path: string;
  readonly text: string;
  readonly occurrences: readonly VariableOccurrence[];
}

/** Where the partials of a prompt, and those within them, read variables of its case. Names that are given to a partial as arguments are its own. */
export function partialOccurrences({ body, dialect }: PromptDocument, { partials }: PromptFacts): readonly PartialOccurrences[] {
  if (!body || !partials) return [];
  const found = new Map<string, { readonly text: string; readonly at: Map<number, VariableOccurrence> }>();
  const visit = (nodes: readonly TemplateNode[], depth: number): void => {
    for (const { name, context, named } of partialNodes(nodes)) {
      const partial = partials.get(name);
      if (partial?.status !== 'read' || context || depth >= MAX_PARTIAL_DEPTH) continue;
      const given = new Set(named.map((argument) => argument.name));
      const file = found.get(partial.path) ?? { text: partial.value, at: new Map<number, VariableOccurrence>() };
      found.set(partial.path, file);
      for (const one of templateOccurrences(partial.value, dialect)) if (!given.has(one.name)) file.at.set(one.range.start, one);
      visit(DIALECTS[dialect].parse(wholeOf(partial.value)).nodes, depth + 1);
    }
  };
  visit(body.nodes, 0);
  return [...found].map(([path, { text, at }]) => ({
    path,
    text,
    occurrences: [...at.values()].sort((a, b) => a.range.start - b.range.start),
  }));
}

/** The variables that a template alone reads, such as the text of a partial. */
export function templateOccurrences(text: string, dialect: TemplateDialect): readonly VariableOccurrence[] {
  const { parse, names } = DIALECTS[dialect];
  return referencesOf(parse(wholeOf(text)).nodes, names).variables.map(({ name, nameRange, uncertain }) => ({
    name,
    range: nameRange,
    kind: 'read',
    ...(uncertain ? { uncertain } : {}),
  }));
}

function wholeOf(text: string): Range & { readonly text: string } {
  return { text, start: 0, end: text.length };
}
