import type { Json } from '../../../safety/index.ts';
import { oneLine } from './figures.ts';

/** What kind of change it is, the gravest first: the order in which one is named and listed. */
export const CHANGE_KINDS = [
  'contract',
  'format',
  'presence',
  'emptied',
  'label',
  'members',
  'number',
  'date',
  'fence',
  'beginning',
  'length',
  'order',
  'share',
  'spread',
  'wording',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** What changed in a case, at one path. */
export interface Change {
  readonly kind: ChangeKind;
  /** The engine's path; undefined for a change of the whole output. */
  readonly path?: string;
  /** Of this case: `empty in 7 of 8`. */
  readonly line: string;
  /** Of all cases with the like change: `empty`. */
  readonly title: string;
  /** Changes of one kind and path with equal `like` form a group … */
  readonly like: Json;
  /** … and are the same change, for reviews, when this is equal too. */
  readonly detail?: Json;
}

/** A value as a part of a line: texts bare, everything else as JSON. */
export function shownValue(value: Json): string {
  if (value === '') return 'empty';
  return oneLine(typeof value === 'string' ? value : JSON.stringify(value), LONGEST_VALUE);
}

const LONGEST_VALUE = 40;

/** More than half. */
export function most(part: number, whole: number): boolean {
  return 2 * part > whole;
}

/** How many of the values hold. */
export function holding<T>(values: readonly T[], holds: (value: T) => boolean): number {
  return values.reduce((sum, value) => sum + (holds(value) ? 1 : 0), 0);
}
