import type { ChangedLine, FileChange, Segment } from '../../../protocol/index.ts';
import { alignKeys, READS } from '../../drift/display/alignKeys.ts';
import { type AlignedSide, type Hunk, hunksOf } from '../../drift/display/alignment.ts';
import { codesOf } from '../../drift/display/codedText.ts';
import { diffText } from '../../drift/display/diffText.ts';
import { keyNumbers } from '../../drift/display/keyNumbers.ts';

/** One file on both sides; a text is undefined where a side does not have it. */
export interface FilePair {
  readonly path: string;
  readonly was?: string | undefined;
  readonly old: string | undefined;
  readonly fresh: string | undefined;
}

/** What all files of one comparison may show together: lines, and characters in them. */
export interface ShownBudget {
  lines: number;
  characters: number;
}

/** So much of a prompt's change is looked at in a list; the editor's own diff has the rest. */
export function shownBudget(): ShownBudget {
  return { lines: 2_000, characters: 200_000 };
}

/** Steps of exact search for lines: about 0.05 s at most. */
const STEPS = 250_000;
/** Lines around a change that are shown with it. */
const CONTEXT = 3;
/** A longer line is cut: it is no line of prose or YAML. */
const LONGEST_LINE = 20_000;

/**
 * How a file differs, by lines, and within lines that replace each other by words. Undefined where it does not, line ends apart. Takes what it
 * shows from the budget and counts the lines that did not fit.
 */
export function fileChange({ path, was, old = '', fresh = '' }: FilePair, budget: ShownBudget): FileChange | undefined {
  const [left, right] = [linesOf(old), linesOf(fresh)];
  const hunks = hunksOfLines(left, right).filter(isChange);
  if (!hunks.length) return undefined;
  const removed = hunks.reduce((sum, { left: [from, to] }) => sum + to - from, 0);
  const added = hunks.reduce((sum, { right: [from, to] }) => sum + to - from, 0);
  const { shown, cut } = withinBudget(neighbours(hunks), left, right, budget);
  return {
    path,
    ...(was === undefined || was === path ? {} : { was }),
    removed,
    added,
    hunks: shown,
    ...(cut > 0 ? { cut } : {}),
  };
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r\n?|\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function hunksOfLines(left: readonly string[], right: readonly string[]): readonly Hunk[] {
  const keyOf = keyNumbers();
  const numbersOf = (lines: readonly string[]): readonly number[] => lines.map((line) => keyOf(codesOf(line)));
  const effort = { steps: STEPS, reads: READS * (left.length + right.length), gaveUp: false };
  const partners = [...alignKeys(numbersOf(left), numbersOf(right), effort)];
  return hunksOf({ left: sideOf(left, partners), right: sideOf(right, []) });
}

/** Lines in the shape that alignments have; only their number and their partners are looked at here. */
function sideOf(lines: readonly string[], partners: number[]): AlignedSide {
  return { text: '', starts: lines.map((_, at) => at), ends: [], partners, moved: [] };
}

function isChange({ left, right }: Hunk): boolean {
  return left[0] < left[1] || right[0] < right[1];
}

/** Changes whose surroundings touch, together. */
function neighbours(hunks: readonly Hunk[]): readonly (readonly Hunk[])[] {
  const together: Hunk[][] = [];
  for (const hunk of hunks) {
    const last = together.at(-1)?.at(-1);
    if (last && hunk.right[0] - last.right[1] <= 2 * CONTEXT) together.at(-1)?.push(hunk);
    else together.push([hunk]);
  }
  return together;
}

function withinBudget(
  together: readonly (readonly Hunk[])[],
  left: readonly string[],
  right: readonly string[],
  budget: ShownBudget,
): { readonly shown: ChangedLine[][]; readonly cut: number } {
  const shown: ChangedLine[][] = [];
  let cut = 0;
  for (const hunks of together) {
    const lines = countOf(hunks, right.length);
    if (budget.lines <= 0 || budget.characters <= 0) {
      cut += lines;
      continue;
    }
    const kept: ChangedLine[] = [];
    for (const line of linesShown(hunks, left, right)) {
      if (budget.lines <= 0 || budget.characters <= 0) break;
      budget.lines -= 1;
      budget.characters -= line.segments.reduce((sum, { text }) => sum + text.length, 0);
      kept.push(line);
    }
    cut += lines - kept.length;
    shown.push(kept);
  }
  return { shown, cut };
}

/** How many lines a hunk shows, told without making them. */
function countOf(hunks: readonly Hunk[], rightLength: number): number {
  const changed = hunks.reduce((sum, { left, right }) => sum + left[1] - left[0] + right[1] - right[0], 0);
  const [first, last] = [hunks[0], hunks.at(-1)];
  if (!first || !last) return 0;
  const around = Math.min(first.right[0], CONTEXT) + Math.min(rightLength - last.right[1], CONTEXT);
  const between = hunks.slice(1).reduce((sum, hunk, at) => sum + hunk.right[0] - (hunks[at] as Hunk).right[1], 0);
  return changed + around + between;
}

/** The lines of neighbouring changes: those before, what was, what is, those between, those behind. */
function* linesShown(hunks: readonly Hunk[], left: readonly string[], right: readonly string[]): Generator<ChangedLine> {
  let next = Math.max(0, (hunks[0]?.right[0] ?? 0) - CONTEXT);
  for (const hunk of hunks) {
    yield* both(right, next, hunk.right[0]);
    const [was, is] = replaced(left.slice(...hunk.left), right.slice(...hunk.right));
    yield* was.map((segments, at) => ({ side: 'old' as const, line: hunk.left[0] + at + 1, segments }));
    yield* is.map((segments, at) => ({ side: 'new' as const, line: hunk.right[0] + at + 1, segments }));
    next = hunk.right[1];
  }
  yield* both(right, next, Math.min(right.length, next + CONTEXT));
}

function* both(lines: readonly string[], from: number, to: number): Generator<ChangedLine> {
  for (let at = from; at < to; at += 1) yield { side: 'both', line: at + 1, segments: cutLine([{ text: lines[at] ?? '' }]) };
}

/** Lines that replace each other, with the words that differ marked; lines alone are marked by their side. */
function replaced(was: readonly string[], is: readonly string[]): readonly [old: Segment[][], fresh: Segment[][]] {
  if (!was.length || !is.length) return [was.map((text) => cutLine([{ text }])), is.map((text) => cutLine([{ text }]))];
  const { left, right } = diffText(was.join('\n'), is.join('\n'));
  return [bySide(left), bySide(right)];
}

/** Segments of several lines as lines of segments. */
function bySide(segments: readonly Segment[]): Segment[][] {
  const lines: Segment[][] = [[]];
  for (const { text, mark } of segments)
    for (const [at, part] of text.split('\n').entries()) {
      if (at > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push(mark === undefined ? { text: part } : { text: part, mark });
    }
  return lines.map(cutLine);
}

function cutLine(segments: readonly Segment[]): Segment[] {
  const kept: Segment[] = [];
  let left = LONGEST_LINE;
  for (const segment of segments) {
    if (segment.text === '') continue;
    if (segment.text.length > left) {
      kept.push({ ...segment, text: `${segment.text.slice(0, left).toWellFormed()}…` });
      return kept;
    }
    kept.push(segment);
    left -= segment.text.length;
  }
  return kept;
}
