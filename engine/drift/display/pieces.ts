/** Parts of a text in their order, with nothing but whitespace between them: units (lines and sentences) or words. */
export interface Pieces {
  /** Where each part begins and ends in the text, in UTF-16 code units. */
  readonly starts: number[];
  readonly ends: number[];
  /** Parts with the same number say the same: they differ at most in whitespace and Unicode form. */
  readonly keys: number[];
}

/** Gives equal texts equal numbers. One for both sides of a comparison. */
export type KeyOf = (text: string) => number;

export function keyNumbers(): KeyOf {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
}

/** No part yet. */
export function noPieces(): Pieces {
  return { starts: [], ends: [], keys: [] };
}
