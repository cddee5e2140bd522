import type { EvaluatorSpec, SetEvaluator } from '../../prompts-schema/index.ts';
import { type EvaluationContext, failed, type PartVerdict, type Verdict } from './evaluate.ts';
import { EVALUATORS } from './registry.ts';

/** What an evaluator says of an answer: sets put together from their parts, negations turned round. */
export function verdictOf(spec: EvaluatorSpec, context: EvaluationContext): Verdict {
  const verdict = spec.kind === 'set' ? setVerdict(spec, context) : EVALUATORS[spec.kind](spec, context);
  return spec.negated ? turnedRound(verdict) : verdict;
}

/** What is unscored stays so: a check that could not be made does not hold when it is turned round. */
function turnedRound(verdict: Verdict): Verdict {
  if (verdict.status === 'unscored') return verdict;
  const figure = verdict.figure === undefined ? {} : { figure: 1 - verdict.figure };
  const parts = verdict.parts ? { parts: verdict.parts } : {};
  if (verdict.status === 'failed') return { status: 'passed', ...figure, ...parts };
  return failed('The answer does what it is not to do.', { ...figure, ...parts });
}

/**
 * All parts hold; with a threshold the mean of what they count, by weight, is at least that. Parts of weight 0 are reported and decide
 * nothing. Where a part that counts is unscored, the set is: with a threshold always, for code may count anything; without one unless
 * another part fails.
 */
function setVerdict({ parts: specs, threshold }: SetEvaluator, context: EvaluationContext): Verdict {
  const parts = specs.map((spec) => ({ spec, verdict: verdictOf(spec, context) }));
  const counted = parts.filter(({ spec }) => weightOf(spec) > 0);
  const open = (counted.length > 0 ? counted : parts).filter(({ verdict }) => verdict.status === 'unscored');
  const failing = counted.filter(({ verdict }) => verdict.status === 'failed');
  const figure = open.length > 0 ? undefined : meanOf(counted);
  const details = { parts, ...(figure === undefined ? {} : { figure }) };
  if (threshold === undefined && failing.length > 0)
    return failed(`${failing.length} of ${parts.length} checks fail: ${listed(failing)}.`, details);
  if (figure === undefined)
    return { status: 'unscored', reason: `${open.length} of ${parts.length} checks cannot be scored: ${listed(open)}.`, parts };
  if (threshold === undefined || figure >= threshold) return { status: 'passed', ...details };
  const because = failing.length > 0 ? ` Failing: ${listed(failing)}.` : '';
  return failed(`The mean of ${parts.length} checks is ${rounded(figure)}, below ${threshold}.${because}`, details);
}

function weightOf({ weight }: EvaluatorSpec): number {
  return Math.max(0, weight ?? 1);
}

function meanOf(parts: readonly PartVerdict[]): number {
  const total = parts.reduce((sum, { spec }) => sum + weightOf(spec), 0);
  return total > 0 ? parts.reduce((sum, part) => sum + weightOf(part.spec) * countOf(part.verdict), 0) / total : 0;
}

function countOf(verdict: Verdict): number {
  if (verdict.status === 'unscored') return 0;
  return verdict.figure ?? (verdict.status === 'passed' ? 1 : 0);
}

const MOST_LISTED = 3;

function listed(parts: readonly PartVerdict[]): string {
  const said = parts
    .slice(0, MOST_LISTED)
    .map(({ spec, verdict }) => `${spec.name}${'reason' in verdict ? ` (${verdict.reason.replace(/\.$/, '')})` : ''}`);
  return `${said.join('; ')}${parts.length > said.length ? ' …' : ''}`;
}

/** Two digits, and more where two would hide that the figure is below the threshold. */
function rounded(figure: number): string {
  return String(Math.floor(figure * 1000) / 1000);
}
