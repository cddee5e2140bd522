import {
  type NamedSchema,
  nodeAtPath,
  type PositionedNode,
  type PromptDocument,
  type PromptFacts,
  type Range,
} from '../../prompts-schema/index.ts';
import { isJsonObject } from '../../safety/index.ts';
import { firstLine } from '../text/firstLine.ts';

/** The schema of a prompt's answer, wherever it is written. */
export interface SchemaInUse extends NamedSchema {
  /** Where the prompt file has it or names its file: one line. */
  readonly range: Range;
  /** The place of a part of the schema, by the keys that lead to it from the schema's root; `range` where it is not written out in YAML. */
  readonly placeOf: (path: readonly (string | number)[]) => Range;
  /** The same part as it is written; undefined where it is JSON text or another file. */
  readonly nodeOf: (path: readonly (string | number)[]) => PositionedNode | undefined;
}

/** Finds it in the document, or in the facts where the document names a file. */
export function schemaInUse(document: PromptDocument, facts: PromptFacts): SchemaInUse | undefined {
  const { outputSchema } = document;
  if (outputSchema === undefined) return undefined;
  if (outputSchema.kind === 'file') {
    const range = outputSchema.path.range;
    const read = facts.outputSchema;
    return read?.status === 'read' ? { ...read.value, range, placeOf: () => range, nodeOf: () => undefined } : undefined;
  }
  const entry = document.tree?.kind === 'map' ? document.tree.entries.find(({ value }) => value.range === outputSchema.range) : undefined;
  const range = entry?.keyRange ?? firstLine(document.text, outputSchema.range);
  const base = entry?.value;
  const wrapped = base?.kind === 'map' && isJsonObject(outputSchema.value.schema) && nodeAtPath(base, ['schema'])?.kind === 'map';
  const nodeOf = (path: readonly (string | number)[]): PositionedNode | undefined => nodeAtPath(base, wrapped ? ['schema', ...path] : path);
  const placeOf = (path: readonly (string | number)[]): Range => {
    for (let length = path.length; length > 0; length--) {
      const parent = nodeOf(path.slice(0, length - 1));
      const step = path[length - 1];
      if (parent?.kind === 'map') {
        const found = parent.entries.find(({ key }) => key === step);
        if (found) return found.keyRange;
      }
      const item = parent?.kind === 'list' && typeof step === 'number' ? parent.items[step] : undefined;
      if (item) return firstLine(document.text, item.range);
    }
    return range;
  };
  return { ...outputSchema.value, range, placeOf, nodeOf };
}
