/** A half-open span of UTF-16 offsets in one text: `start` inclusive, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A value with the place in the file that says it. */
export interface Located<T> {
  readonly value: T;
  readonly range: Range;
}
