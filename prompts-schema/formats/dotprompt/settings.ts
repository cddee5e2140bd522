import type { InlineOrFile, Parameter } from '../../document.ts';
import { toJson } from '../../parse/tree.ts';
import type { Fields } from '../native/fields.ts';
import { parametersOf } from '../native/parameters.ts';

/** `config`: parameters under any spelling; those of one provider alone are passed on as they are. */
export function readConfig(fields: Fields): readonly Parameter[] {
  const entry = fields.entry('config');
  if (!entry) return [];
  if (entry.value.kind === 'map') return parametersOf(entry.value.entries, fields.issues, 'config', false);
  if (entry.value.kind !== 'scalar' || entry.value.value !== null) fields.wrongType(entry, 'a map');
  return [];
}

/** `toolDefs` are definitions; `tools` names those that the application defines, which are not to be had here. */
export function readTools(fields: Fields): InlineOrFile | undefined {
  for (const item of fields.list('tools') ?? [])
    if (item.kind === 'scalar' && typeof item.value === 'string')
      fields.issues.push({
        code: 'schema.unresolved-value',
        message: `The tool \`${item.value}\` is defined by the application: a run here does not offer it to the model. Put its definition under \`toolDefs\`.`,
        range: item.range,
        data: { name: item.value },
      });
  const defined = fields.entry('toolDefs');
  if (!defined || fields.list('toolDefs') === undefined) return undefined;
  const value = toJson(defined.value);
  if (!Array.isArray(value)) return undefined;
  const list = value.map((tool) =>
    typeof tool === 'object' && tool !== null && !Array.isArray(tool) && 'inputSchema' in tool && !('parameters' in tool)
      ? { ...tool, parameters: tool.inputSchema ?? {} }
      : tool,
  );
  return { kind: 'inline', value: list, range: defined.value.range };
}
