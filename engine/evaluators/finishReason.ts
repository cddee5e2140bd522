import type { Output } from '../../protocol/index.ts';
import { withText } from './assertion.ts';
import { type Evaluate, failed, PASSED, unscored } from './evaluate.ts';

/** The answer ended for this reason, by any of the names that providers have for it. */
export const evaluateFinishReason: Evaluate = (spec, context) =>
  withText(spec, context, (text) => {
    const wanted = REASONS.get(text.trim().toLowerCase());
    if (!wanted) return unscored(`\`${text}\` is no reason that is kept: those are stop, length, tool_calls and content_filter.`);
    const { finishReason } = context.output;
    if (finishReason === 'other') return unscored('The provider gave a reason that has no name here.');
    return finishReason === wanted
      ? PASSED
      : failed(`The answer ended with \`${finishReason}\`, not \`${wanted}\`.`, { actual: finishReason, expected: wanted });
  });

const REASONS: ReadonlyMap<string, Output['finishReason']> = new Map([
  ['stop', 'stop'],
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['tool_calls', 'toolCalls'],
  ['tool_use', 'toolCalls'],
  ['function_call', 'toolCalls'],
  ['content_filter', 'contentFilter'],
  ['refusal', 'refusal'],
]);
