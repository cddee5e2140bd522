import type { CaseLabel, SuiteVerdict, SuiteWord } from '../../../protocol/index.ts';
import { labelCase, labelCases } from '../cases/labelCase.ts';
import { benjaminiHochberg, holm } from '../suite/adjustPValues.ts';
import { powerOf } from '../suite/detectableDrop.ts';
import { powerSentence } from '../suite/powerSentence.ts';
import { type StratifiedResult, stratifiedExact } from '../suite/stratifiedExact.ts';
import { type DistributionResult, distributionTest, type FirstLook } from './distributionTest.ts';
import { fieldTests } from './fieldTests.ts';
import { casesNeeded, meanShares, pairedOutcomes, passRateOf, samplesWords } from './passRate.ts';
import type { OutcomeCounts, SuiteCase, SuiteOptions, SuiteReview } from './suiteReview.ts';
import { type PowerFacts, quickSentences, suiteSentences } from './suiteWords.ts';

/** The headline tests share this chance of a false failure by Holm, and the cases have the same again as their q-value. */
export const GATE_ALPHA = 0.025;
/** A run that would not find a drop of this size … */
const COARSE_DROP = 0.2;
/** … so often has too little data to call anything steady. */
const LEAST_POWER = 0.8;

/**
 * The verdict on a whole comparison. The headline tests see first-look samples only. With the cases' gate beside them the chance of a false
 * failure is at most 5 % a review. A quick compare tests nothing.
 */
export function reviewSuite(cases: readonly SuiteCase[], options: SuiteOptions): SuiteReview {
  if (options.kind === 'quick') return untested(cases);
  const labelled = labelCases(
    cases.map(({ evidence }) => evidence),
    benjaminiHochberg,
  );
  const labels = countLabels(labelled);
  const outcomes = pairedOutcomes(cases.map(({ passes }) => passes));
  const contracts = pairedOutcomes(cases.map(({ contract }) => contract));
  const looks = firstLooks(cases);
  const rate = outcomes.length > 0 ? testOf(outcomes) : null;
  const kept = contracts.length > 0 ? testOf(contracts) : null;
  const distribution = looks.length > 0 ? distributionTest(looks, options.seed) : null;
  const tests = headlines({ passRate: rate?.pDrop, contract: kept?.pDrop, distribution: distribution?.p });
  const gated = labelled.filter(({ q }) => q !== null && q <= GATE_ALPHA).length;
  const fell = tests.passRate?.rejected === true;
  const rose = rate !== null && rate.pRise <= GATE_ALPHA;
  const passRate = rate === null ? null : passRateOf(outcomes, { fell, pRise: rate.pRise });
  const tested = cases.filter(({ evidence }) => evidence.tested).length;
  const power = powerFacts(outcomes, contracts, options.seed);
  const blind = power === null ? tested === 0 : power.facts.at20 < LEAST_POWER || (tested === 0 && passRate === null);
  const word = wordOf({ tests, rose, broken: labels.broken ?? 0, gated, blind });
  return {
    verdict: {
      word,
      sentences: suiteSentences({
        word,
        labels,
        tested,
        passRate: passRate && { ...passRate, fell, rose },
        contractFell: tests.contract?.rejected ? meanShares(contracts) : null,
        changedP: tests.distribution?.rejected ? tests.distribution.p : null,
        power: power?.facts ?? null,
      }),
      ...(power ? { power: { sentence: power.sentence, drop: power.facts.drop, at20: power.facts.at20 } } : {}),
      ...(passRate ? { passRate } : {}),
      tests,
      fields: fieldsOf(looks, distribution),
      gated,
    },
    cases: labelled,
  };
}

interface Word {
  readonly tests: SuiteVerdict['tests'];
  readonly rose: boolean;
  readonly broken: number;
  readonly gated: number;
  readonly blind: boolean;
}

/** The first that applies. */
function wordOf({ tests, rose, broken, gated, blind }: Word): SuiteWord {
  if (tests.passRate?.rejected || tests.contract?.rejected) return 'worse';
  if (rose && broken === 0) return 'better';
  if (tests.distribution?.rejected || gated > 0) return 'changed';
  return blind ? 'insufficientData' : 'steady';
}

/** Holm over the headline tests that there are. */
function headlines(p: Readonly<Record<keyof SuiteVerdict['tests'], number | undefined>>): SuiteVerdict['tests'] {
  const there = Object.entries(p).filter((entry): entry is [keyof SuiteVerdict['tests'], number] => entry[1] !== undefined);
  const adjusted = holm(there.map(([, value]) => value));
  return Object.fromEntries(
    there.map(([name, value], at) => [name, { p: value, adjusted: adjusted[at] ?? 1, rejected: (adjusted[at] ?? 1) <= GATE_ALPHA }]),
  );
}

function testOf(cases: readonly OutcomeCounts[]): StratifiedResult {
  return stratifiedExact({
    basePass: cases.map(({ baseline }) => baseline.yes),
    baseTotal: cases.map(({ baseline }) => baseline.total),
    newPass: cases.map(({ candidate }) => candidate.yes),
    newTotal: cases.map(({ candidate }) => candidate.total),
  });
}

function firstLooks(cases: readonly SuiteCase[]): readonly FirstLook[] {
  return cases.flatMap(({ caseId, evidence: { firstLook, baseline } }) =>
    firstLook === null ? [] : [{ caseId, approved: baseline, matrices: firstLook }],
  );
}

function fieldsOf(looks: readonly FirstLook[], distribution: DistributionResult | null): SuiteVerdict['fields'] {
  return distribution === null ? [] : fieldTests(looks, distribution.paths);
}

/** What a drop of the pass rate would have had to be to be seen; without scores the contract stands in for it. */
function powerFacts(
  outcomes: readonly OutcomeCounts[],
  contracts: readonly OutcomeCounts[],
  seed: string,
): { readonly facts: PowerFacts; readonly sentence: string } | null {
  const cases = outcomes.length > 0 ? outcomes : contracts;
  if (cases.length === 0) return null;
  const of = outcomes.length > 0 ? 'the pass rate' : 'the share of outputs that keep their contract';
  const totals = cases.map(({ baseline }) => baseline.total);
  const samples = cases.map(({ candidate }) => candidate.total);
  const { drop, at } = powerOf(
    { basePass: cases.map(({ baseline }) => baseline.yes), baseTotal: totals, samples, seed: `${seed}\npower` },
    COARSE_DROP,
  );
  const sentence = powerSentence({
    cases: cases.length,
    samples: samplesWords(cases),
    baselineLeast: Math.min(...totals),
    baselineMost: Math.max(...totals),
    drop,
    of,
  });
  return { facts: { drop, at20: at, of, needed: `${casesNeeded(cases, COARSE_DROP)} cases x ${samplesWords(cases)}` }, sentence };
}

function countLabels(cases: SuiteReview['cases']): Readonly<Partial<Record<CaseLabel, number>>> {
  const counts: Partial<Record<CaseLabel, number>> = {};
  for (const { label } of cases) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

function untested(cases: readonly SuiteCase[]): SuiteReview {
  const labelled = cases.map(({ evidence }) => ({ label: labelCase({ ...evidence, tested: false }, null), q: null }));
  return {
    verdict: { word: 'untested', sentences: quickSentences(countLabels(labelled)), tests: {}, fields: [], gated: 0 },
    cases: labelled,
  };
}
