import type { Language, ReadText, WordSense } from './language.ts';
import { createTypoIndex, type TypoIndex } from './typos.ts';
import { fold, nameWords } from './words.ts';

/** A label to choose from, with what the prompt says about it ('' when nothing). */
export interface Label {
  readonly name: string;
  readonly description: string;
  /** Stands for the absence of the others ('not spam', 'no'): its own words are no evidence, and it wins when little speaks for them. */
  readonly opposite?: boolean;
}

/** Labels prepared for scoring; depends on the prompt alone, so it is kept between requests. */
export interface LabelIndex {
  readonly labels: readonly Label[];
  readonly features: ReadonlyMap<string, readonly LabelWeight[]>;
  readonly typos: TypoIndex;
  /** Added to every score before the input is looked at: defaults such as "other" start a little ahead. */
  readonly base: readonly number[];
  /** Place of each label on a scale from calm (0) to pressing (1); undefined when the labels are no such scale. */
  readonly scale: readonly number[] | undefined;
}

interface LabelWeight {
  readonly label: number;
  readonly weight: number;
}

/** Reads labels into weighted features: words and concepts of the name count most, those of the description less, neighbours least. */
export function indexLabels(labels: readonly Label[], language: Language): LabelIndex {
  const weights = labels.map((label) => labelFeatures(label, language));
  const documents = new Map<string, number>();
  for (const bag of weights) for (const feature of bag.keys()) documents.set(feature, (documents.get(feature) ?? 0) + 1);
  const features = new Map<string, LabelWeight[]>();
  for (const [label, bag] of weights.entries()) {
    const length = 1 + LENGTH_PENALTY * Math.log1p(bag.size / 10);
    for (const [feature, weight] of bag) {
      const rarity = Math.log(1 + labels.length / (documents.get(feature) ?? 1)) / Math.log(1 + labels.length);
      const entry = { label, weight: (weight * rarity) / length };
      const list = features.get(feature);
      if (list) list.push(entry);
      else features.set(feature, [entry]);
    }
  }
  const stems = [...features.keys()].filter((feature) => feature.startsWith('w:')).map((feature) => feature.slice(2));
  const scale = scaleOf(labels);
  const base = labels.map((label) =>
    label.opposite ? OPPOSITE_BASE : nameWords(label.name).some((word) => DEFAULTS.has(word)) ? DEFAULT_BASE : 0,
  );
  return { labels, features, typos: createTypoIndex(stems), base, scale };
}

/** A score for each label: 0 means no evidence; one plain match of a rare word gives about 1. */
export function scoreLabels(index: LabelIndex, input: ReadText): readonly number[] {
  const scores = [...index.base];
  const best = new Map<number, number>();
  for (const word of input.words) {
    best.clear();
    collect(index, `w:${word.stem}`, 1, best);
    if (best.size === 0 && word.concepts.length === 0) {
      const meant = index.typos.nearest(word.stem);
      if (meant !== undefined) collect(index, `w:${meant}`, 0.7, best);
    }
    const indirect = best.size > 0 ? BESIDE_A_WORD : CONCEPT;
    const beside = best.size > 0 ? NEAR / 2 : NEAR;
    for (const concept of word.concepts) collect(index, `c:${concept}`, word.negated && POLAR.has(concept) ? 0 : indirect, best);
    if (word.negated && word.concepts.includes('positive')) collect(index, 'c:negative', CONCEPT, best);
    if (word.negated && word.concepts.includes('urgent')) collect(index, 'c:relaxed', CONCEPT, best);
    for (const concept of word.near) collect(index, `c:${concept}`, beside, best);
    const weight = (1 + Math.log(word.count)) * (word.position < 12 ? 1.15 : 1);
    for (const [label, value] of best) scores[label] = (scores[label] ?? 0) + value * weight;
  }
  if (index.scale) {
    const pressing = urgency(input);
    for (const [label, place] of index.scale.entries()) scores[label] = (scores[label] ?? 0) + 1.5 * (1 - Math.abs(place - pressing));
  }
  return scores;
}

/** How pressing a text is, 0 (no hurry) to 1 (critical); 0.45 when nothing speaks either way. */
export function urgency(input: ReadText): number {
  let pressing = 0;
  let calm = 0;
  for (const word of input.words) {
    for (const concept of word.concepts) {
      const weight = PRESSING[concept];
      if (weight === undefined) continue;
      if (weight < 0 || (word.negated && concept === 'urgent')) calm += Math.abs(weight);
      else pressing += weight;
    }
  }
  return Math.min(1, Math.max(0, 0.45 + 0.22 * Math.min(pressing, 3) - 0.25 * Math.min(calm, 2)));
}

/** Whether labels read as a defaults word such as "other" or "none". */
export function isDefaultLabel(name: string): boolean {
  return nameWords(name).some((word) => DEFAULTS.has(word));
}

const NEAR = 0.3;
const NAME = 2;
const CONCEPT = 0.6;
const BESIDE_A_WORD = 0.3;
const LENGTH_PENALTY = 0.5;
const DEFAULT_BASE = 0.35;
/** A little below one plain match by concept of a label's name. */
const OPPOSITE_BASE = 0.8;
const POLAR = new Set(['positive', 'negative', 'urgent', 'thanks']);
const PRESSING: Readonly<Record<string, number>> = {
  urgent: 1.6,
  emergency: 1.8,
  outage: 1.3,
  security: 1.1,
  legal: 0.6,
  threat: 0.8,
  error: 0.4,
  late: 0.4,
  complaint: 0.3,
  negative: 0.3,
  relaxed: -1.4,
  feedback: -0.5,
  feature: -0.5,
  thanks: -0.1,
};
const DEFAULTS = new Set(
  'other others general unknown misc miscellaneous none neutral unclear otherwise sonstige sonstiges andere allgemein autre autres divers otro otros overig overige altro na'.split(
    ' ',
  ),
);
const SCALE: Readonly<Record<string, number>> = {
  none: 0,
  trivial: 0,
  p4: 0,
  p5: 0,
  sev4: 0.1,
  lowest: 0,
  low: 0.15,
  minor: 0.15,
  niedrig: 0.15,
  gering: 0.15,
  faible: 0.15,
  bajo: 0.15,
  baja: 0.15,
  laag: 0.15,
  basso: 0.15,
  bassa: 0.15,
  p3: 0.3,
  sev3: 0.4,
  medium: 0.45,
  normal: 0.45,
  moderate: 0.45,
  standard: 0.45,
  mittel: 0.45,
  moyen: 0.45,
  moyenne: 0.45,
  medio: 0.45,
  media: 0.45,
  gemiddeld: 0.45,
  p2: 0.55,
  sev2: 0.7,
  high: 0.75,
  major: 0.75,
  hoch: 0.75,
  eleve: 0.75,
  elevee: 0.75,
  haute: 0.75,
  alto: 0.75,
  alta: 0.75,
  hoog: 0.75,
  p1: 0.85,
  severe: 0.85,
  sev1: 0.95,
  urgent: 0.95,
  critical: 1,
  dringend: 0.95,
  kritisch: 1,
  urgente: 0.95,
  critique: 1,
  critico: 1,
  critica: 1,
  blocker: 1,
  highest: 1,
  p0: 1,
  sev0: 1,
};

function scaleOf(labels: readonly Label[]): readonly number[] | undefined {
  const places = labels.map((label) => SCALE[fold(label.name)]);
  return labels.length > 1 && places.every((place) => place !== undefined) ? places.map((place) => place ?? 0.45) : undefined;
}

function labelFeatures(label: Label, language: Language): ReadonlyMap<string, number> {
  const bag = new Map<string, number>();
  const put = (feature: string, weight: number) => bag.set(feature, Math.max(bag.get(feature) ?? 0, weight));
  const putSense = (sense: WordSense, weight: number) => {
    put(`w:${sense.stem}`, weight);
    for (const concept of sense.concepts) put(`c:${concept}`, weight);
    for (const concept of sense.near) put(`c:${concept}`, weight * NEAR);
  };
  if (label.opposite) return bag;
  for (const word of language.read(nameWords(label.name).join(' ')).words) putSense(word, NAME);
  for (const word of language.read(label.description).words) putSense(word, word.negated ? 0 : 1);
  return bag;
}

function collect(index: LabelIndex, feature: string, factor: number, best: Map<number, number>): void {
  for (const { label, weight } of index.features.get(feature) ?? []) {
    const value = weight * factor;
    if (value > (best.get(label) ?? 0)) best.set(label, value);
  }
}
