import { type PathRules, type ReadingOptions, type SeededRandom, schemaRules } from '../../engine/drift/index.ts';
import type { CaseModel, Choices } from './caseModel.ts';

/** How steadily a suite is answered: `noisy` stands for a temperature above 0, `quiet` for one near 0. */
export type SuiteKind = 'noisy' | 'quiet';

export const SUITE_KINDS: readonly SuiteKind[] = ['noisy', 'quiet'];

/** A range from which a case's own chance is drawn. */
type Range = readonly [low: number, high: number];

interface Steadiness {
  /** The chance of the main category. */
  readonly category: Range;
  /** The chance of the main wording of each part of the summary, and of the main confidence. */
  readonly wording: Range;
  /** How often a flag is not what it mostly is. */
  readonly flags: number;
  readonly unparsable: number;
}

interface Suite {
  /** Of twenty cases so many are shaky. */
  readonly shaky: number;
  readonly steadyCases: Steadiness;
  readonly shakyCases: Steadiness;
  readonly spread: number;
}

const SUITES: Readonly<Record<SuiteKind, Suite>> = {
  noisy: {
    shaky: 8,
    steadyCases: { category: [0.97, 1], wording: [0.8, 1], flags: 0.02, unparsable: 0 },
    shakyCases: { category: [0.5, 0.9], wording: [0.5, 0.85], flags: 0.15, unparsable: 0.01 },
    spread: 0.05,
  },
  quiet: {
    shaky: 2,
    steadyCases: { category: [0.995, 1], wording: [0.94, 1], flags: 0.002, unparsable: 0 },
    shakyCases: { category: [0.7, 0.95], wording: [0.75, 0.95], flags: 0.05, unparsable: 0 },
    spread: 0.01,
  },
};

/** Of ten cases one expects a category that the model rarely gives. */
const HARD_EVERY = 10;

export const CATEGORIES: readonly string[] = ['billing', 'refund', 'shipping', 'account', 'technical', 'other'];
const CONFIDENCES: readonly number[] = [0.7, 0.75, 0.8, 0.85, 0.9, 0.95];
const FLAGS: readonly string[] = ['urgent', 'repeat-contact', 'churn-risk'];
const WHO: readonly string[] = ['The customer', 'A customer', 'The user', 'The sender'];
const SAYS: readonly string[] = ['reports that', 'says that', 'writes that', 'points out that'];
const SUBJECTS: readonly string[] = ['the invoice', 'the parcel', 'the login page', 'the mobile app', 'the subscription', 'the export'];
const VERBS: readonly (readonly string[])[] = [
  ['was charged twice', 'has been billed two times', 'was invoiced double', 'came through twice'],
  ['never arrived', 'did not arrive', 'has not turned up', 'is still missing'],
  ['shows an error', 'gives an error message', 'fails with an error', 'stops with an error'],
  ['cannot be cancelled', 'does not let them cancel', 'refuses to be cancelled', 'has no way to cancel'],
];
const ASKS: readonly (readonly string[])[] = [
  ['and asks for a refund.', 'and wants the money back.', 'and requests reimbursement.', 'asking to be refunded.'],
  ['and asks for a new date.', 'and wants to know when.', 'and requests a delivery date.', 'asking for a date.'],
  ['and asks for help.', 'and needs assistance.', 'and requests support.', 'asking how to go on.'],
];

/** The cases of one suite, each with chances of its own drawn from the suite's ranges. */
export function drawSuite(kind: SuiteKind, cases: number, random: SeededRandom): readonly CaseModel[] {
  const { shaky, steadyCases, shakyCases, spread } = SUITES[kind];
  return Array.from({ length: cases }, (_, at) => {
    const isShaky = Math.floor(((at + 1) * shaky) / 20) > Math.floor((at * shaky) / 20);
    const { category, wording, flags, unparsable } = isShaky ? shakyCases : steadyCases;
    const categories = shuffled(CATEGORIES, random);
    const isHard = at % HARD_EVERY === HARD_EVERY - 1;
    const worded = <T>(values: readonly T[]): Choices<T> => around(shuffled(values, random), within(wording, random));
    return {
      caseId: `case-${at + 1}`,
      expected: categories[isHard ? 1 : 0]!,
      category: around(categories.slice(0, 3), within(category, random)),
      confidence: worded(CONFIDENCES.slice(random.below(4)).slice(0, 3)),
      summary: [
        worded(WHO),
        worded(SAYS),
        [{ value: `${SUBJECTS[random.below(SUBJECTS.length)]} (no. ${1000 + random.below(9000)})`, chance: 1 }],
        worded(VERBS[random.below(VERBS.length)]!),
        worded(ASKS[random.below(ASKS.length)]!),
      ],
      preamble: 0,
      flags: FLAGS.map((name) => ({ name, chance: random.unit() < 0.3 ? 1 - flags : flags })),
      spread,
      unparsable,
    };
  });
}

/** How the outputs are read: as the product reads them with the schema of the answers. */
export const READING: ReadingOptions & { readonly rules: PathRules } = {
  format: 'json',
  rules: schemaRules({
    type: 'object',
    properties: {
      category: { type: 'string', enum: [...CATEGORIES] },
      confidence: { type: 'number' },
      summary: { type: 'string' },
      flags: { type: 'array', items: { type: 'string' }, uniqueItems: true },
    },
  }),
};

/** The first alternative has the chance given; the others share the rest, each twice as likely as the next. */
function around<T>(values: readonly T[], main: number): Choices<T> {
  const weights = values.slice(1).map((_, at) => 0.5 ** at);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return values.map((value, at) => ({ value, chance: at === 0 ? main : ((1 - main) * weights[at - 1]!) / total }));
}

/** The values in a drawn order. */
export function shuffled<T>(values: readonly T[], random: SeededRandom): readonly T[] {
  const deck = [...values];
  for (let at = deck.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    [deck[at], deck[other]] = [deck[other]!, deck[at]!];
  }
  return deck;
}

function within([low, high]: Range, random: SeededRandom): number {
  return low + (high - low) * random.unit();
}
