import { type ChangeGroup, type DriftRow, REVIEWABLE } from '../../protocol/index.ts';

/** A line of the drift panel's list: the title of a group, or a case of a group that is open. */
export type DriftEntry =
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly group: ChangeGroup;
      readonly open: boolean;
      /** Its cases that wait for a person. */
      readonly pending: number;
      /** Its place among the groups, from 1, and how many there are. */
      readonly place: number;
      readonly of: number;
    }
  | {
      readonly kind: 'case';
      readonly key: string;
      readonly group: ChangeGroup;
      readonly row: DriftRow;
      readonly place: number;
      readonly of: number;
    };

/** Where the person stands in the list. */
export type Cursor = { readonly kind: 'case' | 'group'; readonly id: string };

/** The cursor that stands at an entry. */
export function cursorOf(entry: DriftEntry): Cursor {
  return entry.kind === 'case' ? { kind: 'case', id: entry.row.caseId } : { kind: 'group', id: entry.group.id };
}

/** The key of the entry at which a cursor stands. */
export function entryKey({ kind, id }: Cursor): string {
  return `${kind} ${id}`;
}

/** True where a person has something to say of the change, whether said already or not. */
export function isReviewable({ label }: DriftRow): boolean {
  return REVIEWABLE.has(label);
}

export function isPending(row: DriftRow): boolean {
  return isReviewable(row) && row.review.state === 'pending';
}

/** The cases of a group whose rows have come, in its order. */
export function rowsOf({ caseIds }: ChangeGroup, rows: ReadonlyMap<string, DriftRow>): readonly DriftRow[] {
  return caseIds.flatMap((id) => rows.get(id) ?? []);
}

/** `toggled` holds the groups that are not as they came. */
export function isOpen({ id, folded }: ChangeGroup, toggled: ReadonlySet<string>): boolean {
  return folded === toggled.has(id);
}

/** Groups in their order with their cases, those of closed ones left out. */
export function driftEntries(
  groups: readonly ChangeGroup[],
  rows: ReadonlyMap<string, DriftRow>,
  toggled: ReadonlySet<string>,
): readonly DriftEntry[] {
  return groups.flatMap((group, index): readonly DriftEntry[] => {
    const shown = rowsOf(group, rows);
    const open = isOpen(group, toggled);
    const head: DriftEntry = {
      kind: 'group',
      key: entryKey({ kind: 'group', id: group.id }),
      group,
      open,
      pending: shown.filter(isPending).length,
      place: index + 1,
      of: groups.length,
    };
    if (!open) return [head];
    return [
      head,
      ...shown.map((row, at): DriftEntry => {
        const key = entryKey({ kind: 'case', id: row.caseId });
        return { kind: 'case', key, group, row, place: at + 1, of: shown.length };
      }),
    ];
  });
}

/** The groups as they came, each case in the first that names it only, and those that none names in one at the end. */
export function completeGroups(groups: readonly ChangeGroup[], rows: ReadonlyMap<string, DriftRow>): readonly ChangeGroup[] {
  const named = new Set<string>();
  const once = groups.map((group) => ({
    ...group,
    caseIds: group.caseIds.filter((id) => !named.has(id) && named.add(id)),
  }));
  const rest = [...rows.keys()].filter((id) => !named.has(id));
  if (rest.length === 0) return once;
  return [...once, { id: UNGROUPED, severity: 'info', title: 'Other cases', caseIds: rest, folded: false }];
}

/** The id of the group that the panel makes; no group of an engine has an empty one. */
export const UNGROUPED = '';

/** The next place from `at` on where the keys j and k stop: a case, or the title of a closed group, whose cases cannot be reached. */
export function nextStop(entries: readonly DriftEntry[], at: number, direction: 1 | -1): DriftEntry | undefined {
  for (let index = at; index >= 0 && index < entries.length; index += direction) {
    const entry = entries[index];
    if (entry && (entry.kind === 'case' || !entry.open)) return entry;
  }
  return undefined;
}

/** Who is next after a case was dealt with: the pending case that follows, else the first one; `passed` are those to be left out. */
export function nextPending(
  groups: readonly ChangeGroup[],
  rows: ReadonlyMap<string, DriftRow>,
  after: string | undefined,
  passed: ReadonlySet<string> = new Set(),
): string | undefined {
  const order = groups.flatMap(({ caseIds }) => caseIds);
  const start = after === undefined ? 0 : order.indexOf(after) + 1;
  return [...order.slice(start), ...order.slice(0, start)].find((id) => {
    const row = rows.get(id);
    return row !== undefined && id !== after && isPending(row) && !passed.has(id);
  });
}
