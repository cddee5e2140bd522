import type { Json } from '../../safety/index.ts';
import { type Evaluate, failed, PASSED } from './evaluate.ts';
import { quote } from './jsonValues.ts';
import { overValues } from './overValues.ts';

/** The value is there and is not null, blank, `[]` or `{}`. */
export const evaluateNotEmpty: Evaluate = (spec, context) =>
  overValues(spec, context, 'text', (value, _operand, place) =>
    isEmpty(value) ? failed(`${place} is empty (${quote(value)}).`, { actual: value }) : PASSED,
  );

function isEmpty(value: Json): boolean {
  if (value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}
