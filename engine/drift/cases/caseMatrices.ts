import type { Json } from '../../../safety/index.ts';
import { canonicalText, stripOuterFence } from './canonicalText.ts';
import { type CaseMemory, caseMemory } from './caseMemory.ts';
import { type DistanceMatrix, matrixOf } from './distanceMatrix.ts';
import { type FieldMatrices, fieldMatrices } from './fieldMatrices.ts';
import { alignEmptyLists, type LeafFields, leafFields, ROOT_PATH } from './leafFields.ts';
import { objectDistance } from './objectDistance.ts';
import { isIgnored, listRule, type PathRules } from './pathTypes.ts';
import { unparsableDistance } from './unparsableDistance.ts';

/** One answer of the model, as it is compared. */
export interface Sample {
  /** The output as it came. */
  readonly text: string;
  /** Whether the output keeps its contract (parses, fits the schema, is not empty, refused or cut off, `must` evaluators pass); null: there is none. */
  readonly contract: boolean | null;
}

/** How the outputs of a case are read. */
export interface ReadingOptions {
  /** `json`: fields; `text`: one text or label; `auto` (default): json when some output is an object or a list, or when all are JSON. */
  readonly format?: 'auto' | 'json' | 'text';
  /** Take off one code fence around a whole output. The result says whether that happened: it is never silent. */
  readonly stripFence?: boolean;
  readonly rules?: PathRules;
}

/** What is measured in one view: the whole output, the values or the beginnings of one path, or whether the contract is kept. */
export type ViewKind = 'document' | 'value' | 'prefix' | 'contract';

/** One view of a case: its distances over all samples. `path` is '' for the whole output and the contract. */
export interface View {
  readonly kind: ViewKind;
  readonly path: string;
  readonly matrix: DistanceMatrix;
}

/** All views of a case, and how its outputs were read. */
export interface CaseMatrices {
  readonly views: readonly View[];
  readonly fields: readonly FieldMatrices[];
  readonly format: 'json' | 'text';
  /** How many outputs should have been JSON and were not. */
  readonly unparsable: number;
  /** How many outputs had a code fence taken off. */
  readonly fencesStripped: number;
}

/**
 * The distances between the samples of one case in every view. Nothing depends on which samples are approved and which are new. The view
 * of the whole output is left out when there is only one field: it would be the same matrix.
 */
export function caseMatrices(samples: readonly Sample[], options: ReadingOptions = {}, memory: CaseMemory = caseMemory()): CaseMatrices {
  const rules = options.rules ?? new Map();
  const stripped = samples.map(({ text }) => (options.stripFence ? stripOuterFence(text) : { text, stripped: false }));
  const { format, fields, parses } = read(
    stripped.map(({ text }) => text),
    options.format ?? 'auto',
    { rules, memory },
  );
  const document = matrixOf(samples.length, (i, j) => {
    const unparsable = unparsableDistance(parses[i] ?? true, parses[j] ?? true);
    if (unparsable !== null) return unparsable;
    const cell = i * samples.length + j;
    return objectDistance(fields.map(({ has, value }) => (has[i] || has[j] ? (value.values[cell] ?? 0) : null)));
  });
  const views: View[] = [];
  if (fields.length !== 1 || parses.includes(false)) views.push({ kind: 'document', path: '', matrix: document });
  for (const { path, value, prefix } of fields) {
    views.push({ kind: 'value', path, matrix: value });
    if (prefix) views.push({ kind: 'prefix', path, matrix: prefix });
  }
  if (samples.some(({ contract }) => contract !== null)) {
    const kept = samples.map(({ contract }) => contract !== false);
    views.push({ kind: 'contract', path: '', matrix: matrixOf(samples.length, (i, j) => (kept[i] === kept[j] ? 0 : 1)) });
  }
  return {
    views,
    fields,
    format,
    unparsable: parses.filter((parsed) => !parsed).length,
    fencesStripped: stripped.filter((one) => one.stripped).length,
  };
}

interface Reading {
  readonly format: 'json' | 'text';
  readonly fields: readonly (FieldMatrices & { readonly has: readonly boolean[] })[];
  readonly parses: readonly boolean[];
}

function read(
  texts: readonly string[],
  wanted: 'auto' | 'json' | 'text',
  { rules, memory }: { readonly rules: PathRules; readonly memory: CaseMemory },
): Reading {
  const values = wanted === 'text' ? [] : texts.map(memory.parsed);
  const format = wanted === 'auto' ? detect(values) : wanted;
  const keyOf = (path: string): string | undefined => {
    const rule = listRule(path, rules);
    return typeof rule === 'object' ? rule.key : undefined;
  };
  const whole = (text: string): LeafFields => new Map([[ROOT_PATH, { list: false, value: canonicalText(text) }]]);
  const perSample =
    format === 'text'
      ? texts.map(whole)
      : alignEmptyLists(values.map((value) => (value === undefined ? new Map() : leafFields(value, keyOf))));
  const parses = texts.map((_, at) => format === 'text' || values[at] !== undefined);
  const paths = [...new Set(perSample.flatMap((fields) => [...fields.keys()]))].filter((path) => !isIgnored(path, rules)).sort();
  const fields = paths.map((path) => {
    const found = perSample.map((sample) => sample.get(path));
    return { ...fieldMatrices(path, found, rules, memory), has: found.map((field) => field !== undefined) };
  });
  return { format, fields, parses };
}

function detect(values: readonly (Json | undefined)[]): 'json' | 'text' {
  const structured = values.some((value) => typeof value === 'object' && value !== null);
  return structured || (values.length > 0 && values.every((value) => value !== undefined)) ? 'json' : 'text';
}
