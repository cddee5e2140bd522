import { type Estimate, numberWords, percentWords } from './estimate.ts';

/** One cell: words, or a figure as a share or as a number. */
export type Cell = string | { readonly share: Estimate | null } | { readonly number: Estimate | null } | readonly Cell[];

/** A table of the report, with a sentence that says how to read it. */
export interface Table {
  readonly title: string;
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A claim of the product, held against a figure. */
export interface Claim {
  readonly claim: string;
  readonly of: string;
  readonly limit: number;
  /** Whether the figure has to stay under the limit, or to reach it. */
  readonly must: 'stayUnder' | 'reach';
  readonly figure: Estimate | null;
}

/** The tables as Markdown. */
export function markdown(tables: readonly Table[]): string {
  return tables
    .map(({ title, note, columns, rows }) =>
      [`### ${title}`, '', note, '', line(columns), line(columns.map(() => '---')), ...rows.map((row) => line(row.map(cellWords)))].join(
        '\n',
      ),
    )
    .join('\n\n');
}

/** The claims as a table. */
export function claimTable(claims: readonly Claim[]): Table {
  return {
    title: 'Claims',
    note: 'The ± is what chance alone may have moved a figure by (95 %). “Not contradicted”: the figure keeps the claim, but so few repetitions could have by luck. “Within the error”: it misses the claim by less than chance may have moved it.',
    columns: ['claim', 'simulated', 'figure', ''],
    rows: claims.map((claim) => [claim.claim, claim.of, { share: claim.figure }, standing(claim)]),
  };
}

/** `met`, `not contradicted`, `within the error`, `not met`, or `not simulated`. */
export function standing({ figure, limit, must }: Claim): string {
  if (figure === null) return 'not simulated';
  const miss = must === 'stayUnder' ? figure.value - limit : limit - figure.value;
  if (miss <= 0) return miss + figure.error <= 0 ? 'met' : 'not contradicted';
  return miss <= figure.error ? 'within the error' : 'not met';
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function cellWords(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  if ('share' in cell) return percentWords(cell.share);
  if ('number' in cell) return numberWords(cell.number);
  return cell.map(cellWords).join('');
}
