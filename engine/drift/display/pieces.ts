/** Parts of a text in their order, with nothing but whitespace between them: units (lines and sentences) or words. */
export interface Pieces {
  /** Where each part begins and ends in the text, in UTF-16 code units. */
  readonly starts: number[];
  readonly ends: number[];
  /** Parts with the same number say the same: they differ at most in whitespace and Unicode form. */
  readonly keys: number[];
}

export function addPiece({ starts, ends, keys }: Pieces, start: number, end: number, key: number): void {
  starts.push(start);
  ends.push(end);
  keys.push(key);
}

/** No part yet. */
export function noPieces(): Pieces {
  return { starts: [], ends: [], keys: [] };
}
