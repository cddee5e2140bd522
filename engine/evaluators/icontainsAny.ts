import { containsTexts } from './containsTexts.ts';
import type { Evaluate } from './evaluate.ts';

/** The answer holds one of the texts, case aside. */
export const evaluateIcontainsAny: Evaluate = (spec, context) => containsTexts(spec, context, { each: false, minding: false });
