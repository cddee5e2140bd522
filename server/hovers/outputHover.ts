import type { FieldContext, PromptDocument } from '../../prompts-schema/index.ts';
import { codeMarkdown, escapeMarkdown, isJsonObject, type Json, ownValue } from '../../safety/index.ts';

/** What a property of the answer's schema is, where the front matter of a prompt declares it: type, values, description. */
export function outputHover({ outputSchema }: PromptDocument, { path, where, entry }: FieldContext): string | undefined {
  const declared = (path.length === 3 && path[0] === 'output' && path[1] === 'schema') || (path.length === 2 && path[0] === 'outputs');
  if (where !== 'key' || !declared || outputSchema?.kind !== 'inline') return undefined;
  const name = entry.key.replace(/\(.*$/s, '').replace(/\?$/, '');
  const properties = ownValue(outputSchema.value.schema, 'properties');
  const schema = isJsonObject(properties) ? ownValue(properties, name) : undefined;
  if (!isJsonObject(schema)) return undefined;
  const type = ownValue(schema, 'type');
  const options = ownValue(schema, 'enum');
  const description = ownValue(schema, 'description');
  const words = [
    ...(type === undefined ? [] : [listOf(type).join(' or ')]),
    ...(options === undefined ? [] : [`one of ${listOf(options).slice(0, MOST_OPTIONS).join(', ')}`]),
    ...(entry.key.includes('?') ? ['may be missing'] : []),
  ];
  const said = typeof description === 'string' ? `: ${escapeMarkdown(description)}` : '';
  return `${codeMarkdown(name)}${words.length ? ` ${escapeMarkdown(`(${words.join(', ')})`)}` : ''}${said}`;
}

const MOST_OPTIONS = 20;

function listOf(value: Json): readonly string[] {
  return Array.isArray(value) ? (value as readonly Json[]).map(String) : [String(value)];
}
