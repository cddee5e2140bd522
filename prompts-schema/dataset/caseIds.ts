import type { Json, JsonObject } from '../../safety/index.ts';
import type { Range } from '../text/range.ts';
import { caseId } from './caseId.ts';
import type { DatasetRow } from './dataset.ts';

/**
 * Gives the rows of one dataset their ids in the order of the rows, each id once: the second of two gets `-2` behind it. Hashes
 * are made when the first of them is read, for between two keystrokes nobody reads them; the ids are the same whenever that is.
 */
export class CaseIds {
  readonly #taken = new Set<string>();
  /** The number that the next copy of an id gets. */
  readonly #copies = new Map<string, number>();
  #waiting: HashedRow[] = [];

  /** The id of a row that has its own, and whether a row above has taken that. */
  own(id: string): { readonly id: string; readonly repeated: boolean } {
    if (LIKE_A_HASH.test(id)) this.#hash();
    return { repeated: this.#taken.has(id), id: this.#unique(id) };
  }

  /** A row without an id of its own. */
  hashed(variables: JsonObject, expected: Json | undefined, range: Range, limits?: Pick<DatasetRow, 'models' | 'refused'>): DatasetRow {
    const row = new HashedRow(variables, expected, range, this.#hash);
    this.#waiting.push(row);
    return limits ? Object.assign(row, limits) : row;
  }

  /** Rows wait in order, and no other id looks like theirs: so it makes no difference how many come later. */
  readonly #hash = (): void => {
    const rows = this.#waiting;
    this.#waiting = [];
    for (const row of rows) row.give(this.#unique(caseId(row.variables)));
  };

  #unique(id: string): string {
    let unique = id;
    for (let copy = this.#copies.get(id) ?? 2; this.#taken.has(unique); copy++) {
      unique = `${id}-${copy}`;
      this.#copies.set(id, copy + 1);
    }
    this.#taken.add(unique);
    return unique;
  }
}

/** What a hash may become: 12 digits, and the number of a copy. */
const LIKE_A_HASH = /^[0-9a-f]{12}(?:-\d+)?$/;

/** `id` is a property of its own that is computed when it is read: copies, JSON and structured clones have it as any other. */
class HashedRow implements DatasetRow {
  declare readonly id: string;
  readonly idIsOwn = false;
  readonly variables: JsonObject;
  readonly expected: Json | undefined;
  readonly range: Range;
  #id = '';
  #hash: (() => void) | undefined;

  constructor(variables: JsonObject, expected: Json | undefined, range: Range, hash: () => void) {
    Object.defineProperty(this, 'id', ID);
    this.variables = variables;
    this.expected = expected;
    this.range = range;
    this.#hash = hash;
  }

  give(id: string): void {
    this.#id = id;
    this.#hash = undefined;
  }

  static idOf(row: HashedRow): string {
    row.#hash?.();
    return row.#id;
  }
}

/** One getter for all rows: with one each, the engine would make a class of each row. */
const ID: PropertyDescriptor & ThisType<HashedRow> = {
  enumerable: true,
  get() {
    return HashedRow.idOf(this);
  },
};
