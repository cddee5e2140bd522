import { unknownKeyIssue } from '../../parse/checkSchema.ts';
import type { MapEntry } from '../../parse/positioned.ts';
import { STRING_OPERATORS } from '../../schemas/evaluators.ts';
import { Fields, shorten } from './fields.ts';
import type { ReadKind } from './readKind.ts';

/** `string: { contains: … }`. Of several operators the first in GitHub's order counts; an empty one was none to its runner. */
export function readStringCheck(fields: Fields, kind: MapEntry): ReadKind | undefined {
  const { value } = kind;
  if (value.kind !== 'map') {
    fields.wrongType(kind, `a map with one of ${STRING_OPERATORS.join(', ')}`);
    return undefined;
  }
  const own = new Fields(fields.file, value, fields.issues, `${fields.place}.string`);
  for (const { key, keyRange } of value.entries)
    if (!STRING_OPERATORS.some((operator) => operator === key))
      fields.issues.push(unknownKeyIssue(key, keyRange, STRING_OPERATORS, [`${fields.place}.string`]));
  for (const operator of STRING_OPERATORS) {
    const entry = own.entry(operator);
    if (!entry) continue;
    const operand = own.lenientText(operator);
    if (!operand) return undefined;
    if (!operand.value && value.entries.length > 1) continue;
    if (!operand.value && operator !== 'equals') {
      fields.issues.push({
        code: 'evaluator.wrong-operand',
        message: `${own.nameOf(operator)} is empty, and every answer would pass. Write the text to look for.`,
        range: operand.range.start === operand.range.end ? entry.keyRange : operand.range,
      });
      return undefined;
    }
    return {
      spec: { kind: 'string', operator, operand: operand.value, operandRange: operand.range },
      label: `${WORDS[operator]} "${shorten(operand.value)}"`,
    };
  }
  if (!value.entries.length || value.entries.every(({ key }) => STRING_OPERATORS.some((operator) => operator === key)))
    fields.issues.push({
      code: 'evaluator.no-predicate',
      message: `\`${fields.place}.string\` checks nothing. Add one of ${STRING_OPERATORS.join(', ')}.`,
      range: kind.keyRange,
    });
  return undefined;
}

const WORDS = { equals: 'equals', contains: 'contains', startsWith: 'starts with', endsWith: 'ends with' } as const;
