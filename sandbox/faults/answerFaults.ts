import type { Answer } from '../answers/ask.ts';
import type { HttpError } from '../protocols/httpError.ts';
import { countTokens } from '../tokenCount.ts';
import type { FaultRule } from './faultScript.ts';
import { cycledShape, retryAfterValue } from './retryAfter.ts';

/** The error a fault answers with, or undefined for faults of another sort. `n` is the call's number, `now` milliseconds since the epoch. */
export function statusFault(
  rule: FaultRule,
  provider: 'openai' | 'anthropic',
  n: number,
  now: number,
): { readonly error: HttpError; readonly headers: Readonly<Record<string, string>> } | undefined {
  switch (rule.kind) {
    case 'rate-limit': {
      const shape = rule.retryAfter === undefined || rule.retryAfter === 'cycle' ? cycledShape(n) : rule.retryAfter;
      const value = retryAfterValue(shape, now);
      return {
        error: { status: 429, kind: 'rate-limit', message: 'Rate limit reached: too many requests.', field: null },
        headers: value === undefined ? {} : { 'retry-after': value },
      };
    }
    case 'quota-exhausted':
      return {
        error: { status: 429, kind: 'quota', message: 'You exceeded your current quota. Trying again will not help.', field: null },
        headers: {},
      };
    case 'server-error':
      return {
        error: { status: 500, kind: 'server', message: 'The server had an error while processing your request.', field: null },
        headers: {},
      };
    case 'overloaded':
      return { error: { status: 529, kind: 'overloaded', message: 'Overloaded', field: null }, headers: {} };
    case 'content-filter':
      return provider === 'anthropic'
        ? { error: { status: 400, kind: 'filtered', message: 'Output blocked by content filtering policy', field: null }, headers: {} }
        : undefined;
    default:
      return undefined;
  }
}

/** Faults in what the model says rather than in how it arrives. */
export function contentFault(rule: FaultRule, answer: Answer): Answer {
  switch (rule.kind) {
    case 'empty-answer':
      return { ...answer, text: '', outputTokens: 0 };
    case 'refusal':
      return { ...answer, kind: 'refusal', text: REFUSAL, toolName: '', finish: 'stop', outputTokens: countTokens(REFUSAL) };
    case 'content-filter':
      return { ...answer, kind: 'text', text: '', toolName: '', finish: 'filter', outputTokens: 0 };
    default:
      return answer;
  }
}

const REFUSAL = "I'm sorry, but I can't help with that.";
