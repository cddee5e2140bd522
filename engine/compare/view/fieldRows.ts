import type { ComparedCase, Comparison, FieldCell, FieldRow, Segment } from '../../../protocol/index.ts';
import type { Json } from '../../../safety/index.ts';
import { diffText } from '../../drift/display/diffText.ts';
import { exactKey, type FieldType, type FieldValue, fieldMatrices } from '../../drift/index.ts';
import { type CaseFields, caseFields, sampleText, shownPath } from './caseFields.ts';
import { oneLine, shortP } from './figures.ts';

/** One path changes beyond noise up to this adjusted p-value. */
const CHANGED_P = 0.05;
const MOST_ROWS = 500;
const MOST_VALUES = 6;
const LONGEST_VALUE = 300;
/** Characters of a text that cross to the panel. */
const LONGEST_TEXT = 200_000;

/**
 * What both sides have at each path, those that changed first. Read and measured as the verdict was, so that they never disagree. Outputs
 * that should be JSON and are not are shown whole, at `$`.
 */
export function fieldRows(
  of: ComparedCase,
  reading: Comparison['reading'],
  shown: { readonly approved: number; readonly fresh: number },
): readonly FieldRow[] {
  const fields = caseFields(of, reading);
  const rows = fields.paths.map((path) => rowOf(path, of, fields, reading, shown));
  const unread = [...fields.approved, ...fields.fresh].includes(undefined);
  const whole = fields.format === 'json' && (unread || fields.paths.length === 0) ? [rawRow(of, reading, shown)] : [];
  const sorted = [...rows].sort((a, b) => RANK[a.row.status] - RANK[b.row.status] || a.p - b.p || (a.row.path < b.row.path ? -1 : 1));
  return [...whole, ...sorted.map(({ row }) => row)].slice(0, MOST_ROWS);
}

const RANK: Readonly<Record<FieldRow['status'], number>> = { changed: 0, differs: 1, within: 2, whitespace: 3, moved: 4, same: 5 };

interface Ranked {
  readonly row: FieldRow;
  readonly p: number;
}

interface Shown {
  readonly approved: number;
  readonly fresh: number;
}

function rowOf(path: string, of: ComparedCase, fields: CaseFields, reading: Comparison['reading'], shown: Shown): Ranked {
  const at = (side: CaseFields['approved']): readonly (FieldValue | undefined)[] => side.map((sample) => sample?.get(path));
  const [approved, fresh] = [at(fields.approved), at(fields.fresh)];
  const { type, value } = fieldMatrices(path, [...approved, ...fresh], fields.rules);
  const p = of.paths.find((one) => one.path === path)?.p ?? 1;
  const near = allNear(value.values, value.size, approved.length);
  const base = { path: shownPath(path), type };
  if (!approved.some(Boolean) || !fresh.some(Boolean)) {
    const words = fresh.some(Boolean) ? 'only new' : 'gone';
    const cells = { baseline: cellOf(approved, fresh, type), candidate: cellOf(fresh, approved, type) };
    return {
      row: {
        ...base,
        ...cells,
        status: p <= CHANGED_P ? 'changed' : 'differs',
        words: p <= CHANGED_P ? `${words}, ${shortP(p)}` : words,
      },
      p,
    };
  }
  if (type === 'text') {
    // An output that is one text is shown as it came; what is measured has its whitespace evened out.
    const written = fields.format === 'text' ? rawTexts(of, reading) : { approved: approved.map(textOf), fresh: fresh.map(textOf) };
    return textRow(base, pick(written.approved, approved, shown.approved), pick(written.fresh, fresh, shown.fresh), { p, near });
  }
  const cells = { baseline: cellOf(approved, fresh, type), candidate: cellOf(fresh, approved, type) };
  const same = near && keysOf(fresh).every((key) => keysOf(approved).includes(key));
  const status = same && p > CHANGED_P ? 'same' : p <= CHANGED_P ? 'changed' : near ? 'within' : 'differs';
  return { row: { ...base, ...cells, status, words: wordsOf(status, p, fields.rules.get(path)?.absTol) }, p };
}

function wordsOf(status: FieldRow['status'], p: number, tolerance: number | undefined): string {
  if (status === 'changed') return shortP(p);
  if (status === 'within') return tolerance === undefined ? 'within tolerance' : `within ±${tolerance}`;
  return status === 'same' ? 'same' : 'differs';
}

/** The outputs as they came. */
function rawTexts({ approved, fresh }: ComparedCase, reading: Comparison['reading']) {
  const text = (sample: ComparedCase['fresh'][number]): string => sampleText(sample, reading);
  return { approved: approved.map(text), fresh: fresh.map(text) };
}

/** The text of the sample shown; where it has none at this path, the first that has. */
function pick(texts: readonly string[], fields: readonly (FieldValue | undefined)[], at: number): string {
  return texts[fields[at] ? at : fields.findIndex(Boolean)] ?? '';
}

/** Texts: the two samples shown, word by word; where all are equal, that. */
function textRow(
  base: Pick<FieldRow, 'path' | 'type'>,
  left: string,
  right: string,
  { p, near }: { readonly p: number; readonly near: boolean },
): Ranked {
  const diff = diffText(left, right);
  const cells = { baseline: textCell(diff.left, diff.coarse), candidate: textCell(diff.right, diff.coarse) };
  const changed = p <= CHANGED_P;
  const plain = diff.kind === 'changed' ? 'differs' : diff.kind === 'same' && !near ? 'differs' : diff.kind;
  const status: FieldRow['status'] = changed ? 'changed' : plain;
  const words = changed ? shortP(p) : TEXT_WORDS[plain];
  return { row: { ...base, ...cells, status, words }, p };
}

const TEXT_WORDS = { differs: 'wording', whitespace: 'whitespace only', moved: 'moved', same: 'same' } as const;

/** The whole output as it came. */
function rawRow(of: ComparedCase, reading: Comparison['reading'], shown: Shown): FieldRow {
  const text = (side: ComparedCase['fresh'], at: number): string | undefined => {
    const sample = side[at] ?? side[0];
    return sample && sampleText(sample, reading);
  };
  const [left, right] = [text(of.approved, shown.approved), text(of.fresh, shown.fresh)];
  const diff = diffText(left ?? '', right ?? '');
  const broken = of.label === 'broken' || of.label === 'drifted';
  return {
    path: '$',
    type: 'text',
    baseline: left === undefined ? { kind: 'absent' } : textCell(diff.left, diff.coarse),
    candidate: right === undefined ? { kind: 'absent' } : textCell(diff.right, diff.coarse),
    status: diff.kind === 'changed' ? (broken ? 'changed' : 'differs') : diff.kind,
    words: diff.kind === 'changed' ? 'not JSON' : TEXT_WORDS[diff.kind],
  };
}

function textCell(segments: readonly Segment[], coarse: boolean): FieldCell {
  const kept: Segment[] = [];
  let room = LONGEST_TEXT;
  let cut = 0;
  for (const segment of segments) {
    const text = segment.text.slice(0, room);
    cut += segment.text.length - text.length;
    room -= text.length;
    if (text !== '') kept.push({ ...segment, text });
  }
  return { kind: 'text', segments: kept, coarse, ...(cut > 0 ? { cut } : {}) };
}

function cellOf(own: readonly (FieldValue | undefined)[], other: readonly (FieldValue | undefined)[], type: FieldType): FieldCell {
  const values = own.filter((field) => field !== undefined);
  if (values.length === 0) return { kind: 'absent' };
  if (type === 'number' && values.every((field) => !field.list && typeof field.value === 'number')) return rangeCell(values);
  const elsewhere = new Set(keysOf(other));
  const counts = new Map<string, { readonly text: string; count: number }>();
  for (const field of values) {
    const key = keyOf(field);
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { text: shownText(field), count: 1 });
  }
  const sorted = [...counts].sort(([a, one], [b, two]) => two.count - one.count || (a < b ? -1 : 1));
  return {
    kind: 'values',
    values: sorted.slice(0, MOST_VALUES).map(([key, { text, count }]) => ({ text, count, elsewhere: elsewhere.has(key) })),
    others: sorted.slice(MOST_VALUES).reduce((sum, [, { count }]) => sum + count, 0),
  };
}

function rangeCell(values: readonly FieldValue[]): FieldCell {
  const numbers = values.flatMap((field) => (!field.list && typeof field.value === 'number' ? [field.value] : [])).sort((a, b) => a - b);
  const middle = numbers.length >> 1;
  const median = numbers.length % 2 ? (numbers[middle] ?? 0) : ((numbers[middle - 1] ?? 0) + (numbers[middle] ?? 0)) / 2;
  return { kind: 'range', median: numberText(median), low: numberText(numbers[0] ?? 0), high: numberText(numbers.at(-1) ?? 0) };
}

function numberText(value: number): string {
  return String(Number(value.toPrecision(12)));
}

function keysOf(fields: readonly (FieldValue | undefined)[]): readonly string[] {
  return fields.filter((field) => field !== undefined).map(keyOf);
}

function keyOf(field: FieldValue): string {
  return field.list ? JSON.stringify(field.entries.map(({ key, value }) => [key, exactKey(value)])) : exactKey(field.value);
}

function shownText(field: FieldValue): string {
  const one = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
  const text = field.list ? field.entries.map(({ value }) => one(value)).join(', ') || '(empty list)' : one(field.value);
  return oneLine(text === '' ? '(empty)' : text, LONGEST_VALUE);
}

function textOf(field: FieldValue | undefined): string {
  if (!field) return '';
  const one = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
  return field.list ? field.entries.map(({ value }) => one(value)).join('\n') : one(field.value);
}

/** Every new sample has distance 0 to an approved one. */
function allNear(values: Float64Array, size: number, approved: number): boolean {
  for (let fresh = approved; fresh < size; fresh++) {
    let near = false;
    for (let old = 0; old < approved && !near; old++) near = values[old * size + fresh] === 0;
    if (!near) return false;
  }
  return approved > 0;
}
