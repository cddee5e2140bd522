import { isJsonObject, MAX_DEPTH } from '../../safety/index.ts';
import type { Range } from '../text/range.ts';
import type { Value } from './values.ts';

/** The most text that rendering makes, in UTF-16 units over all messages. */
export const MAX_RENDERED_LENGTH = 2_000_000;
/** Nodes and expressions that one rendering may walk. */
export const MAX_STEPS = 1_000_000;
const TURN_STEPS = 12;
/** Turns of one loop. */
export const MAX_LOOP = 10_000;
/** Templates within templates. */
export const MAX_PARTIAL_DEPTH = 8;

/** Ends a rendering; caught where rendering began and never seen outside of `template/`. */
export class TemplateStop extends Error {
  readonly range: Range | undefined;
  readonly tooLarge: boolean;

  constructor(message: string, range?: Range, tooLarge = false) {
    super(message);
    this.range = range;
    this.tooLarge = tooLarge;
  }
}

/** Counts what a rendering does, and stops it at the caps: a template of a stranger's repository must not hang whoever renders it. */
export class Meter {
  #steps = 0;
  #output = 0;

  step(many = 1): void {
    this.#steps += many;
    if (this.#steps > MAX_STEPS) throw new TemplateStop(`The template takes more than ${MAX_STEPS.toLocaleString('en')} steps to render.`);
  }

  /** One turn of a loop, which costs as much as several plain steps. */
  turn(): void {
    this.step(TURN_STEPS);
  }

  output(length: number): void {
    this.#output += length;
    if (this.#output > MAX_RENDERED_LENGTH)
      throw new TemplateStop(`The rendered prompt is longer than ${MAX_RENDERED_LENGTH.toLocaleString('en')} characters.`, undefined, true);
  }

  /** Text or a list that an expression is about to make: paid for before it is made. */
  made(length: number): void {
    if (!(length <= MAX_RENDERED_LENGTH)) throw new TemplateStop('An expression makes a value that is too long.', undefined, true);
    this.step(length >> 4);
  }

  /**
   * To be called before a value is compared or written out: templates can build values that hold themselves many times over or nest
   * without end.
   */
  whole(value: Value, depth = 0): void {
    if (typeof value !== 'object' || value === null) return;
    if (depth > MAX_DEPTH) throw new TemplateStop(`A value is nested more than ${MAX_DEPTH} levels deep.`);
    this.step();
    if (isJsonObject(value)) for (const key of Object.keys(value)) this.whole(value[key], depth + 1);
    else {
      this.step(value.length);
      for (const item of value) this.whole(item, depth + 1);
    }
  }

  loop(items: number, range: Range): void {
    if (items > MAX_LOOP)
      throw new TemplateStop(`A loop runs ${items.toLocaleString('en')} times; ${MAX_LOOP.toLocaleString('en')} is the most.`, range);
  }
}
