import type * as z from 'zod';
import type { JsonObject } from '../../../safety/index.ts';
import type { PromptDocument } from '../../document.ts';
import { checkSchema } from '../../parse/checkSchema.ts';
import { toJson } from '../../parse/tree.ts';
import { parseJsonPath } from '../../paths/jsonPath.ts';
import { decisionSchema, deliverySchema, driftSchema, monitorSchema, tolerancesSchema } from '../../schemas/promptFile.ts';
import type { Located } from '../../text/range.ts';
import type { Fields } from './fields.ts';

/** The fields that are plain settings: held against their schemas, and kept as they are. */
export function readSettings(fields: Fields): Pick<PromptDocument, 'tolerances' | 'drift' | 'decision' | 'monitor' | 'delivery'> {
  const tolerances = readMap(fields, 'tolerances', tolerancesSchema);
  checkTolerancePaths(fields);
  return {
    tolerances,
    drift: readMap(fields, 'drift', driftSchema),
    decision: readMap(fields, 'decision', decisionSchema),
    monitor: readMap(fields, 'monitor', monitorSchema),
    delivery: readMap(fields, 'delivery', deliverySchema),
  };
}

function readMap(fields: Fields, key: string, schema: z.ZodType): Located<JsonObject> | undefined {
  const entry = fields.entry(key);
  if (!entry) return undefined;
  if (entry.value.kind !== 'map') {
    fields.wrongType(entry, 'a map');
    return undefined;
  }
  const value = toJson(entry.value) as JsonObject;
  fields.issues.push(...checkSchema(entry.value, schema, [key], value).issues);
  return { value, range: entry.value.range };
}

function checkTolerancePaths(fields: Fields): void {
  const map = fields.entry('tolerances')?.value;
  if (map?.kind !== 'map') return;
  for (const { key, keyRange } of map.entries) {
    const path = parseJsonPath(key);
    if ('error' in path)
      fields.issues.push({ code: 'schema.wrong-value', message: `\`${key}\` is not a path. ${path.error}`, range: keyRange });
  }
}
