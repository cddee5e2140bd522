import type { ComparedCase, ComparedSample, Comparison } from '../../../protocol/index.ts';
import { type Json, parseJson } from '../../../safety/index.ts';
import {
  alignEmptyLists,
  canonicalText,
  isIgnored,
  type LeafFields,
  leafFields,
  listRule,
  type PathRules,
  ROOT_PATH,
  stripOuterFence,
} from '../../drift/index.ts';
import { comparableText } from '../comparableText.ts';

/** The two sides of a case. */
export type CaseSamples = Pick<ComparedCase, 'approved' | 'fresh'>;

/** What the samples of one side have at each path; undefined for one that should be JSON and is not. */
export type SideFields = readonly (LeafFields | undefined)[];

/** The samples of a case, read as the verdict read them. */
export interface CaseFields {
  readonly format: 'json' | 'text';
  readonly approved: SideFields;
  readonly fresh: SideFields;
  /** All paths that are not ignored, sorted. */
  readonly paths: readonly string[];
  readonly rules: PathRules;
}

/** Reads all samples of a case. Equal outputs are read once. */
export function caseFields({ approved, fresh }: CaseSamples, reading: Comparison['reading']): CaseFields {
  const rules: PathRules = new Map(Object.entries(reading.rules)) as PathRules;
  const texts = [...approved, ...fresh].map((sample) => sampleText(sample, reading));
  const distinct = [...new Set(texts)];
  const values = reading.format === 'text' ? [] : distinct.map(parsedValue);
  const format = reading.format === 'auto' ? detect(values) : reading.format;
  const keyOf = (path: string): string | undefined => {
    const rule = listRule(path, rules);
    return typeof rule === 'object' ? rule.key : undefined;
  };
  const whole = (text: string): LeafFields => new Map([[ROOT_PATH, { list: false, value: canonicalText(text) }]]);
  const read =
    format === 'text'
      ? distinct.map(whole)
      : alignRead(values.map((value) => (value === undefined ? undefined : leafFields(value, keyOf))));
  const byText = new Map(distinct.map((text, at) => [text, read[at]]));
  const sides = texts.map((text) => byText.get(text));
  const paths = [...new Set(read.flatMap((fields) => [...(fields?.keys() ?? [])]))].filter((path) => !isIgnored(path, rules)).sort();
  return { format, approved: sides.slice(0, approved.length), fresh: sides.slice(approved.length), paths, rules };
}

/** What of a sample is compared, without the code fence around it where that is taken off. */
export function sampleText({ output }: ComparedSample, { stripFence }: Comparison['reading']): string {
  const text = comparableText(output);
  return stripFence ? stripOuterFence(text).text : text;
}

/** A path as people write it: `$.team`, `$.items[].price`; `$` for an output that is one value. */
export function shownPath(path: string): string {
  return path.startsWith(ROOT_PATH) ? path : `${ROOT_PATH}.${path}`;
}

function parsedValue(text: string): Json | undefined {
  const result = parseJson(text);
  return result.ok ? result.value : undefined;
}

function detect(values: readonly (Json | undefined)[]): 'json' | 'text' {
  const structured = values.some((value) => typeof value === 'object' && value !== null);
  return structured || (values.length > 0 && values.every((value) => value !== undefined)) ? 'json' : 'text';
}

/** Empty lists are given the paths of the others' elements; what could not be read stays unread. */
function alignRead(read: SideFields): SideFields {
  const aligned = [...alignEmptyLists(read.filter((fields) => fields !== undefined))];
  return read.map((fields) => fields && aligned.shift());
}
