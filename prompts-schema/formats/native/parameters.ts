import type { Parameter } from '../../document.ts';
import { checkSchema, unknownKeyIssue } from '../../parse/checkSchema.ts';
import { toJson } from '../../parse/tree.ts';
import { parameterOf, parameterSpellings } from '../../schemas/parameters.ts';
import type { Fields } from './fields.ts';

/** `modelParameters` in any spelling. Of two spellings of one parameter the first counts; a value that cannot be sent is an issue and left out. */
export function readParameters(fields: Fields): readonly Parameter[] {
  const entry = fields.entry('modelParameters');
  if (!entry) return [];
  if (entry.value.kind !== 'map') {
    if (entry.value.kind !== 'scalar' || entry.value.value !== null) fields.wrongType(entry, 'a map');
    return [];
  }
  const parameters: Parameter[] = [];
  for (const { key, keyRange, value } of entry.value.entries) {
    const info = parameterOf(key);
    const earlier = parameters.find((parameter) => parameter.name === (info?.name ?? key));
    if (earlier) {
      if (earlier.writtenName !== key)
        fields.issues.push({
          code: 'schema.duplicate-key',
          message: `\`${key}\` and \`${earlier.writtenName}\` are the same parameter; only the first one counts. Remove one of them.`,
          range: keyRange,
          data: { key },
        });
      continue;
    }
    const json = toJson(value);
    if (!info) fields.issues.push(unknownKeyIssue(key, keyRange, parameterSpellings(), ['modelParameters']));
    else {
      const { issues } = checkSchema(value, info.schema, ['modelParameters', key], json);
      for (const issue of issues) fields.issues.push(value.range.start === value.range.end ? { ...issue, range: keyRange } : issue);
      if (issues.length) continue;
    }
    parameters.push({ writtenName: key, name: info?.name ?? key, value: json, keyRange, valueRange: value.range });
  }
  return parameters;
}
