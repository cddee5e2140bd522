import { escapeTerminalLine } from '../../safety/index.ts';

/** Rows of cells as lines, each column as wide as its widest cell; two spaces between them, none at the end. Cells are made safe to print. */
export function columnLines(rows: readonly (readonly string[])[]): readonly string[] {
  const safe = rows.map((cells) => cells.map((cell) => escapeTerminalLine(cell)));
  const widths: number[] = [];
  for (const cells of safe) for (const [at, cell] of cells.entries()) widths[at] = Math.max(widths[at] ?? 0, widthOf(cell));
  return safe.map((cells) =>
    cells
      .map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

/** Characters as a person counts them; close enough to columns for names of files, models and people. */
function widthOf(text: string): number {
  return [...text].length;
}
