import { ageWords, type DeployedRow, problemWords } from '../../protocol/index.ts';

/** How far the answer of a source can be relied on, short: `12 min old`, `source down, 3 h old`, `no answer yet`. */
export function ageOrProblem({ answeredAt, problem }: Pick<DeployedRow, 'answeredAt' | 'problem'>, now: Date): string {
  return [problem ? problemWords(problem) : '', answeredAt === undefined ? 'no answer yet' : ageWords(answeredAt, now)]
    .filter(Boolean)
    .join(', ');
}
