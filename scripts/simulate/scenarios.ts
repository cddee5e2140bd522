import type { SeededRandom } from '../../engine/drift/index.ts';
import type { CaseModel, Choices } from './caseModel.ts';
import { CATEGORIES, shuffled } from './suites.ts';

/** A change of the model behind a suite. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** The models after the change; a case that is not changed keeps its very object. */
  readonly change: (models: readonly CaseModel[], random: SeededRandom) => readonly CaseModel[];
}

export const NO_DRIFT: Scenario = { id: 'none', title: 'no drift', change: (models) => models };

/** The changes that reviews are tried on; shares of cases hold at any size of the suite. */
export const SCENARIOS: readonly Scenario[] = [
  NO_DRIFT,
  { id: 'flips', title: '3 cases flip category', change: (models, random) => changeSome(models, 3, random, flipped) },
  {
    id: 'broken',
    title: '1 case broken',
    change: (models, random) => changeSome(models, 1, random, (model) => ({ ...model, unparsable: 1 })),
  },
  {
    id: 'preamble',
    title: 'new preamble in 30 % of cases',
    change: (models, random) => changeSome(models, 0.3 * models.length, random, (model) => ({ ...model, preamble: PREAMBLE_CHANCE })),
  },
  { id: 'accuracy', title: 'accuracy −10 points everywhere', change: (models) => models.map((model) => lessAccurate(model, 0.1)) },
  {
    id: 'unparsable',
    title: '12 % unparsable everywhere',
    change: (models) => models.map((model) => ({ ...model, unparsable: Math.max(model.unparsable, 0.12) })),
  },
  {
    id: 'lopsided',
    title: '−30 points in 40 % of cases',
    change: (models, random) => changeSome(models, 0.4 * models.length, random, (model) => lessAccurate(model, 0.3)),
  },
  { id: 'rewording', title: 'mild re-wording everywhere', change: (models, random) => models.map((model) => reworded(model, random)) },
];

/** Where there is a preamble, so many answers begin with it. */
const PREAMBLE_CHANCE = 0.8;
/** A re-worded part is said in the new way so often. */
const REWORDED_CHANCE = 0.25;
/** Ways of saying each part of the summary that no case had before; the part that names the subject stays. */
const NEW_WORDS: Readonly<Record<number, string>> = {
  0: 'The person writing',
  1: 'would like us to know that',
  3: 'is causing a problem',
  4: 'and would appreciate a reply.',
};

function changeSome(
  models: readonly CaseModel[],
  count: number,
  random: SeededRandom,
  change: (model: CaseModel) => CaseModel,
): readonly CaseModel[] {
  const chosen = new Set(shuffled(models, random).slice(0, Math.round(count)));
  return models.map((model) => (chosen.has(model) ? change(model) : model));
}

/** The main category's share goes to a category that the case never gave. */
function flipped(model: CaseModel): CaseModel {
  const fresh = CATEGORIES.find((name) => !model.category.some(({ value }) => value === name))!;
  return { ...model, category: model.category.map((choice, at) => (at === 0 ? { ...choice, value: fresh } : choice)) };
}

/** The expected category is given less often by so much, or never; its share goes to the first of the others. */
function lessAccurate(model: CaseModel, points: number): CaseModel {
  const other = model.category.findIndex(({ value }) => value !== model.expected);
  const moved = Math.min(points, model.category.find(({ value }) => value === model.expected)?.chance ?? 0);
  const category: Choices<string> = model.category.map(({ value, chance }, at) => ({
    value,
    chance: value === model.expected ? chance - moved : at === other ? chance + moved : chance,
  }));
  return { ...model, category };
}

/** One part of the summary is now and then said in a way that the case never had. */
function reworded(model: CaseModel, random: SeededRandom): CaseModel {
  const parts = Object.entries(NEW_WORDS);
  const [part, words] = parts[random.below(parts.length)]!;
  const summary = model.summary.map((choices, at) =>
    at === Number(part)
      ? [
          ...choices.map(({ value, chance }) => ({ value, chance: chance * (1 - REWORDED_CHANCE) })),
          { value: words, chance: REWORDED_CHANCE },
        ]
      : choices,
  );
  return { ...model, summary };
}
