import { describe, expect, it } from 'vitest';
import { weeklyTests } from '../../engine/compare/daily/weeklyTests.ts';
import { chooseViews, GATE_ALPHA, seededRandom, watchable } from '../../engine/drift/index.ts';
import { conformalPValue } from '../../engine/drift/monitor/conformalPValue.ts';
import { bagsOf, matricesOf } from '../../scripts/simulate/canary.ts';
import { type CaseModel, drawAnswers } from '../../scripts/simulate/caseModel.ts';
import { mean, numberWords, percentWords, share } from '../../scripts/simulate/estimate.ts';
import { simulateMonitor, uniformYear, weeklyLook } from '../../scripts/simulate/monitorYear.ts';
import { markdown, standing } from '../../scripts/simulate/report.ts';
import { type ReviewOutcome, simulateReview } from '../../scripts/simulate/review.ts';
import { NO_DRIFT, SCENARIOS } from '../../scripts/simulate/scenarios.ts';
import { drawSuite, READING, SUITE_KINDS, type SuiteKind } from '../../scripts/simulate/suites.ts';
import { runTask, type Task } from '../../scripts/simulate/task.ts';

const scenario = (id: string) => SCENARIOS.find((one) => one.id === id)!;

const reviews = (kind: SuiteKind, id: string, count: number): readonly ReviewOutcome[] =>
  Array.from({ length: count }, (_, at) =>
    simulateReview({ kind, scenario: scenario(id), cases: 20, approved: 10 }, `test ${kind} ${id} ${at}`),
  );

const total = <T>(items: readonly T[], count: (item: T) => number): number => items.reduce((sum, item) => sum + count(item), 0);

/** The count that independent trials with this chance exceed in one of a thousand tries. */
function atMost(trials: number, chance: number): number {
  let term = (1 - chance) ** trials;
  let below = term;
  let count = 0;
  for (; below < 0.999; below += term) {
    term *= ((trials - count) / (count + 1)) * (chance / (1 - chance));
    count += 1;
  }
  return count;
}

describe('reviews without drift', () => {
  const outcomes = SUITE_KINDS.flatMap((kind) => reviews(kind, 'none', 40));
  const failing = (gate: number): number => outcomes.filter(({ failsFrom }) => failsFrom <= gate).length;

  it('fail in at most 5 of 100', () => {
    expect(total(outcomes, ({ failed }) => (failed ? 1 : 0))).toBeLessThanOrEqual(atMost(outcomes.length, 0.05));
    expect(failing(GATE_ALPHA)).toBe(total(outcomes, ({ failed }) => (failed ? 1 : 0)));
  });

  it('fail no more often than twice the gate, wherever it is put', () => {
    for (const gate of [0.01, 0.05, 0.1, 0.2]) expect(failing(gate)).toBeLessThanOrEqual(atMost(outcomes.length, 2 * gate));
  });

  it('would fail too often with a gate of 0.5, so that these tests could fail', () => {
    expect(failing(0.5)).toBeGreaterThan(atMost(outcomes.length, 0.05));
  });

  it('name almost no case, where an exact diff names some in every review', () => {
    const flagged = (rule: string): number => total(outcomes, ({ named }) => named[rule]!.flagged);
    expect(outcomes.every(({ named }) => named.exact!.flagged > 0)).toBe(true);
    expect(flagged('canonical')).toBeLessThanOrEqual(flagged('exact'));
    expect(flagged('known')).toBeLessThan(flagged('canonical'));
    expect(flagged('evenkeel')).toBeLessThan(flagged('known') / 50);
    expect(outcomes.every(({ changed }) => changed.length === 0)).toBe(true);
  });
});

describe('reviews with drift', () => {
  it('list flipped cases of a quiet suite, and of a noisy one those that were sure', () => {
    const changed = [...reviews('quiet', 'flips', 10), ...reviews('noisy', 'flips', 10)].flatMap((outcome) => outcome.changed);
    expect(changed).toHaveLength(60);
    const sure = changed.filter((one) => one.sure >= 0.7);
    expect(total(sure, ({ listed }) => (listed ? 1 : 0)) / sure.length).toBeGreaterThanOrEqual(0.9);
  });

  it.each(SUITE_KINDS)('find one broken case of a %s suite', (kind) => {
    const outcomes = reviews(kind, 'broken', 8);
    expect(outcomes.every(({ changed, failed }) => failed && changed.length === 1 && changed[0]!.listed)).toBe(true);
  });

  it('fail where the pass rate fell everywhere and no case shows it', () => {
    const outcomes = reviews('quiet', 'unparsable', 6);
    expect(outcomes.every(({ headlines }) => headlines.contract)).toBe(true);
    expect(total(outcomes, ({ named }) => named.evenkeel!.flagged)).toBeLessThan(6);
  });
});

describe('models of cases', () => {
  const models = drawSuite('noisy', 50, seededRandom('models'));
  const chances = (model: CaseModel) =>
    [model.category, model.confidence, ...model.summary].map((choices) =>
      total<{ readonly chance: number }>(choices, ({ chance }) => chance),
    );

  it.each(SCENARIOS)('stay models after a change: $id', ({ id, change }) => {
    const after = change(models, seededRandom(id));
    for (const sum of after.flatMap(chances)) expect(sum).toBeCloseTo(1, 12);
    const changed = after.filter((model, at) => model !== models[at]).length;
    expect(changed).toBe({ none: 0, flips: 3, broken: 1, preamble: 15, lopsided: 20 }[id] ?? 50);
  });

  it('answer with the chances they have', () => {
    const model = models[0]!;
    const answers = drawAnswers(model, 4000, seededRandom('answers'));
    const main = answers.filter(({ text }) => text.includes(`"${model.category[0]!.value}"`)).length / 4000;
    expect(Math.abs(main - model.category[0]!.chance)).toBeLessThan(0.03);
    expect(answers.every(({ contract, text }) => contract === parses(text))).toBe(true);
    const broken = drawAnswers({ ...model, unparsable: 1 }, 500, seededRandom('broken'));
    expect(broken.some(({ contract, passes, text }) => contract || passes || parses(text))).toBe(false);
  });

  it('give the same review for the same seed, and another for another', () => {
    const [one, same, other] = ['a', 'a', 'b'].map((seed) =>
      simulateReview({ kind: 'noisy', scenario: NO_DRIFT, cases: 8, approved: 5 }, seed),
    );
    expect(one).toEqual(same);
    expect(one).not.toEqual(other);
  });

  it('do not depend on how the work is divided', () => {
    const task: Task = { part: 'uniform', pValues: 5, bursts: true, share: 0.5, seed: 's', from: 0, to: 6 };
    const parts = [
      { ...task, to: 2 },
      { ...task, from: 2 },
    ].flatMap((part) => runTask(part));
    expect(runTask(task)).toEqual(parts);
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('the monitor', () => {
  const random = seededRandom('monitor');
  const texts = (model: CaseModel, count: number) => drawAnswers(model, count, random).map(({ text }) => text);

  it('has the p-values of the product', () => {
    for (const model of drawSuite('noisy', 6, random)) {
      const all = texts(model, 60);
      const matrices = watchable(matricesOf(all));
      const views = chooseViews([matricesOf(all)]);
      expect(views).toHaveLength(6);
      const bags = bagsOf(all, views);
      for (const view of views) {
        all.forEach((_, at) => {
          const u = random.unit();
          expect(bags.get(view)!.add(at, u)).toBeCloseTo(conformalPValue(matrices.get(view)!, u, at + 1).p, 12);
        });
      }
    }
  });

  it('has the weekly look of the product', () => {
    const bags = drawSuite('noisy', 6, random).map((model) => ({
      approved: texts(model, 10),
      fresh: texts({ ...model, preamble: 0.5 }, 7),
    }));
    const sample = (text: string) => ({ output: { text }, contract: null, scores: [] });
    const pairs = bags.map(({ approved, fresh }, at) => ({
      of: { id: `case-${at + 1}`, variables: {} },
      approved: approved.map(sample),
      fresh: fresh.map(sample),
      failures: 0,
    }));
    const reading = { format: 'json', stripFence: false, rules: Object.fromEntries(READING.rules) } as const;
    expect(weeklyLook(bags, 'seed')).toEqual(weeklyTests(pairs as unknown as Parameters<typeof weeklyTests>[0], reading, 'seed'));
  });

  it('alarms in a few of 100 years of uniform p-values, and in most soon after a change', () => {
    const years = Array.from({ length: 300 }, (_, at) => uniformYear({ pValues: 20, bursts: true, share: 1 }, seededRandom(`year ${at}`)));
    expect(years.filter(({ highest }) => highest >= 4000).length).toBeLessThanOrEqual(atMost(300, 0.025));
    expect(years.filter(({ highest }) => highest >= 30).length).toBeGreaterThan(100);
    const change = { scenario: scenario('accuracy'), day: 30 };
    const design = { kind: 'quiet', canaries: 20, approved: 30, days: 50, change, weekly: false } as const;
    const runs = Array.from({ length: 6 }, (_, at) => simulateMonitor(design, `change ${at}`));
    expect(runs.filter(({ daily }) => daily !== null && daily >= 30).length).toBeGreaterThanOrEqual(5);
  });

  it('sees an early change in a weekly look', () => {
    const change = { scenario: scenario('flips'), day: 3 };
    const design = { kind: 'quiet', canaries: 10, approved: 30, days: 14, change, weekly: true } as const;
    expect(simulateMonitor(design, 'early').weekly).toBeLessThanOrEqual(14);
  });
});

describe('the report', () => {
  it('says how sure a figure is', () => {
    expect(percentWords(share(0, 100))).toBe('0 ±3.7 %');
    expect(percentWords(share(50, 100))).toBe('50.0 ±9.6 %');
    expect(percentWords(share(0, 0))).toBe('-');
    expect(numberWords(mean([1, 2, 3]))).toBe('2.0 ±1.1');
    expect(numberWords(mean([]))).toBe('-');
  });

  it.each([
    [0.03, 'stayUnder', 'met'],
    [0.045, 'stayUnder', 'not contradicted'],
    [0.055, 'stayUnder', 'within the error'],
    [0.08, 'stayUnder', 'not met'],
    [0.07, 'reach', 'met'],
    [0.055, 'reach', 'not contradicted'],
    [0.045, 'reach', 'within the error'],
    [0.02, 'reach', 'not met'],
  ] as const)('%f that has to %s 0.05: %s', (value, must, words) => {
    expect(standing({ claim: '', of: '', limit: 0.05, must, figure: { value, error: 0.01, of: 1 } })).toBe(words);
  });

  it('is Markdown', () => {
    const rows = [['a', [{ number: { value: 1.25, error: 0.5, of: 4 } }, ' of ', { share: null }]]];
    expect(markdown([{ title: 'T', note: 'N.', columns: ['x', 'y'], rows }])).toBe(
      '### T\n\nN.\n\n| x | y |\n| --- | --- |\n| a | 1.3 ±0.5 of - |',
    );
  });
});
