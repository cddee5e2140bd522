import type { EvalsRow } from '../../protocol/index.ts';

/** The filters of the evals panel besides the text; several together show what fits any of them. */
export type FilterName = 'failed' | 'unscored' | 'errors' | 'changed';

/** A line of the list: a case, or the title of a group. */
export type VisibleEntry =
  | { readonly kind: 'row'; readonly row: EvalsRow /** Unique in the list, also where a case is in two groups. */; readonly key: string }
  | { readonly kind: 'group'; readonly name: string; readonly count: number; readonly key: string };

export interface View {
  readonly filters: ReadonlySet<FilterName>;
  readonly text: string;
  readonly grouped: boolean;
}

/** What the list shows, in the dataset's order; grouped by evaluator, those that failed most come first. */
export function visibleEntries(rows: readonly (EvalsRow | undefined)[], { filters, text, grouped }: View): readonly VisibleEntry[] {
  const wanted = text.trim().toLowerCase();
  const shown = rows.filter((row): row is EvalsRow => row !== undefined && fitsFilters(row, filters) && fitsText(row, wanted));
  return grouped ? groups(shown) : shown.map((row) => ({ kind: 'row', row, key: row.caseId }));
}

function fitsFilters(row: EvalsRow, filters: ReadonlySet<FilterName>): boolean {
  if (filters.size === 0) return true;
  return (
    (filters.has('failed') && row.status === 'failed') ||
    (filters.has('unscored') && row.status === 'unscored') ||
    (filters.has('errors') && row.status === 'error') ||
    (filters.has('changed') && row.changed === true)
  );
}

function fitsText({ caseId, input, output, failed, unscored }: EvalsRow, wanted: string): boolean {
  return wanted === '' || [caseId, input, output, ...failed, ...unscored].some((part) => part.toLowerCase().includes(wanted));
}

function groups(rows: readonly EvalsRow[]): readonly VisibleEntry[] {
  const failed = byName(rows, (row) => row.failed);
  const unscored = byName(rows, (row) => row.unscored).map(([name, list]) => [`${name}: unscored`, list] as const);
  const rest = REST.map(([name, statuses]) => [name, rows.filter((row) => statuses.includes(row.status) && !row.unscored.length)] as const);
  return [...failed, ...unscored, ...rest].flatMap(([name, list]) => (list.length ? group(name, list) : []));
}

function group(name: string, list: readonly EvalsRow[]): readonly VisibleEntry[] {
  return [
    { kind: 'group', name, count: list.length, key: `group ${name}` },
    ...list.map((row): VisibleEntry => ({ kind: 'row', row, key: `${name} ${row.caseId}` })),
  ];
}

function byName(
  rows: readonly EvalsRow[],
  names: (row: EvalsRow) => readonly string[],
): readonly (readonly [string, readonly EvalsRow[]])[] {
  const found = new Map<string, EvalsRow[]>();
  for (const row of rows) {
    for (const name of names(row)) {
      const list = found.get(name);
      if (list) list.push(row);
      else found.set(name, [row]);
    }
  }
  return [...found].sort((a, b) => b[1].length - a[1].length);
}

const REST: readonly (readonly [string, readonly EvalsRow['status'][]])[] = [
  ['Without an answer', ['error']],
  ['Not scored', ['unscored']],
  ['Passed', ['passed']],
  ['Not finished', ['running', 'waiting']],
];
