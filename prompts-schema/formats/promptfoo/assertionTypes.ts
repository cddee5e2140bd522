import type { AssertionKind, PredicateKind } from '../../evaluator.ts';

/** What becomes of an assertion of promptfoo here: a check of ours, or the reason why it is not computed. */
export type AssertionType = ScoredType | UnscoredType;

export interface ScoredType {
  /** The evaluator that computes it. */
  readonly kind: AssertionKind | PredicateKind | 'set';
  /** What passes, for the docs. */
  readonly passes: string;
  /** What the assertion needs to be a check at all. */
  readonly needs?: 'value' | 'threshold';
}

export interface UnscoredType {
  readonly kind: 'foreign';
  /** A sentence. */
  readonly reason: string;
}

const CALLS = 'the answer calls functions of `tools` or `functions`, each with arguments valid under its schema';
const CODE = 'It is code, and nothing of a repository is executed here.';
const JUDGE = 'It is a language-model judge, and judges are not scored yet.';
const EMBEDDING = 'It compares embeddings, and no embedding model is asked here.';
const CLASSIFIER = 'It asks a model that classifies, and none is asked here.';
const ACROSS = 'It compares the answers of several prompts or models with each other; each answer is scored by itself here.';
const LOGPROBS = 'It needs the log probabilities of tokens, which are not kept.';
const TRACE = 'It reads a trace of the application, and none is recorded here.';
const TRAJECTORY = 'It reads the steps of an agent, and an answer here is one call.';

/** Every type of assertion that promptfoo has, without `not-`. The table of the docs is made from it. */
export const ASSERTION_TYPES: { readonly [type: string]: AssertionType } = {
  equals: {
    kind: 'equals',
    passes: 'the answer is exactly this text; an object or list is compared as JSON, key order aside',
    needs: 'value',
  },
  contains: { kind: 'contains', passes: 'the answer holds the text', needs: 'value' },
  icontains: { kind: 'icontains', passes: 'the answer holds the text, case aside', needs: 'value' },
  'contains-any': { kind: 'containsAny', passes: 'the answer holds one of the texts (a list, or one text with commas)', needs: 'value' },
  'contains-all': { kind: 'containsAll', passes: 'the answer holds each of the texts', needs: 'value' },
  'icontains-any': { kind: 'icontainsAny', passes: 'the answer holds one of the texts, case aside', needs: 'value' },
  'icontains-all': { kind: 'icontainsAll', passes: 'the answer holds each of the texts, case aside', needs: 'value' },
  'starts-with': { kind: 'startsWith', passes: 'the answer begins with the text', needs: 'value' },
  regex: {
    kind: 'matches',
    passes: 'the answer has a match of the pattern, on a linear-time engine: look-around and back-references are unscored',
    needs: 'value',
  },
  'is-json': { kind: 'json', passes: 'the answer is JSON, and valid under the schema where one is given' },
  'contains-json': {
    kind: 'containsJson',
    passes: 'the answer holds an object or list of JSON, valid under the schema where one is given',
  },
  'is-html': {
    kind: 'isHtml',
    passes: 'the answer is HTML and nothing else: known elements, closed where they have to be, no text outside of them',
  },
  'contains-html': { kind: 'containsHtml', passes: 'the answer holds a known HTML element that is closed or needs no end' },
  'is-xml': {
    kind: 'isXml',
    passes:
      'the answer is one well-formed XML element, with the required elements where some are named; an answer with a document type is unscored',
  },
  'contains-xml': {
    kind: 'containsXml',
    passes: 'the answer holds a well-formed XML element, with the required elements where some are named',
  },
  'is-sql': {
    kind: 'foreign',
    reason: 'Dialects of SQL differ, and no parser of SQL is part of Evenkeel: a lenient check would pass what a database refuses.',
  },
  'contains-sql': {
    kind: 'foreign',
    reason: 'Dialects of SQL differ, and no parser of SQL is part of Evenkeel: a lenient check would pass what a database refuses.',
  },
  'is-refusal': { kind: 'refusal', passes: 'the provider reports a refusal, the answer is empty, or it begins as refusals do' },
  'word-count': {
    kind: 'wordCount',
    passes: 'the answer has so many words (a number, or `min` and `max`), split at white space',
    needs: 'value',
  },
  levenshtein: { kind: 'levenshtein', passes: 'at most `threshold` (5) edits lie between the answer and the text', needs: 'value' },
  'rouge-n': { kind: 'rougeN', passes: 'ROUGE-1 recall of the text is at least `threshold` (0.75)', needs: 'value' },
  bleu: { kind: 'bleu', passes: 'BLEU-4 against the texts is at least `threshold` (0.5), unsmoothed as published', needs: 'value' },
  gleu: { kind: 'gleu', passes: 'Google-BLEU against the best of the texts is at least `threshold` (0.5)', needs: 'value' },
  meteor: {
    kind: 'foreign',
    reason: 'METEOR needs a stemmer and a thesaurus, which are not part of Evenkeel; without them the figure would be another.',
  },
  perplexity: { kind: 'foreign', reason: LOGPROBS },
  'perplexity-score': { kind: 'foreign', reason: LOGPROBS },
  latency: {
    kind: 'maxLatencyMs',
    passes: 'the answer came within `threshold` milliseconds; of an answer from the cache the first call counts',
    needs: 'threshold',
  },
  cost: { kind: 'maxCost', passes: 'the answer cost at most `threshold` dollars by the price table', needs: 'threshold' },
  'finish-reason': {
    kind: 'finishReason',
    passes: 'the answer ended for this reason: `stop`, `length`, `tool_calls` or `content_filter`',
    needs: 'value',
  },
  'is-valid-function-call': { kind: 'validToolCalls', passes: CALLS },
  'is-valid-openai-function-call': { kind: 'validToolCalls', passes: CALLS },
  'is-valid-openai-tools-call': { kind: 'validToolCalls', passes: CALLS },
  'tool-call-f1': {
    kind: 'toolCallF1',
    passes: 'F1 of the names called and the names expected is at least `threshold` (1)',
    needs: 'value',
  },
  'skill-used': { kind: 'foreign', reason: TRAJECTORY },
  guardrails: { kind: 'foreign', reason: 'It reads what guardrails of the provider say, which is not kept.' },
  'trace-span-count': { kind: 'foreign', reason: TRACE },
  'trace-span-duration': { kind: 'foreign', reason: TRACE },
  'trace-error-spans': { kind: 'foreign', reason: TRACE },
  'trajectory:tool-used': { kind: 'foreign', reason: TRAJECTORY },
  'trajectory:tool-args-match': { kind: 'foreign', reason: TRAJECTORY },
  'trajectory:tool-sequence': { kind: 'foreign', reason: TRAJECTORY },
  'trajectory:step-count': { kind: 'foreign', reason: TRAJECTORY },
  'trajectory:goal-success': { kind: 'foreign', reason: TRAJECTORY },
  javascript: { kind: 'foreign', reason: CODE },
  python: { kind: 'foreign', reason: CODE },
  ruby: { kind: 'foreign', reason: CODE },
  webhook: { kind: 'foreign', reason: 'It sends the answer to a server that a file names, and no check does so here.' },
  similar: { kind: 'foreign', reason: EMBEDDING },
  'similar:cosine': { kind: 'foreign', reason: EMBEDDING },
  'similar:dot': { kind: 'foreign', reason: EMBEDDING },
  'similar:euclidean': { kind: 'foreign', reason: EMBEDDING },
  classifier: { kind: 'foreign', reason: CLASSIFIER },
  moderation: { kind: 'foreign', reason: CLASSIFIER },
  'llm-rubric': { kind: 'foreign', reason: JUDGE },
  'g-eval': { kind: 'foreign', reason: JUDGE },
  'agent-rubric': { kind: 'foreign', reason: JUDGE },
  'search-rubric': { kind: 'foreign', reason: JUDGE },
  factuality: { kind: 'foreign', reason: JUDGE },
  'model-graded-factuality': { kind: 'foreign', reason: JUDGE },
  'model-graded-closedqa': { kind: 'foreign', reason: JUDGE },
  'answer-relevance': { kind: 'foreign', reason: JUDGE },
  'context-faithfulness': { kind: 'foreign', reason: JUDGE },
  'context-recall': { kind: 'foreign', reason: JUDGE },
  'context-relevance': { kind: 'foreign', reason: JUDGE },
  'conversation-relevance': { kind: 'foreign', reason: JUDGE },
  pi: { kind: 'foreign', reason: JUDGE },
  'select-best': { kind: 'foreign', reason: ACROSS },
  'max-score': { kind: 'foreign', reason: ACROSS },
  human: { kind: 'foreign', reason: 'A person says it in promptfoo’s own pages.' },
  'assert-set': { kind: 'set', passes: 'all of its checks pass; with a `threshold` the mean of their scores by weight reaches it' },
};

/** What becomes of an assertion of this type, `not-` or not; undefined for a type that promptfoo does not have. */
export function assertionType(written: string): AssertionType | undefined {
  const { base } = baseType(written);
  if (base.startsWith('promptfoo:redteam:'))
    return { kind: 'foreign', reason: 'It is one of promptfoo’s red-team graders, which ask a model.' };
  return Object.hasOwn(ASSERTION_TYPES, base) ? ASSERTION_TYPES[base] : undefined;
}

export function isAssertionType(written: string): boolean {
  return assertionType(written) !== undefined;
}

/** A type without the `not-` that turns it round. */
export function baseType(written: string): { readonly base: string; readonly negated: boolean } {
  return written.startsWith('not-') ? { base: written.slice(4), negated: true } : { base: written, negated: false };
}
