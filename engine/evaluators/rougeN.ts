import { withText } from './assertion.ts';
import { type Evaluate, unscored } from './evaluate.ts';
import { reaches } from './reaches.ts';
import { plainWords, sharedRuns, wordRuns } from './textWords.ts';

const DEFAULT_LEAST = 0.75;

/** ROUGE-1 (Lin 2004): the share of the words of the text that the answer has too, each as often as it stands in both. */
export const evaluateRougeN: Evaluate = (spec, context) =>
  withText(spec, context, (text, threshold = DEFAULT_LEAST) => {
    const wanted = plainWords(text);
    if (wanted.length === 0) return unscored('The text to compare with has no words.');
    const shared = sharedRuns(wordRuns(wanted, 1), wordRuns(plainWords(context.output.text), 1));
    return reaches('ROUGE-1 recall', shared / wanted.length, threshold, { actual: context.output.text, expected: text });
  });
