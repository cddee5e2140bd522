import type { ComparedCase, Comparison } from '../../../protocol/index.ts';
import { trigramProfileDistance, trigramProfiler } from '../../drift/cases/trigramDistance.ts';
import { canonicalText, type FieldValue } from '../../drift/index.ts';
import { caseFields, sampleText } from './caseFields.ts';
import { median } from './figures.ts';
import { valuesOf } from './pathChange.ts';

/** Characters of an output by which it is held against others. */
const ENOUGH = 4000;

/**
 * Which pair of samples shows a change best. Of the new ones that say what most of them say at the leading path (of a broken case: that
 * break the contract) the one most like all the others; of the approved ones that say what most say there the one most like it.
 */
export function tellingSamples(of: ComparedCase, reading: Comparison['reading']): { readonly approved: number; readonly fresh: number } {
  const fields = caseFields(of, reading);
  const path = leadingPath(of);
  const breaks = of.label === 'broken' || of.lead?.kind === 'contract';
  const centre = (name: 'approved' | 'fresh', contract: boolean): readonly number[] => {
    const all = of[name].map((_, at) => at);
    const wanted = breaks ? all.filter((at) => (of[name][at]?.contract === false) !== contract) : all;
    const places = wanted.length > 0 ? wanted : all;
    return path === undefined
      ? places
      : central(
          places,
          fields[name].map((one) => one?.get(path)),
        );
  };
  const profile = trigramProfiler();
  const profiles = { approved: [] as Float64Array[], fresh: [] as Float64Array[] };
  const texts = {
    approved: of.approved.map((sample) => sampleText(sample, reading)),
    fresh: of.fresh.map((sample) => sampleText(sample, reading)),
  };
  for (const name of ['approved', 'fresh'] as const)
    profiles[name] = texts[name].map((text) => profile(canonicalText(text.slice(0, ENOUGH))));
  const distance = (a: Float64Array | undefined, b: Float64Array | undefined): number => (a && b ? trigramProfileDistance(a, b) : 0);
  const fresh = least(centre('fresh', false), (at) => profiles.fresh.reduce((sum, other) => sum + distance(profiles.fresh[at], other), 0));
  const approved = least(centre('approved', true), (at) =>
    texts.approved[at] === texts.fresh[fresh] ? -1 : distance(profiles.approved[at], profiles.fresh[fresh]),
  );
  return { approved, fresh };
}

/** The path that changed most surely. */
function leadingPath({ lead, paths }: ComparedCase): string | undefined {
  if (lead?.kind === 'value' || lead?.kind === 'prefix') return lead.path;
  return paths.reduce<(typeof paths)[number] | undefined>((best, one) => (best === undefined || one.p < best.p ? one : best), undefined)
    ?.path;
}

/** Those places with the value that most have; of numbers those nearest to the median. All, where no value comes twice. */
function central(places: readonly number[], values: readonly (FieldValue | undefined)[]): readonly number[] {
  const numbers = places.map((at) => {
    const field = values[at];
    return field && !field.list && typeof field.value === 'number' ? field.value : undefined;
  });
  const middle = numbers.includes(undefined) ? undefined : median(numbers.filter((value) => value !== undefined));
  if (middle !== undefined) {
    const off = numbers.map((value) => Math.abs((value ?? 0) - middle));
    const nearest = Math.min(...off);
    return places.filter((_, nth) => off[nth] === nearest);
  }
  const keys = places.map((at) => {
    const field = values[at];
    return field ? JSON.stringify(valuesOf(field)) : '';
  });
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  const mode = keys.find((key) => counts.get(key) === most);
  return most > 1 ? places.filter((_, nth) => keys[nth] === mode) : places;
}

/** The place with the least measure, the first of several; 0 where there is none. */
function least(places: readonly number[], measure: (at: number) => number): number {
  let [best, value] = [0, Number.POSITIVE_INFINITY];
  for (const at of places) {
    const measured = measure(at);
    if (measured < value) [best, value] = [at, measured];
  }
  return best;
}
