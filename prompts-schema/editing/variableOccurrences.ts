import type { PromptDocument } from '../document.ts';
import type { EvaluatorSpec } from '../evaluator.ts';
import type { MapNode, PositionedNode } from '../parse/positioned.ts';
import { entryOf, nodeAtPath } from '../parse/tree.ts';
import { DIALECTS } from '../template/dialects.ts';
import { scanPlaceholders } from '../template/github/scan.ts';
import { referencesOf } from '../template/references.ts';
import type { Range } from '../text/range.ts';
import { promptfooReads, promptfooVars } from './promptfooOccurrences.ts';

/** A place of a prompt file that names a variable. */
export interface VariableOccurrence {
  readonly name: string;
  /** The name alone, without quotes or braces. */
  readonly range: Range;
  /** `declaration`: under inputs; `column`: a key of a case or of sample values; `read`: in a template, an evaluator or the delivery. */
  readonly kind: 'declaration' | 'column' | 'read';
  /** In a section of Mustache, where it may as well be a property of the item; or in code, which nobody reads here. */
  readonly uncertain?: true;
}

/** Names of a case that are no variables. */
export const CASE_NAMES: ReadonlySet<string> = new Set(['id', 'expected']);

/** Every place of a prompt file that names a variable, in the order of the text, each once. */
export function variableOccurrences(document: PromptDocument): readonly VariableOccurrence[] {
  const found = new Map<number, VariableOccurrence>();
  const add = (occurrence: VariableOccurrence): void => {
    if (!found.has(occurrence.range.start)) found.set(occurrence.range.start, occurrence);
  };
  const declare = (name: string, range: Range): void => add({ name, range: bare(document.text, range), kind: 'declaration' });
  for (const { name, nameRange } of document.inputs ?? []) declare(name, nameRange);
  for (const item of requiredNames(document)) declare(String(item.value), item.range);
  for (const map of valueMaps(document))
    for (const { key, keyRange } of map.entries)
      if (!CASE_NAMES.has(key)) add({ name: key, range: bare(document.text, keyRange), kind: 'column' });
  for (const occurrence of inTemplates(document)) add(occurrence);
  if (document.format === 'promptfoo') for (const occurrence of promptfooReads(document.text, document.tree)) add(occurrence);
  else for (const evaluator of document.evaluators) for (const occurrence of inEvaluator(document.text, evaluator)) add(occurrence);
  const key = nodeAtPath(document.tree, ['delivery', 'idempotencyKey']);
  if (key?.kind === 'scalar' && typeof key.value === 'string')
    add({ name: key.value, range: bare(document.text, key.range), kind: 'read' });
  return [...found.values()].sort((a, b) => a.range.start - b.range.start);
}

/** A range without the quotes that are written around it. */
export function bare(text: string, { start, end }: Range): Range {
  const quote = text.charAt(start);
  const quoted = (quote === '"' || quote === "'") && end - start >= 2 && text.charAt(end - 1) === quote;
  return quoted ? { start: start + 1, end: end - 1 } : { start, end };
}

function inTemplates({ text, format, body, dialect, messages }: PromptDocument): readonly VariableOccurrence[] {
  const all = body ? referencesOf(body.nodes, DIALECTS[dialect].names).variables : messages.flatMap(({ placeholders }) => placeholders);
  // text of another file has the place that names it
  const read = format === 'promptfoo' ? all.filter(({ name, nameRange }) => text.slice(nameRange.start, nameRange.end) === name) : all;
  return read.map(({ name, nameRange, uncertain }) => ({ name, range: nameRange, kind: 'read', ...(uncertain ? { uncertain } : {}) }));
}

/** The maps of the file whose keys are variables: cases, sample values, defaults. */
function valueMaps({ format, tree, testDataRange }: PromptDocument): readonly MapNode[] {
  if (format === 'promptfoo') return promptfooVars(tree);
  const cases = testDataRange && nodeWith(tree, testDataRange);
  const own =
    format === 'dotprompt' ? nodeAtPath(tree, ['input', 'default']) : format === 'prompty' ? nodeAtPath(tree, ['sample']) : undefined;
  const rows = cases?.kind === 'list' ? cases.items : [cases];
  return [...rows, own].flatMap((node) => (node?.kind === 'map' ? [node] : []));
}

/** `required` of a Dotprompt input that is written as JSON Schema. */
function requiredNames({ format, tree }: PromptDocument) {
  const schema = format === 'dotprompt' ? nodeAtPath(tree, ['input', 'schema']) : undefined;
  if (schema?.kind !== 'map' || !entryOf(schema, 'properties')) return [];
  const list = entryOf(schema, 'required')?.value;
  return list?.kind === 'list' ? list.items.flatMap((item) => (item.kind === 'scalar' && item.value !== null ? [item] : [])) : [];
}

function nodeWith(node: PositionedNode | undefined, range: Range): PositionedNode | undefined {
  if (!node || node.range.start > range.start || node.range.end < range.end) return undefined;
  if (node.range.start === range.start && node.range.end === range.end && node.kind !== 'scalar') return node;
  const inner = node.kind === 'map' ? node.entries.map(({ value }) => value) : node.kind === 'list' ? node.items : [];
  for (const child of inner) {
    const found = nodeWith(child, range);
    if (found) return found;
  }
  return undefined;
}

/** `{{name}}` in a text check or a judge, and the first step of `{ case: name }`. */
function inEvaluator(text: string, evaluator: EvaluatorSpec): readonly VariableOccurrence[] {
  if (evaluator.kind === 'string') return placeholdersIn(text, evaluator.operandRange);
  if (evaluator.kind === 'judge') return placeholdersIn(text, evaluator.range).filter(({ name }) => name !== 'completion');
  if (!('operand' in evaluator) || evaluator.operand.from !== 'case') return [];
  const [name] = evaluator.operand.path;
  if (typeof name !== 'string' || CASE_NAMES.has(name)) return [];
  const { start, end } = evaluator.operandRange;
  const written = text.slice(start, end);
  const key = /case["']?\s*:\s*["']?/.exec(written);
  const at = key ? written.indexOf(name, key.index + key[0].length) : -1;
  return at < 0 ? [] : [{ name, range: { start: start + at, end: start + at + name.length }, kind: 'read' }];
}

function placeholdersIn(text: string, { start, end }: Range): readonly VariableOccurrence[] {
  return scanPlaceholders(text.slice(start, end)).flatMap(({ name: written, range }): readonly VariableOccurrence[] => {
    const name = /^[^.[]+/.exec(written)?.[0] ?? written;
    if (CASE_NAMES.has(name)) return [];
    const from = start + range.start + 2;
    return [{ name, range: { start: from, end: from + name.length }, kind: 'read' }];
  });
}
