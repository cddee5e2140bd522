import { type Evaluate, failed, PASSED } from './evaluate.ts';
import { quote } from './jsonValues.ts';

/** The provider reports no refusal, and the answer does not begin as refusals do. */
export const evaluateNoRefusal: Evaluate = (_spec, { output }) => {
  if (output.refusal !== undefined || output.finishReason === 'refusal')
    return failed(`The model refused: ${quote(output.refusal ?? output.text)}.`, { actual: output.refusal ?? output.text });
  if (output.finishReason === 'contentFilter') return failed('The provider’s content filter stopped the answer.', { actual: output.text });
  const start = refusalStart(output.text);
  return start === undefined ? PASSED : failed(`The answer begins like a refusal: ${quote(start)}.`, { actual: output.text });
};

/** The words with which a text refuses its task, when it begins with them; undefined otherwise. Words further on do not count: they may be quoted. */
export function refusalStart(text: string): string | undefined {
  return REFUSAL.exec(text.trimStart().slice(0, 300))?.[0];
}

const REFUSAL =
  /^(?:(?:i['’]m |i am )?(?:so |very )?(?:sorry|afraid)[,.!]?(?: but)? (?:(?:that )?i (?:can(?:['’]t|not| not)|am (?:not able|unable)|['’]m (?:not able|unable)|won['’]t)\b[^.\n]{0,80}|(?:but )?as an ai\b[^.\n]{0,80})|i (?:can(?:['’]t|not| not)|am (?:not able|unable) to|['’]m (?:not able|unable) to|won['’]t|must decline to) (?:be able to )?(?:help|assist|provide|fulfil|comply|answer|process|do that|continue|complete|create|generate|engage|support)\b[^.\n]{0,80}|as an ai (?:language )?model\b[^.\n]{0,80})/i;
