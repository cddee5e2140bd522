import { isJsonObject, type Json } from '../../../safety/index.ts';
import type { JsonPath, Operand, PredicateKind } from '../../evaluator.ts';
import { contentMap } from '../../parse/contentMap.ts';
import type { MapEntry, PositionedNode } from '../../parse/positioned.ts';
import { entryOf, toJson } from '../../parse/tree.ts';
import { type PathError, parseCasePath, parseJsonPath } from '../../paths/jsonPath.ts';
import { PREDICATES } from '../../schemas/evaluators.ts';
import type { Range } from '../../text/range.ts';
import { type Fields, foundWords, shorten } from './fields.ts';
import type { ReadKind } from './readKind.ts';

/** One of our predicates, with its path where it takes one. */
export function readPredicate(fields: Fields, entry: MapEntry, kind: PredicateKind): ReadKind | undefined {
  const path = readPath(fields, kind);
  const operand = readOperand(fields, entry, kind);
  if (path === 'invalid' || !operand) return undefined;
  const range = fields.visible(entry.value.range, entry);
  return { spec: { kind, path, operand, operandRange: range }, label: labelOf(kind, path, operand) };
}

function readPath(fields: Fields, kind: PredicateKind): JsonPath | undefined | 'invalid' {
  const entry = fields.entry('path');
  if (!entry) return undefined;
  if (!PREDICATES[kind].takesPath) {
    fields.issues.push({
      code: 'evaluator.invalid-path',
      message: `\`${kind}\` checks the answer as a whole; remove \`path\`.`,
      range: entry.range,
    });
    return 'invalid';
  }
  const text = fields.text('path');
  if (!text) return 'invalid';
  const path = parseJsonPath(text.value);
  if (!('error' in path)) return path;
  reportPath(fields, entry.value, text.value, path);
  return 'invalid';
}

function reportPath(fields: Fields, node: PositionedNode, text: string, { error, at }: PathError): void {
  const map = node.kind === 'scalar' ? contentMap(fields.file, node) : undefined;
  const range: Range = map && text ? map.fileRange({ start: Math.min(at, text.length - 1), end: text.length }) : node.range;
  fields.issues.push({ code: 'evaluator.invalid-path', message: `This path cannot be read. ${error}`, range, data: { at } });
}

function readOperand(fields: Fields, entry: MapEntry, kind: PredicateKind): Operand | undefined {
  const info = PREDICATES[kind];
  const { value } = entry;
  const reference = referenceOf(value);
  if (reference?.key === 'case' && info.fromCase) {
    const read = typeof reference.text === 'string' ? parseCasePath(reference.text) : undefined;
    if (read && 'path' in read) return { from: 'case', path: read.path };
    if (read && 'error' in read) {
      reportPath(fields, reference.node, String(reference.text), read);
      return undefined;
    }
  } else if (reference?.key === 'file' && info.fromFile && typeof reference.text === 'string' && reference.text.trim()) {
    return { from: 'file', path: reference.text };
  }
  const json = toJson(value);
  const missing = value.kind === 'scalar' && value.style === 'missing';
  if (!missing && !(reference && kind !== 'equals') && info.literal.safeParse(json).success) return { from: 'literal', value: json };
  fields.issues.push({
    code: 'evaluator.wrong-operand',
    message: reference
      ? `\`${kind}\` takes ${info.takes}; { ${reference.key}: … } ${referenceAllowed(kind, reference.key) ? 'needs a text' : 'is not possible here'}.`
      : `\`${kind}\` takes ${info.takes}${value.kind === 'scalar' && typeof value.value === 'string' ? `, not "${shorten(value.value)}"` : foundWords(value)}.`,
    range: fields.visible(value.range, entry),
  });
  return undefined;
}

function referenceAllowed(kind: PredicateKind, key: 'case' | 'file'): boolean {
  return key === 'case' ? PREDICATES[kind].fromCase : PREDICATES[kind].fromFile;
}

/** A map of just `case` or just `file`. */
function referenceOf(
  node: PositionedNode,
): { readonly key: 'case' | 'file'; readonly text: unknown; readonly node: PositionedNode } | undefined {
  if (node.kind !== 'map' || node.entries.length !== 1) return undefined;
  for (const key of ['case', 'file'] as const) {
    const value = entryOf(node, key)?.value;
    if (value) return { key, text: value.kind === 'scalar' ? value.value : undefined, node: value };
  }
  return undefined;
}

/** A readable name: "$.team is one of teams.json". */
function labelOf(kind: PredicateKind, path: JsonPath | undefined, operand: Operand): string {
  const words = WORDS[kind];
  const said = words.includes('…') ? words.replace('…', () => operandText(operand)) : words;
  return path ? `${path.text} ${said}` : PREDICATES[kind].takesPath ? `answer ${said}` : said;
}

function operandText(operand: Operand): string {
  if (operand.from === 'file') return operand.path.replace(/^.*[\\/]/, '');
  if (operand.from === 'case') return operand.path.join('.');
  return shorten(literalText(operand.value));
}

function literalText(value: Json): string {
  if (typeof value === 'string') return `"${value}"`;
  if (Array.isArray(value)) return (value as readonly Json[]).map(literalText).join(', ');
  return isJsonObject(value) ? JSON.stringify(value) : String(value);
}

const WORDS: { readonly [kind in PredicateKind]: string } = {
  equals: 'equals …',
  oneOf: 'is one of …',
  contains: 'contains …',
  matches: 'matches …',
  notEmpty: 'is not empty',
  type: 'is of type …',
  min: 'is at least …',
  max: 'is at most …',
  minLength: 'is at least … long',
  maxLength: 'is at most … long',
  schema: 'fits the schema …',
  json: 'answer is JSON',
  noRefusal: 'answer is no refusal',
  noFailureTokens: 'answer holds no failure tokens',
  maxLatencyMs: 'answers within … ms',
  maxCost: 'costs at most $…',
  maxOutputTokens: 'has at most … tokens',
};
