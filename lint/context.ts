import { type Catalog, findModel } from '../catalog/index.ts';
import type { PromptDocument, PromptFacts } from '../prompts-schema/index.ts';
import { knownVariables } from './knownVariables.ts';
import { releaseInUse } from './releases/releaseInUse.ts';
import type { RuleContext } from './rule.ts';
import { schemaInUse } from './schemas/schemaInUse.ts';

/** The context of one run of the rules. */
export function createContext(document: PromptDocument, facts: PromptFacts, catalog: Catalog): RuleContext {
  const broken = document.issues.some(({ code }) => BREAKING.has(code));
  return {
    document,
    facts,
    catalog,
    broken,
    variables: once(() => knownVariables(document, facts)),
    model: once(() => {
      const { model } = document;
      return model && { written: model, found: findModel(model.value, catalog) };
    }),
    schema: once(() => schemaInUse(document, facts)),
    release: once(() => (broken ? undefined : releaseInUse(document, facts))),
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
