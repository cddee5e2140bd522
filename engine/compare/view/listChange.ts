import type { Json } from '../../../safety/index.ts';
import { exactKey } from '../../drift/index.ts';
import { type Change, holding, most, shownValue } from './change.ts';
import { counted, median } from './figures.ts';

/** `3 → 2 items` where lists are longer or shorter now. The path is the list's own, whatever is compared inside its elements. */
export function listLengthChange(
  path: string,
  approved: readonly (readonly Json[])[],
  fresh: readonly (readonly Json[])[],
): Change | undefined {
  const [from, to] = [median(approved.map(({ length }) => length)), median(fresh.map(({ length }) => length))];
  if (from === undefined || to === undefined || from === to) return undefined;
  const title = to < from ? 'fewer items' : 'more items';
  return { kind: 'members', path: listPath(path), line: `${from} → ${counted(to, 'item')}`, title, like: title };
}

/**
 * Labels that most lists have now and few had, and the other way round: `+urgent`, `-billing`, `billing → urgent`. Undefined when no label came
 * or went; `order` when the same ones stand in another order.
 */
export function listMembersChange(
  path: string,
  approved: readonly (readonly Json[])[],
  fresh: readonly (readonly Json[])[],
  foldCase: boolean,
): Change | undefined {
  const key = (value: Json): string => exactKey(value, foldCase);
  const [before, now] = [usual(approved, key), usual(fresh, key)];
  const gone = [...before].filter(([of]) => !now.has(of)).sort();
  const come = [...now].filter(([of]) => !before.has(of)).sort();
  if (gone.length === 0 && come.length === 0) return orderChange(path, approved, fresh, key);
  const [from, to] = [gone[0], come[0]];
  const title =
    from && to && gone.length === 1 && come.length === 1
      ? `${shownValue(from[1])} → ${shownValue(to[1])}`
      : [...come.map(([, value]) => `+${shownValue(value)}`), ...gone.map(([, value]) => `−${shownValue(value)}`)]
          .slice(0, MOST_SHOWN)
          .join(' ');
  return { kind: 'members', path, line: title, title, like: [gone.map(([of]) => of), come.map(([of]) => of)] };
}

const MOST_SHOWN = 4;

/** The path of the innermost list around a path. */
export function listPath(path: string): string {
  return path.slice(0, path.lastIndexOf('[]') + 2);
}

/** The values that most lists have, by key. */
function usual(lists: readonly (readonly Json[])[], key: (value: Json) => string): ReadonlyMap<string, Json> {
  const values = new Map<string, Json>();
  const counts = new Map<string, number>();
  for (const list of lists)
    for (const [of, value] of new Map(list.map((value) => [key(value), value]))) {
      values.set(of, values.get(of) ?? value);
      counts.set(of, (counts.get(of) ?? 0) + 1);
    }
  return new Map([...values].filter(([of]) => most(counts.get(of) ?? 0, lists.length)));
}

function orderChange(
  path: string,
  approved: readonly (readonly Json[])[],
  fresh: readonly (readonly Json[])[],
  key: (value: Json) => string,
): Change | undefined {
  const written = (list: readonly Json[], sorted: boolean): string => {
    const keys = list.map(key);
    return JSON.stringify(sorted ? keys.sort() : keys);
  };
  const [orders, sets] = [new Set(approved.map((list) => written(list, false))), new Set(approved.map((list) => written(list, true)))];
  const moved = holding(fresh, (list) => !orders.has(written(list, false)) && sets.has(written(list, true)));
  return most(moved, fresh.length) ? { kind: 'order', path, line: 'other order', title: 'other order', like: null } : undefined;
}
