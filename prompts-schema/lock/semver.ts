/** A version as semver.org has it. Build metadata is read and does not count. */
export interface Semver {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** Its dot-separated identifiers; empty for a version that is no prerelease. */
  readonly prerelease: readonly string[];
}

/** Which part of a version goes up. */
export type BumpKind = 'patch' | 'minor' | 'major';

/** Undefined where the text is no semantic version: no `v` before it, three numbers without leading zeros. */
export function parseSemver(text: string): Semver | undefined {
  const match = text.length <= LONGEST ? FORM.exec(text) : null;
  if (!match) return undefined;
  const [, major, minor, patch, prerelease = ''] = match;
  return { major: Number(major), minor: Number(minor), patch: Number(patch), prerelease: prerelease === '' ? [] : prerelease.split('.') };
}

/** Below 0 when `a` comes before `b`, 0 when neither does. Text that is no version comes first. */
export function compareSemver(a: string, b: string): number {
  const [left, right] = [parseSemver(a), parseSemver(b)];
  if (!left || !right) return Number(left !== undefined) - Number(right !== undefined);
  return (
    left.major - right.major ||
    left.minor - right.minor ||
    left.patch - right.patch ||
    comparePrereleases(left.prerelease, right.prerelease)
  );
}

/**
 * The next version of a kind. A prerelease goes to the version that it prepares, where that is of the kind: `1.3.0-rc.1` to `1.3.0` by minor or
 * patch, to `2.0.0` by major. Undefined for text that is no version.
 */
export function bumpSemver(version: string, kind: BumpKind): string | undefined {
  const read = parseSemver(version);
  if (!read) return undefined;
  const { major, minor, patch } = read;
  const prepares = read.prerelease.length > 0;
  if (kind === 'major') return prepares && minor === 0 && patch === 0 ? `${major}.0.0` : `${major + 1}.0.0`;
  if (kind === 'minor') return prepares && patch === 0 ? `${major}.${minor}.0` : `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${prepares ? patch : patch + 1}`;
}

const LONGEST = 256;
const NUMBER = '(0|[1-9]\\d{0,14})';
const IDENTIFIER = '(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)';
const FORM = new RegExp(
  `^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${IDENTIFIER}(?:\\.${IDENTIFIER})*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`,
);

/** semver.org 11: none is greater than any, numbers are less than words, more identifiers are greater. */
function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  if (!a.length || !b.length) return Number(b.length > 0) - Number(a.length > 0);
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const order = compareIdentifiers(a[at] ?? '', b[at] ?? '');
    if (order) return order;
  }
  return a.length - b.length;
}

function compareIdentifiers(a: string, b: string): number {
  const [isNumber, isOther] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber !== isOther) return isNumber ? -1 : 1;
  if (isNumber && a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
