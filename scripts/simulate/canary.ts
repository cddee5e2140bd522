import { type CaseMatrices, caseMatrices, type DistanceMatrix, type SeededRandom, watchable } from '../../engine/drift/index.ts';
import { type CaseModel, drawAnswers } from './caseModel.ts';
import { READING } from './suites.ts';

/** One canary of the daily monitor, asked again and again. */
export interface Canary {
  /**
   * Draws `count` more answers. In each of the views named it gives the p-value of each among all answers that the view has seen; the others do
   * not see them. Ties are broken by draws of the canary's own.
   */
  readonly take: (count: number, views: readonly string[]) => ReadonlyMap<string, readonly number[]>;
  /** From now on another model answers. */
  readonly switchTo: (model: CaseModel) => void;
  /** Every answer so far, the baseline first. */
  readonly texts: () => readonly string[];
}

/** Answers that are drawn ahead: distances are computed for a block at once. */
const BLOCK = 150;

/** A canary with its baseline, watched in some views. */
export function createCanary(first: CaseModel, baseline: readonly string[], views: readonly string[], random: SeededRandom): Canary {
  let model = first;
  let texts = baseline;
  let taken = baseline.length;
  /** The places of the answers that each view has seen, in their order. */
  const seen = new Map(views.map((view) => [view, texts.map((_, at) => at)]));
  let bags: ReadonlyMap<string, Bag> = new Map();
  const drawAhead = (count: number): void => {
    texts = [...texts.slice(0, taken), ...drawAnswers(model, count, random).map(({ text }) => text)];
    bags = bagsOf(texts, views);
    for (const [view, places] of seen) for (const at of places) bags.get(view)?.add(at, 0);
  };
  drawAhead(BLOCK);
  return {
    take: (count, takingPart) => {
      if (taken + count > texts.length) drawAhead(Math.max(BLOCK, count));
      const places = Array.from({ length: count }, (_, at) => taken + at);
      taken += count;
      return new Map(
        takingPart.map((view) => {
          seen.get(view)?.push(...places);
          const bag = bags.get(view);
          return [view, bag ? places.map((at) => bag.add(at, random.unit())) : []];
        }),
      );
    },
    switchTo: (other) => {
      model = other;
      drawAhead(BLOCK);
    },
    texts: () => texts.slice(0, taken),
  };
}

/** Scores within this of each other are ties, as in the product. */
const TIE = 1e-10;

/** The answers of one canary so far. */
export interface Bag {
  /** Puts the text at a place into the bag; its p-value, with `u` in [0, 1) to break ties. */
  readonly add: (at: number, u: number) => number;
}

/**
 * Empty bags of the texts given, one a view; a view that these texts do not have has none. They give the product's conformal p-values, kept up
 * as answers come: a year of the product's own would sum every distance anew for every answer. Equal answers share a score. The distances
 * come from all the texts given, also those still to come: while nothing changes the p-values are uniform all the same.
 */
export function bagsOf(texts: readonly string[], views: readonly string[]): ReadonlyMap<string, Bag> {
  const kinds = [...new Set(texts)];
  const place = new Map(kinds.map((text, at) => [text, at]));
  const kindAt = texts.map((text) => place.get(text)!);
  const matrices = watchable(matricesOf(kinds));
  return new Map(views.flatMap((view) => (matrices.has(view) ? [[view, bagOf(kindAt, matrices.get(view)!)] as const] : [])));
}

function bagOf(kindAt: readonly number[], { size, values }: DistanceMatrix): Bag {
  const scores = new Float64Array(size);
  const counts = new Float64Array(size);
  let count = 0;
  return {
    add: (at, u) => {
      const kind = kindAt[at]!;
      count += 1;
      counts[kind]! += 1;
      for (let other = 0; other < size; other += 1) scores[other]! += values[kind * size + other]!;
      let greater = 0;
      let ties = 0;
      for (let other = 0; other < size; other += 1) {
        const difference = scores[other]! - scores[kind]!;
        if (difference > TIE) greater += counts[other]!;
        else if (difference >= -TIE) ties += counts[other]!;
      }
      return (greater + u * ties) / count;
    },
  };
}

/** The distances of answers, read as the product reads those of its canaries. */
export function matricesOf(texts: readonly string[]): CaseMatrices {
  return caseMatrices(
    texts.map((text) => ({ text, contract: null })),
    READING,
  );
}
