import { withTexts } from './assertion.ts';
import { type Evaluate, unscored } from './evaluate.ts';
import { reaches } from './reaches.ts';
import { sharedRuns, spacedWords, wordRuns } from './textWords.ts';

const DEFAULT_LEAST = 0.5;
const LONGEST_RUN = 4;

/** Google-BLEU (Wu et al. 2016): of all runs of 1 to 4 words the share that is common, the smaller of precision and recall; the best of several texts. */
export const evaluateGleu: Evaluate = (spec, context) =>
  withTexts(spec, context, (texts, threshold = DEFAULT_LEAST) => {
    const references = texts.map(words);
    if (references.some((list) => list.length === 0)) return unscored('A text to compare with has no words.');
    const answer = words(context.output.text);
    const figure = Math.max(...references.map((reference) => gleu(answer, reference)));
    return reaches('GLEU', figure, threshold, { actual: context.output.text, expected: texts });
  });

function words(text: string): readonly string[] {
  return spacedWords(text.toLowerCase()).map((word) => word.replace(/\.+$/, ''));
}

function gleu(answer: readonly string[], reference: readonly string[]): number {
  let shared = 0;
  let [inAnswer, inReference] = [0, 0];
  for (let size = 1; size <= LONGEST_RUN; size++) {
    shared += sharedRuns(wordRuns(answer, size), wordRuns(reference, size));
    inAnswer += Math.max(0, answer.length - size + 1);
    inReference += Math.max(0, reference.length - size + 1);
  }
  return shared / Math.max(inAnswer, inReference, 1);
}
