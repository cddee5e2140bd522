import { type Evaluate, unscored } from './evaluate.ts';

/** `uses: github/…` are judges as well. */
export const evaluateBuiltin: Evaluate = (spec) =>
  unscored(
    spec.kind === 'builtin'
      ? `${spec.uses} is a language-model judge, and judges are not scored yet: they come with a later version.`
      : 'Not a built-in judge.',
  );
