import type { Json, JsonObject } from '../../../safety/index.ts';
import type { InlineOrFile } from '../../document.ts';
import type { Issue } from '../../parse/issue.ts';
import type { MapNode } from '../../parse/positioned.ts';
import { entryOf, toJson } from '../../parse/tree.ts';
import { objectSchema, readProperties } from './properties.ts';
import { referenceOf } from './references.ts';

/** `tools` of the front matter: functions are offered to the model without the parameters that are bound; other kinds cannot be. */
export function readTools(front: MapNode, issues: Issue[]): InlineOrFile | undefined {
  const entry = entryOf(front, 'tools');
  if (!entry) return undefined;
  const reference = referenceOf(entry);
  if (reference?.kind === 'file') return { kind: 'file', path: reference.path, range: entry.value.range };
  if (entry.value.kind !== 'list') return undefined;
  const tools = entry.value.items.flatMap((item): readonly Json[] => {
    if (item.kind !== 'map') return [];
    const kind = wordOf(item, 'kind') ?? wordOf(item, 'type') ?? 'function';
    const name = wordOf(item, 'name') ?? wordOf(item, 'id');
    if (kind === 'function' && name) return [functionOf(item, name)];
    issues.push({
      code: 'schema.unsupported-value',
      message: `A tool of the kind \`${kind}\` is not offered to the model in a run here; only functions are.`,
      range: entryOf(item, 'kind')?.value.range ?? entryOf(item, 'type')?.value.range ?? item.range,
      data: { kind },
    });
    return [];
  });
  return tools.length > 0 ? { kind: 'inline', value: tools, range: entry.value.range } : undefined;
}

function functionOf(item: MapNode, name: string): JsonObject {
  const inner = entryOf(item, 'function')?.value;
  if (inner) return { type: 'function', function: toJson(inner) };
  const description = wordOf(item, 'description');
  const strict = entryOf(item, 'strict')?.value;
  const bindings = entryOf(item, 'bindings')?.value;
  const bound = bindings?.kind === 'map' ? bindings.entries.map(({ key }) => key) : [];
  const parameters = entryOf(item, 'parameters')?.value;
  const type = parameters?.kind === 'map' ? entryOf(parameters, 'type') : undefined;
  const schema = !parameters
    ? { type: 'object', properties: {} }
    : type
      ? toJson(parameters)
      : objectSchema(readProperties(parameters).filter((property) => !bound.includes(property.name)));
  return {
    name,
    ...(description === undefined ? {} : { description }),
    parameters: schema,
    ...(strict?.kind === 'scalar' && typeof strict.value === 'boolean' ? { strict: strict.value } : {}),
  };
}

function wordOf(node: MapNode, key: string): string | undefined {
  const value = entryOf(node, key)?.value;
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}
