import { type Json, type JsonObject, ownObject } from '../../safety/index.ts';
import type { Issue } from '../parse/issue.ts';
import type { PositionedNode } from '../parse/positioned.ts';
import { entryOf, toJson } from '../parse/tree.ts';
import type { Range } from '../text/range.ts';
import { caseId } from './caseId.ts';
import type { DatasetColumn, DatasetRow } from './dataset.ts';

/** Gathers rows from any format: ids are given and made unique, columns are collected. */
export class RowBuilder {
  readonly rows: DatasetRow[] = [];
  readonly columns: DatasetColumn[] = [];
  readonly #issues: Issue[];
  readonly #ids = new Set<string>();
  readonly #names = new Set<string>();
  /** The number that the next copy of an id gets. */
  readonly #copies = new Map<string, number>();

  constructor(issues: Issue[]) {
    this.#issues = issues;
  }

  /** One case as plain data. `keyRange` is asked only for columns that are new. */
  add(record: JsonObject, range: Range, keyRange: (name: string) => Range): void {
    const variables: [string, Json][] = [];
    let expected: Json | undefined;
    let own: string | undefined;
    for (const key of Object.keys(record)) {
      const value = record[key] ?? null;
      if (key === 'expected') expected = value;
      else if (key === 'id') {
        if (typeof value === 'string' || typeof value === 'number') own = String(value).trim() || undefined;
        else if (value !== null)
          this.#issues.push({
            code: 'dataset.invalid-row',
            message: '`id` is a text or a number; this one is ignored.',
            range: keyRange(key),
          });
      } else {
        variables.push([key, value]);
        if (!this.#names.has(key)) this.addColumn(key, keyRange(key));
      }
    }
    const data = ownObject(variables);
    if (own !== undefined && this.#ids.has(own))
      this.#issues.push({
        code: 'dataset.duplicate-id',
        message: `The id "${own}" is taken by a case above. Give each case an id of its own.`,
        range: keyRange('id'),
        data: { id: own },
      });
    this.rows.push({ id: this.#unique(own ?? caseId(data)), idIsOwn: own !== undefined, variables: data, expected, range });
  }

  /** One case as a positioned map; anything else is an issue. */
  addNode(node: PositionedNode, visible: Range = node.range): void {
    if (node.kind !== 'map') {
      this.#issues.push({
        code: 'dataset.invalid-row',
        message: `A case is a map of names and values, not ${node.kind === 'list' ? 'a list' : 'a single value'}; it is left out.`,
        range: visible,
      });
      return;
    }
    this.add(toJson(node) as JsonObject, node.range, (name) => entryOf(node, name)?.keyRange ?? node.range);
  }

  addColumn(name: string, range: Range): void {
    this.#names.add(name);
    this.columns.push({ name, range });
  }

  #unique(id: string): string {
    let unique = id;
    for (let copy = this.#copies.get(id) ?? 2; this.#ids.has(unique); copy++) {
      unique = `${id}-${copy}`;
      this.#copies.set(id, copy + 1);
    }
    this.#ids.add(unique);
    return unique;
  }
}
