import { type Evaluate, unscored } from './evaluate.ts';

/** A judge needs a model of its own and a calibration; until there is one, its result is not invented. */
export const evaluateJudge: Evaluate = () => unscored('Language-model judges are not scored yet: they come with a later version.');
