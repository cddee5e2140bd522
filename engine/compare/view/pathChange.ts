import type { Json } from '../../../safety/index.ts';
import { type FieldValue, inferType, listRule } from '../../drift/index.ts';
import { dateChange, numberChange } from './amountChange.ts';
import type { CaseFields, SideFields } from './caseFields.ts';
import { type Change, holding, most } from './change.ts';
import { share } from './figures.ts';
import { labelChange } from './labelChange.ts';
import { listLengthChange, listMembersChange, listPath } from './listChange.ts';
import { textChange } from './textChange.ts';

/** How the samples changed at one path, the gravest thing first; undefined where nothing can be named. */
export function pathChange(path: string, { approved, fresh, rules }: CaseFields): Change | undefined {
  const [before, now] = [valuesAt(path, approved), valuesAt(path, fresh)];
  if (before.length === 0 || now.length === 0) return undefined;
  const presence = presenceChange(path, before, now);
  if (presence) return presence;
  const [old, present] = [before.filter((field) => field !== undefined), now.filter((field) => field !== undefined)];
  const emptied = emptiedChange(path, old, present);
  if (emptied) return emptied;
  const rule = rules.get(path) ?? {};
  const [oldLists, lists] = [old.map(valuesOf), present.map(valuesOf)];
  const [from, to] = [oldLists.flat(), lists.flat()];
  const type = rule.type ?? inferType([...from, ...to]);
  if ([...old, ...present].some(({ list }) => list)) {
    const length = listLengthChange(path, oldLists, lists);
    if (length && type !== 'enum') return length;
    if (type === 'enum') {
      const members = listMembersChange(path, oldLists, lists, rule.foldCase === true);
      if (members?.kind === 'order' && listRule(path, rules) !== 'list') return undefined;
      return members ?? length ?? labelChange(path, from, to, rule.foldCase);
    }
  }
  if (type === 'number') return numberChange(path, from, to);
  if (type === 'date') return dateChange(path, from, to);
  if (type === 'enum') return labelChange(path, from, to, rule.foldCase);
  return textChange(path, from.map(asText), to.map(asText));
}

/** What each sample that could be read has at the path; undefined where it has nothing. */
export function valuesAt(path: string, side: SideFields): readonly (FieldValue | undefined)[] {
  return side.flatMap((fields) => (fields ? [fields.get(path)] : []));
}

/** The values of one sample at one path: all elements of a list, else the one there is. */
export function valuesOf(field: FieldValue): readonly Json[] {
  return field.list ? field.entries.map(({ value }) => value) : [field.value];
}

function presenceChange(path: string, before: readonly unknown[], now: readonly unknown[]): Change | undefined {
  const [old, fresh] = [before, now].map((side) => holding(side, (field) => field === undefined)) as [number, number];
  if (most(fresh, now.length) && !most(old, before.length))
    return { kind: 'presence', path, line: `missing in ${share(fresh, now.length)}`, title: 'missing', like: 'missing' };
  if (most(old, before.length) && !most(fresh, now.length))
    return { kind: 'presence', path, line: `added in ${share(now.length - fresh, now.length)}`, title: 'added', like: 'added' };
  return undefined;
}

/** Most new values are null, or empty, and most approved ones were not. */
function emptiedChange(path: string, before: readonly FieldValue[], now: readonly FieldValue[]): Change | undefined {
  const empty = (field: FieldValue): boolean => valuesOf(field).every(isEmpty);
  const [old, fresh] = [holding(before, empty), holding(now, empty)];
  const isList = now.some(({ list }) => list);
  if (most(fresh, now.length) && !most(old, before.length)) {
    const isNull = holding(now, (field) => !field.list && field.value === null);
    const title = most(isNull, now.length) ? 'null' : 'empty';
    return { kind: 'emptied', path: isList ? listPath(path) : path, line: `${title} in ${share(fresh, now.length)}`, title, like: title };
  }
  return undefined;
}

function isEmpty(value: Json): boolean {
  if (value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
