import type { Parameter } from '../../document.ts';
import { checkSchema, unknownKeyIssue } from '../../parse/checkSchema.ts';
import type { Issue } from '../../parse/issue.ts';
import type { MapEntry } from '../../parse/positioned.ts';
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
  return parametersOf(entry.value.entries, fields.issues, 'modelParameters', true);
}

/**
 * The same of the entries of any map, which is called `place` in messages. With `strict` a name that is none of ours is an issue too;
 * it is sent as it is written in any case, for the API knows it or refuses it.
 */
export function parametersOf(entries: readonly MapEntry[], issues: Issue[], place: string, strict: boolean): readonly Parameter[] {
  const parameters: Parameter[] = [];
  for (const { key, keyRange, value } of entries) {
    const info = parameterOf(key);
    const earlier = parameters.find((parameter) => parameter.name === (info?.name ?? key));
    if (earlier) {
      if (earlier.writtenName !== key)
        issues.push({
          code: 'schema.duplicate-key',
          message: `\`${key}\` and \`${earlier.writtenName}\` are the same parameter; only the first one counts. Remove one of them.`,
          range: keyRange,
          data: { key },
        });
      continue;
    }
    const json = toJson(value);
    if (!info && strict) issues.push(unknownKeyIssue(key, keyRange, parameterSpellings(), [place]));
    else if (info) {
      const { issues: wrong } = checkSchema(value, info.schema, [place, key], json);
      for (const issue of wrong) issues.push(value.range.start === value.range.end ? { ...issue, range: keyRange } : issue);
      if (wrong.length) continue;
    }
    parameters.push({ writtenName: key, name: info?.name ?? key, value: json, keyRange, valueRange: value.range });
  }
  return parameters;
}
