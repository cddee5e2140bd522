import { compareLength } from './compareLength.ts';
import type { Evaluate } from './evaluate.ts';

/** The text has at least so many characters (code points), or the list so many items. */
export const evaluateMinLength: Evaluate = (spec, context) => compareLength(spec, context, (length, limit) => length >= limit, 'below');
