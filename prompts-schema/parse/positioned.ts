import type { Range } from '../text/range.ts';

/** A value read from YAML or JSON with its place. A tree of these is what every format reader works on; it never holds aliases or anchors. */
export type PositionedNode = ScalarNode | MapNode | ListNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** The whole token, quotes or block header included. */
  readonly range: Range;
  /** How it is written; `block` covers `|` and `>`. `missing` is a key without a value, its range is empty. */
  readonly style: 'plain' | 'single' | 'double' | 'block' | 'missing';
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  readonly range: Range;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly PositionedNode[];
  readonly range: Range;
}

export interface MapEntry {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: PositionedNode;
  /** From the key's first character to the value's last. */
  readonly range: Range;
}
