import { withTexts } from './assertion.ts';
import { type Evaluate, unscored } from './evaluate.ts';
import { reaches } from './reaches.ts';
import { spacedWords, wordRuns } from './textWords.ts';

const DEFAULT_LEAST = 0.5;
const LONGEST_RUN = 4;

/** BLEU-4 (Papineni et al. 2002) of one answer against one text or several, unsmoothed: without a common run of four words it is 0. */
export const evaluateBleu: Evaluate = (spec, context) =>
  withTexts(spec, context, (texts, threshold = DEFAULT_LEAST) => {
    const references = texts.map((text) => spacedWords(text.toLowerCase()));
    if (references.some((words) => words.length === 0)) return unscored('A text to compare with has no words.');
    const figure = bleu(spacedWords(context.output.text.toLowerCase()), references);
    return reaches('BLEU', figure, threshold, { actual: context.output.text, expected: texts });
  });

function bleu(answer: readonly string[], references: readonly (readonly string[])[]): number {
  let logs = 0;
  for (let size = 1; size <= LONGEST_RUN; size++) {
    const runs = wordRuns(answer, size);
    const counted = references.map((words) => wordRuns(words, size));
    let clipped = 0;
    for (const [run, count] of runs) clipped += Math.min(count, Math.max(...counted.map((counts) => counts.get(run) ?? 0)));
    if (clipped === 0) return 0;
    logs += Math.log(clipped / (answer.length - size + 1)) / LONGEST_RUN;
  }
  const lengths = references.map((words) => words.length);
  const closest = lengths.reduce((best, length) => {
    const [near, known] = [Math.abs(length - answer.length), Math.abs(best - answer.length)];
    return near < known || (near === known && length < best) ? length : best;
  });
  const brevity = answer.length > closest ? 1 : Math.exp(1 - closest / answer.length);
  return brevity * Math.exp(logs);
}
