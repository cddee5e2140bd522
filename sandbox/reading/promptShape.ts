import { isRecord, type Json, own } from '../json.ts';
import { nameWords } from '../language/words.ts';
import { findLabelsInline } from './labelList.ts';
import { findObjects } from './looseJson.ts';
import { readSchema } from './readSchema.ts';
import { type Shape, type ShapeField, stringShape } from './shapes.ts';

/** The JSON answer a prompt's words ask for: a JSON Schema or an example object written in it, else its list of keys; undefined when it asks for none. */
export function findPromptShape(text: string, jsonRequired: boolean): Shape | undefined {
  const objects = findObjects(text).map((found) => found.value);
  const schema = objects.find(isSchema);
  if (schema) return readSchema(schema);
  if (!jsonRequired && !/json/i.test(text)) return undefined;
  const example = objects.reduce<Readonly<Record<string, Json>> | undefined>(
    (best, value) => (best && Object.keys(best).length >= Object.keys(value).length ? best : value),
    undefined,
  );
  if (example) return describe(fromExample(example, ''), text);
  const fields = keyList(text);
  return fields.length > 0 ? { kind: 'object', description: '', nullable: false, fields } : undefined;
}

function isSchema(value: unknown): boolean {
  return (
    isRecord(own(value, 'properties')) ||
    (typeof own(value, 'type') === 'string' &&
      (own(value, 'type') === 'object' || own(value, 'enum') !== undefined) &&
      Object.keys(value as object).length > 1)
  );
}

function fromExample(value: Json, name: string): Shape {
  const base = { description: '', nullable: false };
  if (typeof value === 'boolean') return { ...base, kind: 'boolean' };
  if (typeof value === 'number') {
    const share = /confiden|score|probab|certain/i.test(name) && value >= 0 && value <= 1;
    return {
      ...base,
      kind: 'number',
      integer: Number.isInteger(value) && !share,
      minimum: share ? 0 : undefined,
      maximum: share ? 1 : undefined,
    };
  }
  if (value === null) return { ...stringShape(''), nullable: true };
  if (Array.isArray(value))
    return { ...base, kind: 'array', items: fromExample(value[0] ?? '', name), minItems: 0, maxItems: Number.POSITIVE_INFINITY };
  if (isRecord(value)) {
    const fields = Object.entries(value).map(([key, entry]) => ({
      name: key.replace(/\?$/, ''),
      shape: fromExample(entry as Json, key),
      required: !key.endsWith('?'),
    }));
    return { ...base, kind: 'object', fields };
  }
  return fromWords(String(value), name);
}

/** The shape behind words such as `<one of a, b>`, `number between 0 and 1`, `a|b|c`, `true|false`, `ISO date or null`. */
function fromWords(words: string, name: string): Shape {
  const nullable = /\bnull\b/i.test(words);
  const clean = words
    .replace(/\bor null\b|\|\s*null\b|\bnull\b/gi, '')
    .replace(/^[<([]|[>)\]]$/g, '')
    .trim();
  const base = { description: clean, nullable };
  if (/^true\s*(?:\||or|\/)\s*false$/i.test(clean) || /\bbool(?:ean)?\b/i.test(clean)) return { ...base, kind: 'boolean' };
  if (
    /^(?:a |an |the )?(?:number|float|decimal|double|integer|int|zahl|nombre|número)\b/i.test(clean) ||
    /^\d+(?:\.\d+)?\s*(?:-|–|to|\.\.)\s*\d+(?:\.\d+)?$/.test(clean)
  ) {
    const bounds = /(\d+(?:\.\d+)?)\s*(?:-|–|to|and|\.\.)\s*(\d+(?:\.\d+)?)/.exec(clean);
    return {
      ...base,
      kind: 'number',
      integer: /\bint(?:eger)?\b/i.test(clean),
      minimum: bounds ? Number(bounds[1]) : undefined,
      maximum: bounds ? Number(bounds[2]) : undefined,
    };
  }
  if (/^(?:an? )?(?:array|list)\b|\[\]$|^string\[\]/i.test(clean))
    return { ...base, kind: 'array', items: stringShape(clean), minItems: 0, maxItems: Number.POSITIVE_INFINITY };
  const labels = /^string$/i.test(clean) ? undefined : findLabelsInline(clean);
  if (labels) return { ...base, kind: 'choice', choices: labels.map((label) => ({ value: label.name, ...label })) };
  const maximum = /(?:max(?:imum)?\.?|at most|up to|under)\s+(\d+)\s+char/i.exec(clean);
  return {
    kind: 'string',
    ...base,
    pattern: '',
    minLength: 0,
    format: /\bISO\b|YYYY-MM-DD/.test(clean) || (/date/i.test(name) && /YYYY/.test(clean)) ? 'date' : '',
    maxLength: maximum ? Number(maximum[1]) : Number.POSITIVE_INFINITY,
  };
}

/** Puts the words of `- field: …` lines on the fields of an example that have none. */
function describe(shape: Shape, text: string): Shape {
  if (shape.kind !== 'object') return shape;
  const listed = new Map(keyList(text).map((field) => [field.name, field.shape]));
  const fields = shape.fields.map((field) => {
    const said = listed.get(field.name);
    if (!said) return field;
    if (field.shape.kind === 'string' && said.kind !== 'string') return { ...field, shape: said };
    return {
      ...field,
      shape: {
        ...field.shape,
        description: [field.shape.description, said.description].filter(Boolean).join('. '),
        nullable: field.shape.nullable || said.nullable,
      },
    };
  });
  return { ...shape, fields };
}

/** Fields from bullets (`- team (one of a, b): …`), or from `keys: team, summary and confidence`. */
function keyList(text: string): readonly ShapeField[] {
  const fields: ShapeField[] = [];
  for (const match of text.matchAll(
    /^[ \t]*(?:[-*•]|\d{1,2}[.)])?[ \t]*(?:\*\*|`|")?([a-z][A-Za-z0-9_]{1,40})(?:\*\*|`|")?[ \t]*(?:\(([^)\n]*)\))?[ \t]*[:–—=-][ \t]*([^\n]+)$/gm,
  )) {
    const name = match[1] ?? '';
    if (/^https?$/.test(name) || fields.some((field) => field.name === name)) continue;
    const words = [match[2], match[3]].filter(Boolean).join('. ');
    fields.push({ name, shape: typed(fromWords(words, name), name, words), required: !/optional/i.test(words) });
  }
  if (fields.length > 0) return fields;
  const inline =
    /\b(?:keys?|fields?|properties|attributes|schlüsseln?|feldern?|clés|champs|claves|campos|velden|chiavi)\b[^\n:]{0,40}?:?\s+((?:["'`]?[a-zA-Z_]\w{0,40}["'`]?(?:\s*\([^)\n]*\))?(?:\s*,\s*|\s*,?\s+(?:and|und|et|y|en|e)\s+)?)+)/iu.exec(
      text,
    );
  for (const match of (inline?.[1] ?? '').matchAll(/["'`]?([a-zA-Z_]\w{0,40})["'`]?(?:\s*\(([^)\n]*)\))?/g)) {
    const name = match[1] ?? '';
    if (/^(?:and|und|et|y|en|e|or|only|nothing|else)$/i.test(name)) continue;
    fields.push({ name, shape: typed(fromWords(match[2] ?? '', name), name, match[2] ?? ''), required: true });
  }
  return fields;
}

/** A type guessed from the name where the words give none. */
function typed(shape: Shape, name: string, words: string): Shape {
  if (shape.kind !== 'string' || /string|text/i.test(words)) return shape;
  const base = { description: shape.description, nullable: shape.nullable };
  const parts = nameWords(name);
  if (parts.some((part) => /^(?:confidence|probability|certainty)$/.test(part)))
    return { ...base, kind: 'number', integer: false, minimum: 0, maximum: 1 };
  if (/^(?:is|has|needs|should|can|wants|requires|contains|was|did|does)$/.test(parts[0] ?? '')) return { ...base, kind: 'boolean' };
  if (parts.some((part) => /^(?:tags|keywords|topics|items|labels)$/.test(part)))
    return { ...base, kind: 'array', items: stringShape(''), minItems: 0, maxItems: Number.POSITIVE_INFINITY };
  return shape;
}
