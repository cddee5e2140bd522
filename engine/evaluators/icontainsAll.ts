import { containsTexts } from './containsTexts.ts';
import type { Evaluate } from './evaluate.ts';

/** The answer holds each of the texts, case aside. */
export const evaluateIcontainsAll: Evaluate = (spec, context) => containsTexts(spec, context, { each: true, minding: false });
