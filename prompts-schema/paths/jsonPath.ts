import { isJsonObject, type Json, ownValue } from '../../safety/index.ts';
import type { JsonPath, JsonPathStep } from '../evaluator.ts';

/** Why a path could not be read, and the offset in the path's text where. */
export interface PathError {
  readonly error: string;
  readonly at: number;
}

/** Reads `$ .name ['name'] ["name"] [n] [*]`. */
export function parseJsonPath(text: string): JsonPath | PathError {
  if (!text.startsWith('$')) return { error: 'A path begins with $, as in $.team.', at: 0 };
  const steps = readSteps(text, 1);
  return 'error' in steps ? steps : { text, steps: steps.steps };
}

/** Reads the path of a `{ case: … }` reference: `expected.team`, `expected.items[0].name`, `ticket`. */
export function parseCasePath(text: string): { readonly path: readonly (string | number)[] } | PathError {
  if (text.startsWith('$')) return { error: 'A reference to the case is written without $: expected.team.', at: 0 };
  const read = readSteps(text.startsWith('[') ? text : `.${text}`, 0);
  if ('error' in read) return { error: read.error, at: Math.max(0, text.startsWith('[') ? read.at : read.at - 1) };
  const path: (string | number)[] = [];
  for (const step of read.steps) {
    if (step.kind === 'all')
      return { error: '[*] cannot be used here: a reference names one value.', at: Math.max(0, text.indexOf('[*]')) };
    path.push(step.kind === 'name' ? step.name : step.index);
  }
  return path.length ? { path } : { error: 'Name a column of the case, such as expected.team.', at: 0 };
}

/** What the path selects, in order; own properties only. Nothing selected is an empty list. */
export function selectPath(value: Json, path: JsonPath): readonly Json[] {
  let selected: readonly Json[] = [value];
  for (const step of path.steps) selected = selected.flatMap((from) => selectStep(from, step));
  return selected;
}

/** The value that keys and list places lead to; own properties only. */
export function valueAt(value: Json, path: readonly (string | number)[]): Json | undefined {
  let at: Json | undefined = value;
  for (const step of path) {
    if (Array.isArray(at)) at = typeof step === 'number' ? (at as readonly Json[])[step] : undefined;
    else at = isJsonObject(at) ? ownValue(at, String(step)) : undefined;
    if (at === undefined) return undefined;
  }
  return at;
}

function selectStep(from: Json, step: JsonPathStep): readonly Json[] {
  if (step.kind === 'name') {
    const found = isJsonObject(from) ? ownValue(from, step.name) : undefined;
    return found === undefined ? [] : [found];
  }
  if (step.kind === 'all') return Array.isArray(from) ? (from as readonly Json[]) : isJsonObject(from) ? Object.values(from) : [];
  const found = Array.isArray(from) ? (from as readonly Json[])[step.index] : undefined;
  return found === undefined ? [] : [found];
}

function readSteps(text: string, from: number): { readonly steps: readonly JsonPathStep[] } | PathError {
  const steps: JsonPathStep[] = [];
  for (let at = from; at < text.length; ) {
    STEP.lastIndex = at;
    const found = STEP.exec(text);
    if (!found) return { error: stepError(text, at), at };
    const [whole, name, single, double, index, all] = found;
    if (all) steps.push({ kind: 'all' });
    else if (index !== undefined) steps.push({ kind: 'index', index: Number(index) });
    else steps.push({ kind: 'name', name: name ?? unescapeName(single ?? double ?? '') });
    at += whole.length;
  }
  return { steps };
}

const STEP = /\.([\p{L}\p{N}_$-]+)|\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\d{1,9})|(\*))\]/uy;

function unescapeName(name: string): string {
  return name.replace(/\\(.)/g, '$1');
}

function stepError(text: string, at: number): string {
  if (text.startsWith('..', at)) return 'A path cannot search with `..`; write every step.';
  if (text.charAt(at) === '.') return at + 1 < text.length ? "This name needs the form ['name']." : 'A name is missing after the dot.';
  if (text.charAt(at) === '[') return "In brackets stands a number, * or a name in quotes: [0], [*], ['name'].";
  return "A step begins with a dot or a bracket: $.name, $['name'], $[0], $[*].";
}
