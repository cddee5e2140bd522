import type { ComparedCase, Comparison, FieldRow } from '../../../protocol/index.ts';
import type { TextDiff } from '../../drift/display/diffText.ts';
import { type FieldType, inferType, UNSURE_P } from '../../drift/index.ts';
import { type CaseFields, caseFields, sampleText, shownPath } from './caseFields.ts';
import { LONGEST_LABEL, type SideValues, valueCell } from './fieldCells.ts';
import { count, share, shortP } from './figures.ts';
import { nearness } from './nearFields.ts';
import { valuesAt, valuesOf } from './pathChange.ts';
import { textPair } from './textPair.ts';
import { type Standing, standingOf } from './valueStanding.ts';

/** Rows that cross to the panel, the worst; the last one tells of the others. */
const MOST_ROWS = 500;

/** Which samples the texts show, from 0. */
export interface ShownSamples {
  readonly approved: number;
  readonly fresh: number;
}

/**
 * What both sides have at each path, those that changed first. Read and judged as the verdict was, so that they never disagree. Outputs
 * that should be JSON and are not are shown whole, at `$`.
 */
export function fieldRows(of: ComparedCase, reading: Comparison['reading'], shown: ShownSamples): readonly FieldRow[] {
  const fields = caseFields(of, reading);
  const adjusted = new Map(of.paths.map(({ path, p }) => [path, p]));
  const context = { of, reading, fields, shown };
  const plans = fields.paths.map((path) => planOf(path, adjusted.get(path), context));
  const unread = fields.format === 'json' && [...fields.approved, ...fields.fresh].includes(undefined);
  if (unread) plans.push(wholePlan(context));
  const kept = plans.sort(byRank).slice(0, plans.length > MOST_ROWS ? MOST_ROWS - 1 : MOST_ROWS);
  const rows = kept.map(({ row, p, path }) => ({ ...row(), p, inner: path }));
  rows.sort((a, b) => byRank({ ...a, path: a.inner }, { ...b, path: b.inner }));
  const left = plans.slice(kept.length);
  return [...rows.map(({ p: _p, inner: _inner, ...row }) => row), ...(left[0] ? [restRow(left.length, left[0].status)] : [])];
}

/** A row before its texts are compared: where it stands in the list as far as that can be known. */
interface Plan {
  readonly path: string;
  readonly status: FieldRow['status'];
  readonly p: number | undefined;
  readonly row: () => FieldRow;
}

interface Context {
  readonly of: ComparedCase;
  readonly reading: Comparison['reading'];
  readonly fields: CaseFields;
  readonly shown: ShownSamples;
}

const RANK: Readonly<Record<FieldRow['status'], number>> = { changed: 0, differs: 1, within: 2, whitespace: 3, moved: 4, same: 5 };

function byRank(a: Pick<Plan, 'path' | 'status' | 'p'>, b: Pick<Plan, 'path' | 'status' | 'p'>): number {
  return RANK[a.status] - RANK[b.status] || (a.p ?? 1) - (b.p ?? 1) || (a.path < b.path ? -1 : 1);
}

function planOf(path: string, p: number | undefined, context: Context): Plan {
  const { fields, of } = context;
  const [before, now] = [valuesAt(path, fields.approved), valuesAt(path, fields.fresh)];
  const values = [...before, ...now].flatMap((field) => (field ? valuesOf(field) : []));
  const type = fields.rules.get(path)?.type ?? inferType(values);
  const asText = type === 'text' || (type === 'enum' && values.some((value) => typeof value === 'string' && value.length > LONGEST_LABEL));
  const gone = before.every((field) => field === undefined) ? 'only new' : now.every((field) => field === undefined) ? 'gone' : undefined;
  if (asText) return textPlan(path, type, p, gone, context);
  const near = nearness(path, type, fields.rules);
  const plain: Standing = gone
    ? { status: of.label === 'changed' ? 'changed' : 'differs', words: gone }
    : standingOf(before, now, near, { type, rule: fields.rules.get(path) ?? {}, untested: isUntested(of) });
  const standing = judged(plain, p, gone);
  const row = (): FieldRow => ({
    path: shownPath(path),
    type,
    baseline: valueCell(before, now, type, near),
    candidate: valueCell(now, before, type, near),
    ...standing,
  });
  return { path, p, status: standing.status, row };
}

function textPlan(path: string, type: FieldType, p: number | undefined, gone: string | undefined, context: Context): Plan {
  const { fields, of, reading, shown } = context;
  const text = (side: 'approved' | 'fresh'): string | undefined => {
    const at = shown[side];
    const sample = of[side][at];
    // An output that is one text is shown as it came; what is measured has its whitespace evened out.
    if (fields.format === 'text') return sample && sampleText(sample, reading);
    return textOf(
      fields[side].map((one) => one?.get(path)),
      at,
    );
  };
  const [left, right] = [text('approved'), text('fresh')];
  const missing = left === undefined || right === undefined;
  const status = p !== undefined && p <= UNSURE_P ? 'changed' : !missing && left === right ? 'same' : 'differs';
  const row = (): FieldRow => {
    const { baseline, candidate, kind } = textPair(left, right);
    const plain: Standing = gone
      ? { status: of.label === 'changed' ? 'changed' : 'differs', words: gone }
      : missing
        ? { status: 'differs', words: missingWords(valuesAt(path, fields.approved), valuesAt(path, fields.fresh)) }
        : TEXT_STANDING[kind];
    return { path: shownPath(path), type, baseline, candidate, ...judged(plain, p, gone) };
  };
  return { path, p, status, row };
}

const TEXT_STANDING: Readonly<Record<TextDiff['kind'], Standing>> = {
  same: { status: 'same', words: 'same' },
  whitespace: { status: 'whitespace', words: 'whitespace only' },
  moved: { status: 'moved', words: 'moved' },
  changed: { status: 'differs', words: 'wording' },
};

/** What the test says goes before what is seen. */
function judged(plain: Standing, p: number | undefined, gone: string | undefined): Standing {
  if (p === undefined || p > UNSURE_P) return plain;
  return { status: 'changed', words: gone === undefined ? shortP(p) : `${gone}, ${shortP(p)}` };
}

function isUntested({ label, paths }: ComparedCase): boolean {
  return paths.length === 0 && (label === 'changed' || label === 'broken');
}

/** The text of one sample at a path: elements of a list line by line. */
function textOf(side: SideValues, at: number): string | undefined {
  const field = side[at];
  return (
    field &&
    valuesOf(field)
      .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
      .join('\n')
  );
}

function missingWords(before: SideValues, now: SideValues): string {
  const missing = (side: SideValues): number => side.filter((field) => field === undefined).length;
  return missing(now) > 0 ? `missing in ${share(missing(now), now.length)}` : `before missing in ${share(missing(before), before.length)}`;
}

/** The whole output as it came, of the samples that are not JSON: of the one shown where it is one of them, else of the first. */
function wholePlan({ of, reading, fields, shown }: Context): Plan {
  const side = (name: 'approved' | 'fresh') => {
    const read = fields[name];
    const first = read.indexOf(undefined);
    const at = first < 0 || (shown[name] < read.length && read[shown[name]] === undefined) ? shown[name] : first;
    const sample = of[name][at];
    return { text: sample && sampleText(sample, reading), unread: read.filter((one) => one === undefined).length, all: read.length };
  };
  const [before, now] = [side('approved'), side('fresh')];
  const words = now.unread > 0 ? `not JSON in ${share(now.unread, now.all)}` : `before not JSON in ${share(before.unread, before.all)}`;
  const sameShare = now.unread * before.all === before.unread * now.all;
  const status = !sameShare && (of.label === 'broken' || of.label === 'drifted' || of.label === 'changed') ? 'changed' : 'differs';
  const row = (): FieldRow => {
    const { baseline, candidate } = textPair(before.text, now.text);
    return { path: '$', type: 'text', baseline, candidate, status, words };
  };
  return { path: '', p: 0, status, row };
}

function restRow(more: number, status: FieldRow['status']): FieldRow {
  const path = more === 1 ? '1 more path' : `${count(more)} more paths`;
  return { path, type: 'text', baseline: { kind: 'absent' }, candidate: { kind: 'absent' }, status, words: 'not shown' };
}
