import type { FieldCell } from '../../../protocol/index.ts';
import { diffText, type TextDiff } from '../../drift/display/diffText.ts';
import { textCell } from './fieldCells.ts';

/** Characters of a text that are compared. What is behind them only counts as more. */
const LONGEST = 1_000_000;

/** The texts of one sample on each side as cells, compared; undefined for a side without one. */
export function textPair(
  left: string | undefined,
  right: string | undefined,
): { readonly baseline: FieldCell; readonly candidate: FieldCell; readonly kind: TextDiff['kind'] } {
  const cell = (text: string | undefined): FieldCell => (text === undefined ? { kind: 'absent' } : textCell([{ text }], false));
  if (left === undefined || right === undefined) return { baseline: cell(left), candidate: cell(right), kind: 'changed' };
  const [own, other] = [left.slice(0, LONGEST), right.slice(0, LONGEST)];
  const diff = diffText(own, other);
  const differsBehind = left.slice(LONGEST) !== right.slice(LONGEST);
  return {
    baseline: textCell(diff.left, diff.coarse, left.length - own.length),
    candidate: textCell(diff.right, diff.coarse, right.length - other.length),
    kind: differsBehind ? 'changed' : diff.kind,
  };
}
