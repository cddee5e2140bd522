import { sha256Hex } from '../../../prompts-schema/index.ts';
import { canonicalText } from '../../drift/index.ts';
import { type Change, holding, most } from './change.ts';
import { median } from './figures.ts';

/** How texts of one path changed: a new or lost beginning, much longer or shorter, else mere wording. Undefined when they are the same ones. */
export function textChange(path: string, approved: readonly string[], fresh: readonly string[]): Change | undefined {
  const [before, now] = [approved.map(canonicalText), fresh.map(canonicalText)];
  const known = new Set(before);
  if (new Set(now).size === known.size && now.every((text) => known.has(text))) return undefined;
  return fenceChange(path, before, now) ?? beginningChange(path, before, now) ?? lengthChange(path, before, now) ?? wording(path, now);
}

/** Most new texts are in a code fence and no approved one is, or the other way round. */
export function fenceChange(path: string | undefined, before: readonly string[], now: readonly string[]): Change | undefined {
  const fenced = (text: string): boolean => text.trimStart().startsWith('```');
  const [old, fresh] = [holding(before, fenced), holding(now, fenced)];
  const title =
    old === 0 && most(fresh, now.length)
      ? 'new code fence around the output'
      : fresh === 0 && most(old, before.length)
        ? 'no code fence around the output any more'
        : undefined;
  if (title === undefined) return undefined;
  return { kind: 'fence', ...(path === undefined ? {} : { path }), line: title, title, like: title };
}

/**
 * Most texts of one side begin with the same words and none of the other side does, and behind those words the other side's beginning
 * comes: something was put in front of the answer, or no longer is.
 */
function beginningChange(path: string, before: readonly string[], now: readonly string[]): Change | undefined {
  const added = putInFront(before, now);
  if (added !== undefined) return begins(path, `new beginning “${added}”`, ['added', added]);
  const lost = putInFront(now, before);
  return lost === undefined ? undefined : begins(path, `beginning “${lost}” left out`, ['lost', lost]);
}

function begins(path: string, title: string, like: readonly string[]): Change {
  return { kind: 'beginning', path, line: title, title, like };
}

function putInFront(without: readonly string[], having: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of having) counts.set(beginning(text), (counts.get(beginning(text)) ?? 0) + 1);
  const [words, times] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), ['', 0]);
  if (words === '' || !most(times, having.length) || without.some((text) => text.startsWith(words))) return undefined;
  const starts = [...new Set(without.map(beginning))].filter((start) => start.length >= LEAST_BEGINNING);
  const behind = (text: string): boolean => starts.some((start) => text.indexOf(start, 1) > 0);
  return most(
    holding(having, (text) => text.startsWith(words) && behind(text)),
    having.length,
  )
    ? words
    : undefined;
}

/** The first three words; of a text without spaces the first characters. */
function beginning(text: string): string {
  const words = text.slice(0, 200).split(' ').slice(0, 3).join(' ');
  const characters = [...words];
  return characters.length <= LONGEST_BEGINNING ? words : characters.slice(0, SHORT_BEGINNING).join('');
}

const LONGEST_BEGINNING = 40;
const SHORT_BEGINNING = 8;
const LEAST_BEGINNING = 4;

function lengthChange(path: string, before: readonly string[], now: readonly string[]): Change | undefined {
  const [from, to] = [median(before.map(({ length }) => length)), median(now.map(({ length }) => length))];
  if (from === undefined || to === undefined || Math.abs(to - from) < LEAST_LONGER) return undefined;
  const times = timesStep(Math.max(from, to) / Math.max(1, Math.min(from, to)));
  if (times === undefined) return undefined;
  const title = to > from ? (times === 2 ? 'twice as long' : `${times} times as long`) : `${PARTS.get(times)} as long`;
  return { kind: 'length', path, line: title, title, like: title };
}

/** The step under a ratio, generously: from 1.75 it is twice. Undefined when the texts are about as long. */
function timesStep(ratio: number): number | undefined {
  return [...PARTS.keys()].reverse().find((times) => ratio >= times * 0.875);
}

const PARTS: ReadonlyMap<number, string> = new Map([
  [2, 'half'],
  [3, 'a third'],
  [5, 'a fifth'],
  [10, 'a tenth'],
  [20, 'a twentieth'],
  [50, 'a fiftieth'],
  [100, 'a hundredth'],
]);

/** Characters that a text must be longer or shorter by. */
const LEAST_LONGER = 20;

/** The texts are in it in canonical form, each once: the same wordings in other numbers are the same change. */
function wording(path: string, now: readonly string[]): Change {
  return { kind: 'wording', path, line: 'wording', title: 'wording', like: null, detail: textSet(now) };
}

/** A hash of the different texts, whatever their order and number. */
export function textSet(texts: readonly string[]): string {
  return sha256Hex(JSON.stringify([...new Set(texts.map(canonicalText))].sort()));
}
