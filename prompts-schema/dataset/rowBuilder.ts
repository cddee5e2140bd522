import { type Json, type JsonObject, ownObject } from '../../safety/index.ts';
import type { Issue } from '../parse/issue.ts';
import type { MapNode, PositionedNode } from '../parse/positioned.ts';
import { entryOf, toJson } from '../parse/tree.ts';
import type { Range } from '../text/range.ts';
import { CaseIds } from './caseIds.ts';
import type { DatasetColumn, DatasetRow } from './dataset.ts';

/** Gathers rows from any format: ids are given and made unique, columns are collected. */
export class RowBuilder {
  readonly rows: DatasetRow[] = [];
  readonly columns: DatasetColumn[] = [];
  readonly #issues: Issue[];
  readonly #ids = new CaseIds();
  readonly #names = new Set<string>();

  constructor(issues: Issue[]) {
    this.#issues = issues;
  }

  /** One case as plain data. `keyRange` is asked only for columns that are new. */
  add(record: JsonObject, range: Range, keyRange: (name: string) => Range): void {
    this.#addCells(Object.entries(record), range, keyRange);
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
    this.#addCells(cellsOf(node), node.range, (name) => entryOf(node, name)?.keyRange ?? node.range);
  }

  addColumn(name: string, range: Range): void {
    this.#names.add(name);
    this.columns.push({ name, range });
  }

  #addCells(cells: readonly Cell[], range: Range, keyRange: (name: string) => Range): void {
    const variables: Cell[] = [];
    let expected: Json | undefined;
    let own: string | undefined;
    for (const cell of cells) {
      const [key, value] = cell;
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
        variables.push(cell);
        if (!this.#names.has(key)) this.addColumn(key, keyRange(key));
      }
    }
    const data = ownObject(variables);
    if (own === undefined) {
      this.rows.push(this.#ids.hashed(data, expected, range));
      return;
    }
    const { id, repeated } = this.#ids.own(own);
    if (repeated)
      this.#issues.push({
        code: 'dataset.duplicate-id',
        message: `The id "${own}" is taken by a case above. Give each case an id of its own.`,
        range: keyRange('id'),
        data: { id: own },
      });
    this.rows.push({ id, idIsOwn: true, variables: data, expected, range });
  }
}

type Cell = readonly [name: string, value: Json];

/** Of a key given twice the first counts. */
function cellsOf({ entries }: MapNode): readonly Cell[] {
  const cells: Cell[] = [];
  const seen = entries.length > FEW ? new Set<string>() : undefined;
  for (const { key, value } of entries) {
    if (seen ? seen.has(key) : cells.some(([name]) => name === key)) continue;
    seen?.add(key);
    cells.push([key, toJson(value)]);
  }
  return cells;
}

/** Up to so many keys a list is searched faster than a set is made. */
const FEW = 8;
