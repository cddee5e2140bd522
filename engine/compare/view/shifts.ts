import type { ComparedCase, ComparedSample, SuiteVerdict } from '../../../protocol/index.ts';
import { comparableText } from '../comparableText.ts';
import { count, median, money, seconds } from './figures.ts';

type Shift = SuiteVerdict['shifts'][number];

/** How one measure of answers is read and put in words. */
interface Measure {
  readonly what: Shift['what'];
  readonly of: (sample: ComparedSample) => number | undefined;
  /** A smaller difference of the medians is not worth a sentence, whatever its ratio. */
  readonly least: number;
  readonly more: string;
  readonly less: string;
  readonly shown: (value: number) => string;
  /** What the figures count, said once. */
  readonly unit: string;
}

const MEASURES: readonly Measure[] = [
  {
    what: 'length',
    of: ({ output }) => comparableText(output).length,
    least: 20,
    more: 'Answers are # longer',
    less: 'Answers are # shorter',
    shown: (value) => count(Math.round(value)),
    unit: ' characters',
  },
  {
    what: 'latency',
    of: ({ latencyMs }) => latencyMs,
    least: 200,
    more: 'Answers take # as long',
    less: 'Answers come # faster',
    shown: seconds,
    unit: '',
  },
  {
    what: 'tokens',
    of: ({ tokens }) => tokens,
    least: 10,
    more: 'Answers take # as many tokens',
    less: 'Answers take # fewer tokens',
    shown: (value) => count(Math.round(value)),
    unit: '',
  },
  {
    what: 'cost',
    of: ({ usd }) => usd,
    least: 0.00001,
    more: 'Answers cost # as much',
    less: 'Answers are # cheaper',
    shown: money,
    unit: '',
  },
];

/** From this ratio of the medians on. */
const LEAST_RATIO = 1.5;

/**
 * What answers weigh on both sides: the median over cases of each case's median, over the cases that both sides have. A description, not a
 * verdict; only what is worth saying, and tokens only where the length does not say it already.
 */
export function shiftsOf(cases: readonly Pick<ComparedCase, 'approved' | 'fresh'>[]): SuiteVerdict['shifts'] {
  const shifts = MEASURES.flatMap((measure) => shiftOf(measure, cases) ?? []);
  const longer = shifts.some(({ what }) => what === 'length');
  return shifts.filter(({ what }) => what !== 'tokens' || !longer);
}

function shiftOf(measure: Measure, cases: readonly Pick<ComparedCase, 'approved' | 'fresh'>[]): Shift | undefined {
  const pairs = cases.flatMap(({ approved, fresh }) => {
    const [before, now] = [medianOf(measure, approved), medianOf(measure, fresh)];
    return before === undefined || now === undefined ? [] : [{ before, now }];
  });
  const [baseline, candidate] = [median(pairs.map(({ before }) => before)), median(pairs.map(({ now }) => now))];
  if (baseline === undefined || candidate === undefined) return undefined;
  const [smaller, larger] = [Math.min(baseline, candidate), Math.max(baseline, candidate)];
  if (larger - smaller < measure.least || larger < smaller * LEAST_RATIO) return undefined;
  return { what: measure.what, baseline, candidate, sentence: sentence(measure, baseline, candidate) };
}

function sentence({ what, more, less, shown, unit }: Measure, baseline: number, candidate: number): string {
  const figures = `${shown(baseline)}${unit} before, ${shown(candidate)} now`;
  const smaller = Math.min(baseline, candidate);
  if (smaller <= 0) return what === 'length' && candidate === 0 ? `Answers are empty: ${figures}` : `${ONLY_NOW[what]}: ${figures}`;
  return `${(candidate > baseline ? more : less).replace('#', times(Math.max(baseline, candidate) / smaller))}: ${figures}`;
}

/** Beside nothing there is no ratio. */
const ONLY_NOW: Readonly<Record<Shift['what'], string>> = {
  length: 'Answers differ in length',
  latency: 'Answers differ in latency',
  tokens: 'Answers differ in tokens',
  cost: 'Answers differ in cost',
};

/** `1.8 times`, `27 times`. */
function times(ratio: number): string {
  return `${ratio < 9.95 ? Number(ratio.toFixed(1)) : count(Math.round(ratio))} times`;
}

function medianOf({ of }: Measure, samples: readonly ComparedSample[]): number | undefined {
  return median(samples.map(of).filter((value) => value !== undefined));
}
