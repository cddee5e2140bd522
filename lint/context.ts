import { type Catalog, findModel } from '../catalog/index.ts';
import type { PromptDocument, PromptFacts } from '../prompts-schema/index.ts';
import { knownVariables } from './knownVariables.ts';
import type { RuleContext } from './rule.ts';

/** The context of one run of the rules. */
export function createContext(document: PromptDocument, facts: PromptFacts, catalog: Catalog): RuleContext {
  return {
    document,
    facts,
    catalog,
    broken: document.issues.some(({ code }) => BREAKING.has(code)),
    variables: once(() => knownVariables(document, facts)),
    model: once(() => {
      const { model } = document;
      return model && { written: model, found: findModel(model.value, catalog) };
    }),
  };
}

const BREAKING: ReadonlySet<string> = new Set([
  'schema.syntax',
  'schema.too-deep',
  'schema.too-large',
  'schema.not-a-prompt',
  'schema.newer-format',
]);

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
