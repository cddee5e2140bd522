import { containsTexts } from './containsTexts.ts';
import type { Evaluate } from './evaluate.ts';

/** The answer holds one of the texts. */
export const evaluateContainsAny: Evaluate = (spec, context) => containsTexts(spec, context, { each: false, minding: true });
