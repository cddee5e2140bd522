/** Rows with their places, cut for sending: a first page that a panel shows at once, the rest after it. A gap ends the first page. */
export function pagesOf<T extends { readonly at: number }>(
  rows: readonly T[],
): { readonly first: readonly T[]; readonly more: readonly T[][] } {
  const gap = rows.findIndex(({ at }, index) => at !== index);
  const first = rows.slice(0, Math.min(FIRST_PAGE, gap < 0 ? rows.length : gap));
  const more: T[][] = [];
  for (let start = first.length; start < rows.length; start += NEXT_PAGE) more.push(rows.slice(start, start + NEXT_PAGE));
  return { first, more };
}

/** Rows that a panel shows without scrolling, and some more. */
const FIRST_PAGE = 100;
const NEXT_PAGE = 1000;
