import type { Json } from '../../safety/index.ts';
import type { Range } from '../text/range.ts';

/** Something the reader found: the document exists all the same. Codes are dotted kebab-case, such as `schema.unknown-key`; lint gives them severities. */
export interface Issue {
  readonly code: IssueCode;
  readonly message: string;
  readonly range: Range;
  /** What a fix needs, never parsed back out of the message. */
  readonly data?: { readonly [key: string]: Json };
}

/** Every code a reader of prompt files, datasets or evenkeel.yml may report. */
export type IssueCode =
  | 'schema.syntax'
  | 'schema.too-deep'
  | 'schema.too-large'
  | 'schema.not-a-prompt'
  | 'schema.missing-key'
  | 'schema.unknown-key'
  | 'schema.duplicate-key'
  | 'schema.wrong-type'
  | 'schema.wrong-value'
  | 'schema.invalid-json'
  | 'schema.newer-format'
  | 'schema.unsupported-value'
  | 'schema.unresolved-value'
  | 'template.unclosed-tag'
  | 'template.syntax'
  | 'template.unsupported-construct'
  | 'template.unknown-helper'
  | 'evaluator.unknown-kind'
  | 'evaluator.no-predicate'
  | 'evaluator.two-predicates'
  | 'evaluator.invalid-path'
  | 'evaluator.wrong-operand'
  | 'dataset.invalid-row'
  | 'dataset.ragged-row'
  | 'dataset.duplicate-id'
  | 'dataset.duplicate-column'
  | 'dataset.empty';
