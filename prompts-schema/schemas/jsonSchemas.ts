import * as z from 'zod';
import { configSchema } from './configFile.ts';
import { promptFileSchema } from './promptFile.ts';

/** JSON Schema (draft-07) of native prompt files, for YAML editors. A new object each time. */
export function promptFileJsonSchema(): object {
  return withTitle('Prompt file', jsonSchemaOf(promptFileSchema));
}

/** JSON Schema (draft-07) of evenkeel.yml, for YAML editors. A new object each time. */
export function configJsonSchema(): object {
  return withTitle('Evenkeel settings', jsonSchemaOf(configSchema));
}

function withTitle(title: string, schema: object): object {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title, ...schema };
}

function jsonSchemaOf(schema: z.ZodType): object {
  return z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema instanceof z.ZodLazy) keepOnly(jsonSchema, ['description']); // z.json(): nothing to hold a value to
      for (const key of ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const)
        if (Math.abs(Number(jsonSchema[key])) === Number.MAX_SAFE_INTEGER) delete jsonSchema[key]; // what zod adds to every whole number
      delete jsonSchema.propertyNames;
    },
  });
}

function keepOnly(object: { [key: string]: unknown }, kept: readonly string[]): void {
  for (const key of Object.keys(object)) if (!kept.includes(key)) delete object[key];
}
