import type { FrozenCase, LoadedPrompt } from '../../ledger/index.ts';
import type { ComparedSample, Comparison, Output, Sample, Score } from '../../protocol/index.ts';
import { loadRegexEngine } from '../evaluators/regexEngine.ts';
import { createScorer } from '../evaluators/scorer.ts';
import { hashEvaluators } from '../run/plan.ts';
import { type PromptParts, promptParts } from '../run/request.ts';
import { brokenBy, type ContractTerms } from './contract.ts';
import { readingOf } from './reading.ts';

/** An answer to be assessed; approved ones of a baseline have no latency, cost or usage. */
export type Answer = Pick<Sample, 'latencyMs' | 'usage' | 'cost'> & { readonly output: Output };

/** Holds every answer of a comparison, of either side, against the same evaluators, contract and reading. */
export interface Assessor {
  readonly evaluators: Comparison['evaluators'];
  readonly evaluatorsHash: string;
  /** Names of evaluators that are judges: they are not scored here, and may drift themselves. */
  readonly judges: readonly string[];
  readonly reading: Comparison['reading'];
  readonly assess: (answer: Answer, of: FrozenCase) => ComparedSample;
}

export async function createAssessor({ document, facts, files }: Pick<LoadedPrompt, 'document' | 'facts' | 'files'>): Promise<Assessor> {
  const specs = document.evaluators;
  const scorer = await createScorer(specs, facts.evaluatorFiles);
  const parts = promptParts(document, facts);
  const terms = await contractTerms(parts);
  return {
    evaluators: specs.map(({ name, range, must }) => ({
      name,
      line: document.lines.lineNumber(range.start),
      ...(must ? { must } : {}),
    })),
    evaluatorsHash: hashEvaluators(specs, files),
    judges: specs.filter(({ kind }) => kind === 'judge').map(({ name }) => name),
    reading: readingOf(document, parts),
    assess: (answer, of) => {
      const key = { caseId: of.id, model: '', repeat: 0 };
      return comparedSample(answer, scorer.score({ ...answer, key, requestHash: '', attempts: 1 }, of), terms);
    },
  };
}

/** An answer with its scores as comparisons keep them. */
export function comparedSample({ output, latencyMs, usage, cost }: Answer, scores: readonly Score[], terms: ContractTerms): ComparedSample {
  const broken = brokenBy(output, scores, terms);
  return {
    output,
    contract: broken === undefined,
    ...(broken === undefined ? {} : { broken }),
    scores: scores.map(({ index, status, reason, parts }) => ({
      index,
      status,
      ...(parts ? { parts } : {}),
      ...(status !== 'passed' && reason !== undefined ? { reason } : {}),
    })),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(usage === undefined ? {} : { tokens: usage.outputTokens }),
    ...(cost === undefined ? {} : { usd: cost.usd }),
  };
}

async function contractTerms({ responseFormat, schema }: PromptParts): Promise<ContractTerms> {
  return {
    json: responseFormat !== 'text',
    schema: schema?.schema,
    regex: schema ? await loadRegexEngine() : undefined,
  };
}
