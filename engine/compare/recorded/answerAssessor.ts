import type { FrozenCase } from '../../../ledger/index.ts';
import type { Score } from '../../../protocol/index.ts';
import { UserError } from '../../../safety/index.ts';
import { type CompiledRegex, loadRegexEngine } from '../../evaluators/regexEngine.ts';
import { type Assessor, comparedSample } from '../assessor.ts';

/**
 * Assesses outputs that belong to no prompt. With patterns the answer is what the first pattern that matches finds last, and it is right when
 * it equals the case's `expected` in any case. Without patterns, or without `expected`, nothing is scored.
 */
export async function answerAssessor(patterns: readonly string[]): Promise<Assessor> {
  const engine = await loadRegexEngine();
  const compiled = patterns.map((pattern) => {
    const regex = engine.compile(pattern);
    if (!regex.ok) throw new UserError('usage', `The pattern ${pattern} cannot be used: ${regex.message}. Patterns are RE2 syntax.`);
    return regex;
  });
  const evaluators = patterns.length ? [{ name: 'answer is as expected', line: 0 }] : [];
  return {
    evaluators,
    evaluatorsHash: '',
    judges: [],
    reading: { format: 'auto', stripFence: false, rules: {} },
    assess: (answer, of) =>
      comparedSample(answer, evaluators.length ? [scoreOf(answer.output.text, of, compiled)] : [], {
        json: false,
        schema: undefined,
        regex: undefined,
      }),
  };
}

type Found = Extract<CompiledRegex, { readonly ok: true }>;

function scoreOf(text: string, { expected }: FrozenCase, patterns: readonly Found[]): Score {
  const base = { evaluator: 'answer is as expected', index: 0 };
  if (expected === undefined) return { ...base, status: 'unscored', reason: 'The row has no `expected`.' };
  let answer: string | undefined;
  for (const { last } of patterns) {
    answer = last(text);
    if (answer !== undefined) break;
  }
  const wanted = typeof expected === 'string' ? expected : JSON.stringify(expected);
  if (answer === undefined) return { ...base, status: 'failed', reason: 'No answer was found in the text.', expected: wanted };
  const right = answer.trim().toLowerCase() === wanted.trim().toLowerCase();
  return right
    ? { ...base, status: 'passed' }
    : { ...base, status: 'failed', reason: `The answer is “${answer.slice(0, 80)}”, not “${wanted}”.` };
}
