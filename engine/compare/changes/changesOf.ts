import { posix } from 'node:path';
import { canonicalJson, type EvaluatorSpec } from '../../../prompts-schema/index.ts';
import type { ComparisonChanges } from '../../../protocol/index.ts';
import type { JsonObject } from '../../../safety/index.ts';
import { oneLine } from '../view/figures.ts';
import { datasetChanges } from './datasetChanges.ts';
import { type FilePair, fileChange, shownBudget } from './fileChange.ts';
import type { PromptSource, SourcePrompt } from './promptSource.ts';

/** The models asked for, as comparisons name them. */
export interface AskedModels {
  readonly from: string;
  readonly to: string;
}

/** What changed between two sides in what was asked: files, model, parameters, dataset, evaluators. Pure and bounded. */
export function changesOf(old: PromptSource, fresh: PromptSource, { from, to }: AskedModels): ComparisonChanges {
  const prompts = old.prompt && fresh.prompt ? { old: old.prompt, fresh: fresh.prompt } : undefined;
  const dataset = old.cases && fresh.cases ? datasetChanges(old.cases, fresh.cases, old.live && fresh.live) : undefined;
  return {
    files: prompts ? filesOf(prompts.old, prompts.fresh) : [],
    ...(from === to ? {} : { model: { from, to } }),
    parameters: prompts ? parametersOf(prompts.old, prompts.fresh) : [],
    ...(dataset ? { dataset } : {}),
    evaluators: prompts ? evaluatorsOf(prompts.old, prompts.fresh) : { added: [], removed: [], changed: [] },
    unknown: [...(prompts ? [] : ['text' as const]), ...(old.cases && fresh.cases ? [] : ['dataset' as const])],
  };
}

/** The prompt's own file first, then those it names, by what it calls them. */
function filesOf(old: SourcePrompt, fresh: SourcePrompt): ComparisonChanges['files'] {
  const names = [...new Set([...Object.keys(fresh.files), ...Object.keys(old.files)])].sort();
  const pairs: FilePair[] = [
    { path: fresh.path, was: old.path, old: old.document.text, fresh: fresh.document.text },
    ...names.map((name) => {
      const [was, is] = [own(old.files, name), own(fresh.files, name)];
      return { path: besides(is === undefined ? old : fresh, name), old: was, fresh: is };
    }),
  ];
  const budget = shownBudget();
  return pairs.flatMap((pair) => fileChange(pair, budget) ?? []);
}

function own(files: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(files, name) ? files[name] : undefined;
}

function besides({ path }: SourcePrompt, name: string): string {
  return posix.join(posix.dirname(path), name);
}

function parametersOf(old: SourcePrompt, fresh: SourcePrompt): ComparisonChanges['parameters'] {
  const [was, is] = [valuesOf(old), valuesOf(fresh)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((name) => was.get(name) !== is.get(name))
    .map((name) => ({ name, ...given('from', was.get(name)), ...given('to', is.get(name)) }));
}

function valuesOf({ document }: SourcePrompt): ReadonlyMap<string, string> {
  return new Map(document.parameters.map(({ name, value }) => [name, oneLine(JSON.stringify(value), LONGEST_VALUE)]));
}

const LONGEST_VALUE = 200;

function given<Key extends 'from' | 'to'>(key: Key, value: string | undefined): { readonly [K in Key]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: string };
}

/** By name and kind, because names may stand twice. */
function evaluatorsOf(old: SourcePrompt, fresh: SourcePrompt): ComparisonChanges['evaluators'] {
  const [was, is] = [specsOf(old), specsOf(fresh)];
  const names = (of: ReadonlyMap<string, Spec>, fits: (key: string, spec: Spec) => boolean): string[] =>
    [...of].filter(([key, spec]) => fits(key, spec)).map(([, { name }]) => oneLine(name, LONGEST_VALUE));
  return {
    added: names(is, (key) => !was.has(key)),
    removed: names(was, (key) => !is.has(key)),
    changed: names(is, (key, { text }) => was.has(key) && was.get(key)?.text !== text),
  };
}

interface Spec {
  readonly name: string;
  readonly text: string;
}

function specsOf({ document, files }: SourcePrompt): ReadonlyMap<string, Spec> {
  const specs = new Map<string, Spec>();
  for (const evaluator of document.evaluators) {
    let key = evaluator.name;
    for (let copy = 2; specs.has(key); copy++) key = `${evaluator.name}\n${copy}`;
    specs.set(key, { name: evaluator.name, text: specText(evaluator, files) });
  }
  return specs;
}

/** What an evaluator checks, without its place in the file; of an operand in a file the file's text. */
function specText({ range: _range, nameRange: _nameRange, index: _index, ...spec }: EvaluatorSpec, files: SourcePrompt['files']): string {
  const operand =
    'operand' in spec && typeof spec.operand !== 'string' && spec.operand.from === 'file' ? own(files, spec.operand.path) : undefined;
  return canonicalJson({ ...(JSON.parse(JSON.stringify({ ...spec, operandRange: null })) as JsonObject), operandText: operand ?? null });
}
