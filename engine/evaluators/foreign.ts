import { type Evaluate, unscored } from './evaluate.ts';

/** A check of another tool that is not computed here: unscored, with the reason that the reader gave. */
export const evaluateForeign: Evaluate = (spec) =>
  spec.kind === 'foreign'
    ? unscored(spec.name.startsWith(spec.type) ? spec.reason : `\`${spec.type}\`: ${spec.reason}`)
    : unscored('Not a check of another tool.');
