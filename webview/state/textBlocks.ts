import type { Segment } from '../../protocol/index.ts';

/**
 * A marked text in blocks that a browser can lay out one by one when they come into view. Blocks end at a line's end, so that nothing is seen of
 * them; a line longer than `longest` characters is cut, never inside a surrogate pair. The texts of all blocks in a row are the text.
 */
export function textBlocks(segments: readonly Segment[], wanted = 2000, longest = 20_000): readonly (readonly Segment[])[] {
  const blocks: Segment[][] = [];
  let block: Segment[] = [];
  let length = 0;
  const close = (): void => {
    if (block.length) blocks.push(block);
    block = [];
    length = 0;
  };
  for (const segment of segments) {
    let rest = segment.text;
    while (rest !== '') {
      const piece = rest.slice(0, pieceEnd(rest, wanted - length, longest - length));
      block.push(piece.length === segment.text.length ? segment : { ...segment, text: piece });
      length += piece.length;
      rest = rest.slice(piece.length);
      if (length >= longest || (length >= wanted && piece.endsWith('\n'))) close();
    }
  }
  close();
  return blocks;
}

/** Where a text is cut: behind the first line's end from `from` on, at `to` if there is none before, or at its end. */
function pieceEnd(text: string, from: number, to: number): number {
  const line = text.indexOf('\n', Math.max(0, from - 1));
  if (line >= 0 && line < to) return line + 1;
  if (text.length <= to) return text.length;
  const end = Math.max(1, to);
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(end));
  return splitsPair ? end + 1 : end;
}
