import { compareNumber } from './compareNumber.ts';
import type { Evaluate } from './evaluate.ts';

/** The number is at most the operand. */
export const evaluateMax: Evaluate = (spec, context) => compareNumber(spec, context, (value, limit) => value <= limit, 'above');
