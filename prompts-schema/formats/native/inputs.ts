import type { InputField } from '../../document.ts';
import { checkSchema } from '../../parse/checkSchema.ts';
import type { PositionedNode } from '../../parse/positioned.ts';
import { entryOf } from '../../parse/tree.ts';
import { INPUT_TYPES, inputSchema } from '../../schemas/promptFile.ts';
import type { Fields } from './fields.ts';

/** `inputs`: a map of fields, each a map or just its type. A bad field still declares its name. */
export function readInputs(fields: Fields): readonly InputField[] | undefined {
  const entry = fields.entry('inputs');
  if (!entry) return undefined;
  if (entry.value.kind !== 'map') {
    if (entry.value.kind !== 'scalar' || entry.value.value !== null) fields.wrongType(entry, 'a map of input names');
    return entry.value.kind === 'scalar' && entry.value.value === null ? [] : undefined;
  }
  const inputs: InputField[] = [];
  for (const { key, keyRange, value, range } of entry.value.entries) {
    if (inputs.some((input) => input.name === key)) continue;
    const short = value.kind === 'scalar' && typeof value.value === 'string';
    if (value.kind !== 'scalar' || value.value !== null) {
      const schema = short ? inputSchema.shape.type : inputSchema;
      fields.issues.push(...checkSchema(value, schema, ['inputs', key]).issues);
    }
    const type = short ? value.value : scalarOf(value, 'type');
    const trusted = scalarOf(value, 'trusted');
    const description = scalarOf(value, 'description');
    inputs.push({
      name: key,
      nameRange: keyRange,
      range,
      type: INPUT_TYPES.find((known) => known === type),
      trusted: typeof trusted === 'boolean' ? trusted : undefined,
      description: typeof description === 'string' ? description : undefined,
    });
  }
  return inputs;
}

function scalarOf(node: PositionedNode, key: string): string | number | boolean | null | undefined {
  const value = node.kind === 'map' ? entryOf(node, key)?.value : undefined;
  return value?.kind === 'scalar' ? value.value : undefined;
}
