import { type Json, parseJson } from '../../../safety/index.ts';
import { canonicalText } from './canonicalText.ts';
import { prefixOf } from './prefixDistance.ts';
import { type TrigramProfile, trigramProfiler } from './trigramDistance.ts';

/** What is made of each text of one case once, however often it comes up: in several samples, in the first look and in both together. */
export interface CaseMemory {
  /** The value of an output; undefined when it is not JSON. */
  readonly parsed: (output: string) => Json | undefined;
  readonly profile: (text: string) => TrigramProfile;
  readonly prefix: (text: string) => readonly string[];
}

export function caseMemory(): CaseMemory {
  const profiler = trigramProfiler();
  const canonical = remember(canonicalText);
  return {
    parsed: remember((output) => {
      const result = parseJson(output);
      return result.ok ? result.value : undefined;
    }),
    profile: remember((text) => profiler(canonical(text))),
    prefix: remember((text) => prefixOf(canonical(text))),
  };
}

function remember<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined || made.has(text)) return known as T;
    const fresh = make(text);
    made.set(text, fresh);
    return fresh;
  };
}
