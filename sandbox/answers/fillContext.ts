import type { Json } from '../json.ts';
import type { Language } from '../language/language.ts';
import type { ModelTraits } from '../models.ts';
import type { Random } from '../random.ts';
import type { Reading } from './reading.ts';
import type { Slot } from './slots.ts';

/** What filling one answer works with. */
export interface FillContext {
  readonly reading: Reading;
  readonly language: Language;
  readonly traits: ModelTraits;
  readonly temperature: number;
  /** The generator of one use in this answer: same use, same numbers, whatever else is filled. */
  random(use: string): Random;
  /** Seed of everything about the model that does not change with input or draw. */
  readonly modelSeed: string;
  /** Seed of what depends on model and input but not on the draw. */
  readonly inputSeed: string;
  /** How clearly each choice was decided so far, by path: 0 a coin toss, 1 and above clear. */
  readonly margins: Map<string, number>;
  /** Fills a slot; undefined leaves the property out. Given here so that lists and objects need not import the dispatcher. */
  fill(slot: Slot, context: FillContext): Json | undefined;
}
