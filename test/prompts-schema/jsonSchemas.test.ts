import { describe, expect, it } from 'vitest';
import { configJsonSchema, PROMPT_KEYS, promptFileJsonSchema } from '../../prompts-schema/index.ts';

type Schema = { readonly [key: string]: unknown };

function walk(value: unknown, visit: (schema: Schema) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  else if (typeof value === 'object' && value !== null) {
    visit(value as Schema);
    for (const item of Object.values(value)) walk(item, visit);
  }
}

describe.each([
  ['prompt files', promptFileJsonSchema()],
  ['evenkeel.yml', configJsonSchema()],
])('the JSON Schema of %s', (_, schema) => {
  it('is draft-07 in one piece', () => {
    expect(schema).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'object', additionalProperties: false });
    const definitions = (schema as { definitions?: object }).definitions ?? {};
    walk(schema, (part) => {
      if (typeof part.$ref === 'string') expect(Object.keys(definitions)).toContain(part.$ref.replace('#/definitions/', ''));
      expect(part).not.toHaveProperty('$defs');
      expect(part).not.toHaveProperty('propertyNames');
      for (const bound of ['minimum', 'maximum']) expect(part[bound]).not.toBe(Number.MAX_SAFE_INTEGER);
    });
  });

  it('describes every key', () => {
    walk(schema, (part) => {
      const properties = part.properties;
      if (part.type !== 'object' || typeof properties !== 'object') return;
      for (const [key, property] of Object.entries(properties as { readonly [key: string]: Schema }))
        expect(property.description, key).toEqual(expect.any(String));
    });
  });
});

describe('the JSON Schema of prompt files', () => {
  it('has the keys of the reader', () => {
    const { properties, required } = promptFileJsonSchema() as { properties: object; required: readonly string[] };
    expect(Object.keys(properties)).toEqual(PROMPT_KEYS);
    expect(required).toEqual(['messages']);
  });

  it('leaves what has a default to be left out', () => {
    expect(configJsonSchema()).not.toHaveProperty('required');
  });
});
