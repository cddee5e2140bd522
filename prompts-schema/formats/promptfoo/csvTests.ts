import { csvRecords, sniffDelimiter } from '../../dataset/csv.ts';
import type { Issue } from '../../parse/issue.ts';
import type { MapEntry, MapNode, PositionedNode } from '../../parse/positioned.ts';
import type { Range } from '../../text/range.ts';
import { assertionInCell } from './assertionInCell.ts';

/**
 * The rows of a CSV as tests: columns are variables, except those that begin with `__`: `__expected` and `__expected1` … are checks,
 * `__description`, `__metric`, `__threshold`, `__prefix`, `__suffix` and `__config:__expected1:threshold` are what they say.
 */
export function* csvTests(text: string, path: string, range: Range, most: number, issues: Issue[]): Generator<MapNode> {
  const [header, ...records] = [...csvRecords(text, sniffDelimiter(text))];
  if (!header) return;
  const columns = header.cells.map(({ value }) => value.trim());
  const unclosed = records.find((record) => record.unclosed);
  if (unclosed)
    issues.push({
      code: 'dataset.invalid-row',
      message: `${path}: a quote is never closed, so that the rest of the file became one cell.`,
      range,
    });
  for (const { cells } of records.slice(0, most + 1))
    yield testOf(
      columns,
      cells.map(({ value }) => value),
      range,
    );
}

function testOf(columns: readonly string[], cells: readonly string[], range: Range): MapNode {
  const node = (value: string | number): PositionedNode => ({ kind: 'scalar', value, range, style: 'double' });
  const entry = (key: string, value: PositionedNode): MapEntry => ({ key, keyRange: range, value, range });
  const map = (entries: readonly MapEntry[]): MapNode => ({ kind: 'map', entries, range });
  const vars: MapEntry[] = [];
  const options: MapEntry[] = [];
  const rest: MapEntry[] = [];
  const checks: { readonly column: string; readonly entries: MapEntry[] }[] = [];
  let metric: string | undefined;
  columns.forEach((column, index) => {
    const cell = cells[index] ?? '';
    if (column.startsWith('__expected')) {
      if (!cell.trim()) return;
      const { type, value, threshold } = assertionInCell(cell);
      const entries = [entry('type', node(type))];
      if (value !== undefined)
        entries.push(entry('value', typeof value === 'string' ? node(value) : { kind: 'list', items: value.map(node), range }));
      if (threshold !== undefined) entries.push(entry('threshold', node(threshold)));
      checks.push({ column, entries });
    } else if (column === '__prefix' || column === '__suffix') {
      if (cell) options.push(entry(column.slice(2), node(cell)));
    } else if (column === '__metric') metric = cell || undefined;
    else if (column === '__description') rest.push(entry('description', node(cell)));
    else if (column === '__threshold') {
      const threshold = Number.parseFloat(cell);
      if (Number.isFinite(threshold)) rest.push(entry('threshold', node(threshold)));
    } else if (column === '__providerOutput') {
      if (cell) rest.push(entry('providerOutput', node(cell)));
    } else if (column && !/^__(?:metadata|config):/.test(column)) vars.push(entry(column, node(cell)));
  });
  columns.forEach((column, index) => {
    const setting = /^__config:(__expected\d*):(threshold)$/.exec(column);
    const value = Number.parseFloat(cells[index] ?? '');
    const check =
      setting && checks.find((one) => one.column === setting[1] || (setting[1] === '__expected' && one.column === '__expected1'));
    if (check && Number.isFinite(value)) check.entries.push(entry('threshold', node(value)));
  });
  const named = metric === undefined ? [] : [entry('metric', node(metric))];
  const asserts = checks.map(({ entries }) => map([...entries, ...named]));
  return map([
    entry('vars', map(vars)),
    ...rest,
    ...(options.length > 0 ? [entry('options', map(options))] : []),
    ...(asserts.length > 0 ? [entry('assert', { kind: 'list', items: asserts, range })] : []),
  ]);
}
