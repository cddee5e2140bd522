import { isJsonObject, type Json, type JsonObject } from '../../../safety/index.ts';
import type { FieldType, PathRule, PathRules } from './pathTypes.ts';

/** Deeper schemas than this are left to inference. */
const MAX_LEVELS = 32;

/**
 * What a JSON Schema says about types by path: `number` and `integer`; `enum`, `const`, `boolean` and `null` as labels; `format` date and
 * date-time; lists of scalars with `uniqueItems` as sets. A plain `string` may be prose or a label: its values decide. References and
 * alternatives are not followed: those paths are inferred too.
 */
export function schemaRules(schema: Json): PathRules {
  const rules = new Map<string, PathRule>();
  if (isJsonObject(schema)) visit(schema, '', rules, 0);
  return rules;
}

function visit(schema: JsonObject, path: string, rules: Map<string, PathRule>, level: number): void {
  if (level > MAX_LEVELS) return;
  const { properties, items } = schema;
  if (isJsonObject(properties)) {
    for (const [name, inner] of Object.entries(properties)) {
      if (isJsonObject(inner) && /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name))
        visit(inner, path === '' ? name : `${path}.${name}`, rules, level + 1);
    }
  }
  if (isJsonObject(items)) {
    const listPath = `${path === '' ? '$' : path}[]`;
    visit(items, listPath, rules, level + 1);
    if (schema.uniqueItems === true && !isJsonObject(items.properties)) rules.set(listPath, { ...rules.get(listPath), list: 'set' });
  }
  const type = typeOf(schema);
  if (type !== undefined) rules.set(path === '' ? '$' : path, { ...rules.get(path), type });
}

function typeOf(schema: JsonObject): FieldType | undefined {
  if (Array.isArray(schema.enum) || Object.hasOwn(schema, 'const')) return 'enum';
  const named = schema.type;
  const types = (Array.isArray(named) ? (named as readonly Json[]) : [named]).filter((type) => type !== 'null');
  if (types.length === 0) return 'enum';
  if (types.every((type) => type === 'number' || type === 'integer')) return 'number';
  if (types.every((type) => type === 'boolean')) return 'enum';
  const format = schema.format;
  return types.length === 1 && types[0] === 'string' && (format === 'date' || format === 'date-time') ? 'date' : undefined;
}
