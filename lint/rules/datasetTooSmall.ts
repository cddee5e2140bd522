import { ownValue } from '../../safety/index.ts';
import { topEntry } from '../edits/removeEntry.ts';
import { casesNeeded, planningDrop } from '../planningDrop.ts';
import type { Rule } from '../rule.ts';
import { numberOption } from '../ruleOption.ts';
import { explained } from './explained.ts';

const POINTS = numberOption('points', 20, 'The drop of the pass rate, in points, that the cases should be able to show.', {
  min: 1,
  max: 100,
});

/** Too few cases to see a drop that matters. */
export const datasetTooSmall: Rule = {
  code: 'dataset.too-small',
  title: 'a dataset too small to see a drop of n points',
  severity: 'hint',
  explain: explained(
    'A drift review of few cases says that it has insufficient data whatever comes out of it. The message says which drop these cases would show 4 times in 5, by a planning formula (one-sided 5 %, cases as stable as most suites have them) that is too hopeful by a tenth to a half below 100 cases; a review computes the figure from its own baseline. Said only of prompts whose drift is watched: those with a `drift` key.',
    `messages:
  - role: user
    content: "{{ticket}}"
drift: { samples: 3 }
testData:
  - ticket: The printer is on fire.
evaluators:
  - { name: filled, notEmpty: true }`,
    `messages:
  - role: user
    content: "{{ticket}}"
testData:
  - ticket: The printer is on fire.
evaluators:
  - { name: filled, notEmpty: true }`,
  ),
  options: [POINTS],
  check: ({ document, variables }, option) => {
    const { drift } = document;
    const cases = variables().rows.length;
    const range = document.dataset?.range ?? topEntry(document, 'testData')?.keyRange;
    if (drift === undefined || cases === 0 || range === undefined) return [];
    const samples = whole(ownValue(drift.value, 'samples'), 3);
    const baseline = whole(ownValue(drift.value, 'baseline'), 10);
    const wanted = option(POINTS) / 100;
    const drop = planningDrop(cases, baseline, samples);
    if (drop <= wanted) return [];
    const needed = casesNeeded(wanted, baseline, samples);
    return [
      {
        range,
        message: `${cases} ${cases === 1 ? 'case' : 'cases'} × ${samples} new against ${baseline} approved samples show a drop of ${points(drop)} points at best; for ${option(POINTS)} points have about ${needed} cases.`,
        data: { cases, drop: Math.round(drop * 1000) / 1000, needed },
      },
    ];
  },
};

function whole(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 ? value : fallback;
}

function points(share: number): number {
  return Math.min(100, Math.round(share * 100));
}
