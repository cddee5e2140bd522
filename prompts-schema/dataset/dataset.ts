import type { Json, JsonObject } from '../../safety/index.ts';
import type { Issue } from '../parse/issue.ts';
import type { LineIndex } from '../text/lineIndex.ts';
import type { Range } from '../text/range.ts';

export type DatasetFormat = 'jsonl' | 'csv' | 'yaml' | 'json' | 'inline';

/** Frozen inputs: rows with their places in the dataset's own text. */
export interface Dataset {
  readonly format: DatasetFormat;
  readonly rows: readonly DatasetRow[];
  /** Every variable name of any row, in order of first appearance; `id` and `expected` are not among them. */
  readonly columns: readonly DatasetColumn[];
  readonly issues: readonly Issue[];
  readonly lines: LineIndex;
}

/** One case. */
export interface DatasetRow {
  /** The row's own `id`, else a hash of its variables, `-2` and so on for identical rows. Never the row number. */
  readonly id: string;
  readonly idIsOwn: boolean;
  readonly variables: JsonObject;
  /** Undefined when the row has no `expected`. */
  readonly expected: Json | undefined;
  readonly range: Range;
  /** The models that the file sends this case to, where they are not all of the prompt's. */
  readonly models?: readonly string[];
  /** Why no run can ask the case as its file means it. */
  readonly refused?: string;
}

export interface DatasetColumn {
  readonly name: string;
  /** The header cell of a CSV; elsewhere the key in the first row that has it. */
  readonly range: Range;
}
