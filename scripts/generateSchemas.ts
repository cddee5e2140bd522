/** Writes the JSON Schemas of the prompt file and of evenkeel.yml into dist/schemas/, for YAML editors; they come out of the zod schemas. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { configJsonSchema, promptFileJsonSchema } from '../prompts-schema/index.ts';
import { ROOT } from './bootstrap.mjs';

/** Writes the schema files; their paths from the root. The manifest's `yamlValidation` names the same. */
export function generateSchemas(): readonly string[] {
  const schemas = { promptFile: promptFileJsonSchema(), config: configJsonSchema() };
  fs.mkdirSync(path.join(ROOT, 'dist/schemas'), { recursive: true });
  return Object.entries(schemas).map(([name, schema]) => {
    const file = `dist/schemas/${name}.schema.json`;
    fs.writeFileSync(path.join(ROOT, file), `${JSON.stringify(schema, null, 2)}\n`);
    return file;
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(generateSchemas().join('\n'));
