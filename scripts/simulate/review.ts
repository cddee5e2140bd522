import {
  CONFIRM_SAMPLES,
  type OutcomeCounts,
  reviewCase,
  reviewSuite,
  SCREEN_SAMPLES,
  type SuiteReview,
  seededRandom,
  THIRD_SAMPLES,
} from '../../engine/drift/index.ts';
import { type Answer, drawAnswers } from './caseModel.ts';
import { RIVALS } from './rivals.ts';
import type { Scenario } from './scenarios.ts';
import { drawSuite, READING, type SuiteKind } from './suites.ts';

/** What is drawn for a review. */
export interface ReviewDesign {
  readonly kind: SuiteKind;
  readonly scenario: Scenario;
  readonly cases: number;
  /** Approved samples a case. */
  readonly approved: number;
}

/** The cases that one rule named in one review. */
export interface Named {
  readonly flagged: number;
  /** Of those, cases that did not change. */
  readonly wrong: number;
}

/** One simulated review, of which everything the tables show is counted. */
export interface ReviewOutcome {
  /** The cases that changed: how often each gave its main category before, and whether the product lists it. */
  readonly changed: readonly { readonly sure: number; readonly listed: boolean }[];
  /** By rule; `evenkeel` is the product's list: broken and drifted cases. */
  readonly named: Readonly<Record<string, Named>>;
  /** Calls for new samples that the product made. */
  readonly calls: number;
  /** Which headline tests rejected. */
  readonly headlines: Readonly<Record<keyof SuiteReview['verdict']['tests'], boolean>>;
  readonly gated: boolean;
  /** A headline test rejected or a case passed the gate. */
  readonly failed: boolean;
  /** At the least it would fail with both halves of the gate put here; the product's gate is 0.025. */
  readonly failsFrom: number;
  readonly word: SuiteReview['verdict']['word'];
  /** Paths whose row in the field list is marked. */
  readonly fields: readonly string[];
  /** The rule of thumb "the pass rate fell by 5 points or more" would fail the review. */
  readonly fivePoints: boolean;
}

/** One review of a fresh suite, drawn and judged as the product does it: a look at every case, a second and a third at those that call for them. */
export function simulateReview({ kind, scenario, cases, approved }: ReviewDesign, seed: string): ReviewOutcome {
  const random = seededRandom(seed);
  const before = drawSuite(kind, cases, random);
  const after = scenario.change(before, random);
  const pairs = before.map((model, at) => ({
    model,
    isChanged: after[at] !== model,
    baseline: drawAnswers(model, approved, random),
    fresh: drawAnswers(after[at]!, SCREEN_SAMPLES, random),
  }));
  let calls = 0;
  const judged = pairs.map(({ model, baseline, fresh }, at) => {
    const looks = { baseline, screen: fresh, seed: `${seed}\n${model.caseId}`, reading: READING };
    const first = reviewCase({ ...looks, confirm: null });
    const confirm = first.suspect ? drawAnswers(after[at]!, CONFIRM_SAMPLES, random) : null;
    const second = confirm ? reviewCase({ ...looks, confirm }) : first;
    const third = second.unclear ? drawAnswers(after[at]!, THIRD_SAMPLES, random) : null;
    calls += fresh.length + (confirm?.length ?? 0) + (third?.length ?? 0);
    return {
      caseId: model.caseId,
      evidence: third ? reviewCase({ ...looks, confirm, third }) : second,
      passes: countsOf(baseline, fresh, 'passes'),
      contract: countsOf(baseline, fresh, 'contract'),
    };
  });
  const { verdict, cases: labelled } = reviewSuite(judged, { seed, kind: 'review', screen: SCREEN_SAMPLES });
  const named = (isNamed: (at: number) => boolean): Named => {
    const flagged = pairs.filter((_, at) => isNamed(at));
    return { flagged: flagged.length, wrong: flagged.filter(({ isChanged }) => !isChanged).length };
  };
  const rivals = RIVALS.map(({ id, flags }) => [id, named((at) => flags(pairs[at]!.baseline, pairs[at]!.fresh))] as const);
  const isListed = (at: number): boolean => labelled[at]?.label === 'broken' || labelled[at]?.label === 'drifted';
  const rejected = (name: keyof SuiteReview['verdict']['tests']): boolean => verdict.tests[name]?.rejected ?? false;
  return {
    changed: pairs.flatMap(({ model, isChanged }, at) => (isChanged ? [{ sure: model.category[0]!.chance, listed: isListed(at) }] : [])),
    named: { ...Object.fromEntries(rivals), evenkeel: named(isListed) },
    calls,
    headlines: { passRate: rejected('passRate'), contract: rejected('contract'), distribution: rejected('distribution') },
    gated: verdict.gated > 0,
    failed: Object.values(verdict.tests).some((test) => test?.rejected) || verdict.gated > 0,
    failsFrom: Math.min(...Object.values(verdict.tests).map((test) => test?.adjusted ?? 1), ...labelled.map(({ q }) => q ?? 1)),
    word: verdict.word,
    fields: verdict.fields.filter(({ listed }) => listed).map(({ path }) => path),
    fivePoints: (verdict.passRate?.difference ?? 0) <= -0.05 + 1e-9,
  };
}

function countsOf(approved: readonly Answer[], fresh: readonly Answer[], what: 'passes' | 'contract'): OutcomeCounts {
  const side = (answers: readonly Answer[]) => ({ yes: answers.filter((answer) => answer[what]).length, total: answers.length });
  return { baseline: side(approved), candidate: side(fresh) };
}
