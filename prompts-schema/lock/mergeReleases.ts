import { canonicalJson } from '../fingerprint/canonicalJson.ts';
import { canonicalOrder, compareText } from './canonicalOrder.ts';
import type { Release, TestedWith } from './lockFile.ts';
import { releaseJson, testedJson } from './seal.ts';

/** The releases of two sides as one, or why that is for a person to decide. */
export type MergedReleases =
  | { readonly ok: true; readonly releases: readonly Release[] }
  | { readonly ok: false; readonly prompt: string | undefined; readonly version: string; readonly message: string };

/**
 * Releases of two branches as one list: each version once, with every model that either side tested it with. One version with two fingerprints
 * cannot be merged. Which side is which does not matter, nor does merging twice.
 */
export function mergeReleases(a: readonly Release[], b: readonly Release[]): MergedReleases {
  const merged = new Map<string, Release>();
  for (const release of [...a, ...b]) {
    const key = releaseKey(release);
    const known = merged.get(key);
    if (known && known.fingerprint !== release.fingerprint)
      return { ok: false, prompt: release.prompt, version: release.version, message: clash(known, release) };
    merged.set(key, known ? mergeRelease(known, release) : release);
  }
  return { ok: true, releases: canonicalOrder([...merged.values()]) };
}

/** Each model once, by its newest test; in the order of the models' names. */
export function mergeTested(a: readonly TestedWith[], b: readonly TestedWith[]): readonly TestedWith[] {
  const merged = new Map<string, TestedWith>();
  for (const test of [...a, ...b]) {
    const known = merged.get(test.model);
    if (!known || isNewerTest(test, known)) merged.set(test.model, test);
  }
  return [...merged.values()].sort((left, right) => compareText(left.model, right.model));
}

/** Tells releases apart: a prompt's version. */
export function releaseKey({ prompt, version }: Pick<Release, 'prompt' | 'version'>): string {
  return JSON.stringify([prompt ?? null, version]);
}

/** `1.2.0`, with the prompt's name in files of several. */
export function releaseTitle({ prompt, version }: Pick<Release, 'prompt' | 'version'>): string {
  return prompt === undefined ? version : `${version} of ${prompt}`;
}

/** Of two that say the same of the prompt, the earlier one stands. */
function mergeRelease(a: Release, b: Release): Release {
  const tested = mergeTested(a.tested, b.tested);
  const order = compareText(a.released, b.released) || compareText(textOf(a), textOf(b));
  return { ...(order <= 0 ? a : b), tested };
}

function textOf(release: Release): string {
  return canonicalJson(releaseJson({ ...release, tested: [] }));
}

/** The later day; on one day what a person accepted, then the later run. */
function isNewerTest(test: TestedWith, known: TestedWith): boolean {
  const order =
    compareText(test.on, known.on) ||
    Number(test.how === 'review') - Number(known.how === 'review') ||
    compareText(test.run, known.run) ||
    compareText(canonicalJson(testedJson(test)), canonicalJson(testedJson(known)));
  return order > 0;
}

function clash(a: Release, b: Release): string {
  const [first, second] = [a.fingerprint, b.fingerprint].sort();
  return `Two different prompts were released as ${releaseTitle(a)}: ${short(first)} and ${short(second)}. One of them needs another version.`;
}

/** The beginning of a fingerprint, for people. */
function short(fingerprint = ''): string {
  return fingerprint.length > 20 ? `${fingerprint.slice(0, 16)}…` : fingerprint;
}
