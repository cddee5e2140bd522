import { type PromptDocument, parseJsonPath } from '../../prompts-schema/index.ts';
import type { Comparison } from '../../protocol/index.ts';
import { isJsonObject, type Json } from '../../safety/index.ts';
import { type PathRule, ROOT_PATH, schemaRules } from '../drift/index.ts';
import type { PromptParts } from '../run/request.ts';

/** How the outputs of a prompt are read and compared: types from its schema, then what its `tolerances` say. */
export function readingOf({ tolerances }: Pick<PromptDocument, 'tolerances'>, parts: PromptParts | undefined): Comparison['reading'] {
  const rules = new Map<string, PathRule>(parts?.schema ? schemaRules(parts.schema.schema as Json) : []);
  for (const [written, tolerance] of Object.entries(tolerances?.value ?? {})) {
    const path = innerPath(written);
    if (path !== undefined) addRule(rules, path, tolerance);
  }
  return {
    format: parts && parts.responseFormat !== 'text' ? 'json' : 'auto',
    stripFence: false,
    rules: Object.fromEntries(rules) as Comparison['reading']['rules'],
  };
}

/** `$.items[*].price` as drift reviews name it: `items[].price`. Undefined for what is not a path. */
export function innerPath(written: string): string | undefined {
  const path = parseJsonPath(written);
  if ('error' in path) return undefined;
  let inner = '';
  for (const step of path.steps) {
    if (step.kind !== 'name') inner = `${inner === '' ? ROOT_PATH : inner}[]`;
    else if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(step.name)) inner += `['${step.name}']`;
    else inner = inner === '' ? step.name : `${inner}.${step.name}`;
  }
  return inner === '' ? ROOT_PATH : inner;
}

function addRule(rules: Map<string, PathRule>, path: string, tolerance: Json): void {
  const add = (at: string, rule: PathRule): void => void rules.set(at, { ...rules.get(at), ...rule });
  const list = path.endsWith('[]') ? path : `${path}[]`;
  if (typeof tolerance === 'number') add(path, { type: 'number', absTol: tolerance });
  else if (tolerance === 'exact') add(path, { type: 'enum' });
  else if (tolerance === 'text') add(path, { type: 'text' });
  else if (tolerance === 'ignore') add(path, { ignore: true });
  else if (tolerance === 'set') add(list, { list: 'set' });
  else if (isJsonObject(tolerance) && typeof tolerance.key === 'string') add(list, { list: { key: tolerance.key } });
}
