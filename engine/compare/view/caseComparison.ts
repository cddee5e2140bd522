import type { CaseComparison, ComparedSample, Comparison } from '../../../protocol/index.ts';
import { comparableText } from '../comparableText.ts';
import { type AskedSamples, caseOf, caseTitle, shownSamples } from './caseTexts.ts';
import { brokenReasons, caseWords, LABEL_WORDS } from './caseWords.ts';
import type { StateOf } from './comparisonView.ts';
import { fieldRows } from './fieldRows.ts';
import { count, counted, median, money, seconds } from './figures.ts';

/** Everything that is shown of one case. Throws a UserError for a case that the comparison does not have. */
export function caseComparison(comparison: Comparison, caseId: string, stateOf: StateOf, asked: AskedSamples = {}): CaseComparison {
  const of = caseOf(comparison, caseId);
  const shown = shownSamples(of, comparison, asked);
  return {
    caseId,
    title: caseTitle(of),
    label: of.label,
    labelShown: LABEL_WORDS[of.label],
    words: caseWords(of, comparison),
    inputs: Object.entries(of.variables).map(([name, value]) => ({ name, value: bounded(valueText(value)) })),
    ...(of.expected === undefined ? {} : { expected: bounded(valueText(of.expected)) }),
    approved: of.approved.length,
    fresh: of.fresh.length,
    shown,
    rows: [...fieldRows(of, comparison.reading, shown)],
    evaluators: of.evaluators,
    measures: { baseline: measures(of.approved), candidate: measures(of.fresh) },
    broken: [...brokenReasons(of)],
    review: stateOf(caseId, of.change),
    ...(of.group === undefined ? {} : { group: of.group }),
  };
}

/** Medians of one side; what no sample tells is left out. */
function measures(samples: readonly ComparedSample[]): CaseComparison['measures']['baseline'] {
  const of = (value: (sample: ComparedSample) => number | undefined): number | undefined =>
    median(samples.map(value).filter((one) => one !== undefined));
  const [latency, tokens, cost] = [of(({ latencyMs }) => latencyMs), of((sample) => sample.tokens), of(({ usd }) => usd)];
  const length = of(({ output }) => comparableText(output).length);
  return {
    ...(latency === undefined ? {} : { latency: seconds(latency) }),
    ...(tokens === undefined ? {} : { tokens: count(Math.round(tokens)) }),
    ...(cost === undefined ? {} : { cost: money(cost) }),
    length: length === undefined ? 'no sample' : counted(Math.round(length), 'character'),
  };
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
}

/** An input is there to be recognised; what is longer than this is read in the dataset. */
function bounded(text: string): string {
  return text.length <= LONGEST_INPUT ? text : `${text.slice(0, LONGEST_INPUT)}… (${count(text.length - LONGEST_INPUT)} more characters)`;
}

const LONGEST_INPUT = 20_000;
