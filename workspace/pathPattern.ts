import { alternatives } from './alternatives.ts';
import { fitsName, meansDot, type NamePattern, readName } from './namePattern.ts';
import { resolveReference } from './paths.ts';

/** A pattern of paths: a folder to begin in, and what each name below it has to fit. */
export interface PathPattern {
  /** Root-relative; empty for the root. */
  readonly folder: string;
  readonly steps: readonly PatternStep[];
}

type PatternStep = 'folders' | NamePattern;

/** Which steps of a pattern a path has come to; the number of all steps where it fits. */
export type Places = ReadonlySet<number>;

/**
 * Reads a pattern that the file `from` names: `*`, `?` and `[abc]` within a name, `**` over folders, `{a,b}` for either. Undefined where it
 * leads outside the root. Names that begin with a dot are meant only where the pattern has the dot.
 */
export function readPatterns(from: string, pattern: string): readonly PathPattern[] | undefined {
  const read = alternatives(pattern.replaceAll('\\', '/')).map((one) => readPattern(from, one));
  return read.some((one) => one === undefined) ? undefined : (read as readonly PathPattern[]);
}

function readPattern(from: string, pattern: string): PathPattern | undefined {
  const names = pattern.split('/').filter((name) => name !== '' && name !== '.');
  const first = names.findIndex((name) => /[*?[]/.test(name));
  const plain = first < 0 ? names.length - 1 : first;
  // a file of that name stands in for the folder, which may be the root
  const beside = resolveReference(from, [...names.slice(0, plain), '_'].join('/'));
  if (beside === undefined || pattern.startsWith('/') || names.slice(plain).includes('..')) return undefined;
  return { folder: beside.split('/').slice(0, -1).join('/'), steps: names.slice(plain).map(stepOf) };
}

/** Where a path is before its first name. */
export function beginning({ steps }: PathPattern): Places {
  return opened(new Set([0]), steps);
}

/** Where it is after one more name. */
export function after(places: Places, { steps }: PathPattern, name: string): Places {
  const next = new Set<number>();
  for (const place of places) {
    const step = steps[place];
    if (step === 'folders') {
      if (!name.startsWith('.')) next.add(place);
    } else if (step && (!name.startsWith('.') || meansDot(step)) && fitsName(name, step)) next.add(place + 1);
  }
  return opened(next, steps);
}

/** Whether the path that came to these places fits as a whole. */
export function isWhole(places: Places, { steps }: PathPattern): boolean {
  return places.has(steps.length);
}

/** Whether a root-relative path fits. */
export function fitsPattern(path: string, pattern: PathPattern): boolean {
  const { folder } = pattern;
  if (folder !== '' && !path.startsWith(`${folder}/`)) return false;
  const names = path.slice(folder === '' ? 0 : folder.length + 1).split('/');
  return isWhole(
    names.reduce((places, name) => after(places, pattern, name), beginning(pattern)),
    pattern,
  );
}

/** `**` may stand for no folder at all. */
function opened(places: Set<number>, steps: readonly PatternStep[]): Places {
  for (const place of places) if (steps[place] === 'folders') places.add(place + 1);
  return places;
}

function stepOf(name: string): PatternStep {
  return name === '**' ? 'folders' : readName(name);
}
