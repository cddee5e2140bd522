import { compareNumber } from './compareNumber.ts';
import type { Evaluate } from './evaluate.ts';

/** The number is at least the operand. */
export const evaluateMin: Evaluate = (spec, context) => compareNumber(spec, context, (value, limit) => value >= limit, 'below');
