import type { Range } from '../text/range.ts';

/** Something that the native form has no words for, and what became of it. */
export interface ConversionNote {
  /** In the text that was converted; undefined where it is about the file as a whole. */
  readonly range: Range | undefined;
  readonly message: string;
}

/** A prompt in the native form, or why there is none. */
export type Converted =
  | {
      readonly status: 'converted';
      /** The text of a `*.prompt.yml`. */
      readonly text: string;
      readonly notes: readonly ConversionNote[];
    }
  /** It is in the native form already. */
  | { readonly status: 'native' }
  | { readonly status: 'refused'; readonly message: string; readonly range: Range | undefined };

/** Thrown within the conversion where it cannot go on. */
export class NotConvertible extends Error {
  readonly range: Range | undefined;

  constructor(message: string, range: Range | undefined) {
    super(message);
    this.name = 'NotConvertible';
    this.range = range;
  }
}
