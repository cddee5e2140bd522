import { isJsonObject, type Json } from '../../../safety/index.ts';
import type { InlineOrFile } from '../../document.ts';
import type { AssertionEvaluator, EvaluatorSpec, ForeignEvaluator, Operand, PredicateEvaluator, SetEvaluator } from '../../evaluator.ts';
import { unknownKeyIssue } from '../../parse/checkSchema.ts';
import type { Issue } from '../../parse/issue.ts';
import type { MapNode, PositionedNode } from '../../parse/positioned.ts';
import { entryOf, toJson } from '../../parse/tree.ts';
import { nearest } from '../../text/nearest.ts';
import type { Range } from '../../text/range.ts';
import { ASSERTION_TYPES, assertionType, baseType, type ScoredType } from './assertionTypes.ts';
import { extensionOf, namedFile } from './fileNames.ts';
import { type Included, treeOf } from './included.ts';
import { ASSERTION_KEYS } from './keys.ts';

type Check = AssertionEvaluator | PredicateEvaluator | SetEvaluator | ForeignEvaluator;

/** Reads assertions as evaluators. What cannot be a check at all is an issue, once a place. */
export class AssertionReader {
  readonly #included: Included;
  readonly #issues: Issue[];
  readonly #tools: InlineOrFile | undefined;

  /** `tools` are those that the prompt is called with. */
  constructor(included: Included, issues: Issue[], tools: InlineOrFile | undefined) {
    this.#included = included;
    this.#issues = issues;
    this.#tools = tools;
  }

  /** One assertion, or a set of them; `transform` where code changes the answer before. */
  read(node: PositionedNode, index: number, transform: boolean, depth = 0): EvaluatorSpec | undefined {
    const type = node.kind === 'map' ? entryOf(node, 'type') : undefined;
    if (node.kind !== 'map' || type?.value.kind !== 'scalar' || typeof type.value.value !== 'string') {
      this.#say('schema.missing-key', 'An assertion is a map with a `type`, such as `contains`.', node.range);
      return undefined;
    }
    const written = type.value.value;
    for (const { key, keyRange } of node.entries)
      if (!ASSERTION_KEYS.includes(key)) this.#put(unknownKeyIssue(key, keyRange, ASSERTION_KEYS, ['assert']));
    const check = this.#check(node, written, type.value.range, transform, depth);
    if (!check) return undefined;
    const { negated } = baseType(written);
    const metric = entryOf(node, 'metric')?.value;
    const weight = numberOf(node, 'weight');
    return {
      index,
      name: metric?.kind === 'scalar' && metric.value !== null ? String(metric.value) : labelOf(written, node),
      range: node.range,
      nameRange: type.value.range,
      must: false,
      ...(negated && check.kind !== 'foreign' ? { negated } : {}),
      ...(weight === undefined ? {} : { weight }),
      ...check,
    };
  }

  #check(map: MapNode, written: string, range: Range, transform: boolean, depth: number): Check | undefined {
    const foreign = (reason: string): ForeignEvaluator => ({ kind: 'foreign', type: written, reason });
    const known = assertionType(written);
    if (!known) {
      const near = nearest(baseType(written).base, Object.keys(ASSERTION_TYPES));
      const message = `promptfoo has no assertion \`${written}\`${near ? `. Did you mean \`${near}\`?` : '.'} It is not scored.`;
      this.#issues.push({
        code: 'schema.unsupported-value',
        message,
        range,
        data: near ? { type: written, nearest: near } : { type: written },
      });
      return foreign(`promptfoo has no assertion of this type.`);
    }
    if (known.kind === 'foreign') return foreign(known.reason);
    if (known.kind === 'set') return this.#set(map, transform, depth);
    if (transform || entryOf(map, 'transform'))
      return foreign('`transform` changes the answer by code before, and nothing of a repository is executed here.');
    if (entryOf(map, 'normalizeUnicode')) return foreign('`normalizeUnicode` is not applied here.');
    return this.#scored(map, known, written, foreign);
  }

  #set(map: MapNode, transform: boolean, depth: number): SetEvaluator | undefined {
    const list = entryOf(map, 'assert')?.value;
    if (list?.kind !== 'list' || depth > 0) {
      this.#say(
        'evaluator.no-predicate',
        depth > 0 ? 'A set of assertions holds no other set.' : 'A set of assertions needs a list `assert`.',
        map.range,
      );
      return undefined;
    }
    const parts = list.items.flatMap((item, index) => this.read(item, index, transform, depth + 1) ?? []);
    return { kind: 'set', parts, threshold: numberOf(map, 'threshold') };
  }

  #scored(map: MapNode, type: ScoredType, written: string, foreign: (reason: string) => ForeignEvaluator): Check | undefined {
    const entry = entryOf(map, 'value');
    const operandRange = entry && entry.value.range.start < entry.value.range.end ? entry.value.range : map.range;
    const threshold = numberOf(map, 'threshold');
    const missing = (what: string): undefined => this.#say('evaluator.wrong-operand', `\`${written}\` needs a \`${what}\`.`, map.range);
    if (type.kind === 'maxLatencyMs' || type.kind === 'maxCost')
      return threshold === undefined
        ? missing('threshold')
        : { kind: type.kind, path: undefined, operand: { from: 'literal', value: threshold }, operandRange };
    if (type.kind === 'validToolCalls') {
      const tools = this.#tools;
      const operand: Operand | undefined =
        tools?.kind === 'inline' ? { from: 'literal', value: tools.value } : tools && { from: 'file', path: tools.path.value };
      return operand
        ? { kind: type.kind, operand, operandRange }
        : foreign('The provider has no `tools` or `functions` to hold the calls against.');
    }
    const value = entry && this.#value(entry.value, written);
    if (value && 'foreign' in value) return foreign(value.foreign);
    if (value === undefined && type.needs === 'value') return missing('value');
    if (type.kind === 'json' || type.kind === 'containsJson') return this.#json(type.kind, value?.value, operandRange, foreign);
    const operand = operandOf(type, value?.value ?? null);
    if (type.kind === 'equals' || type.kind === 'contains' || type.kind === 'matches')
      return { kind: type.kind, path: undefined, operand, operandRange };
    if (!isAssertion(type.kind)) return foreign('It is not computed here.');
    return { kind: type.kind, operand, operandRange, ...(threshold === undefined ? {} : { threshold }) };
  }

  /** A JSON Schema, where one is given: a map, or a text in YAML. */
  #json(kind: 'json' | 'containsJson', value: Json | undefined, operandRange: Range, foreign: (reason: string) => ForeignEvaluator): Check {
    const none = value === undefined || value === null || value === '';
    if (typeof value === 'string' && /\{\{|\{%/.test(value)) return foreign('Its schema is a template.');
    const tree = typeof value === 'string' && !none ? treeOf(value, 'schema', operandRange, this.#issues) : undefined;
    const schema = tree ? toJson(tree) : value;
    if (none)
      return kind === 'json' ? predicate('json', true, operandRange) : { kind, operand: { from: 'literal', value: true }, operandRange };
    if (typeof schema !== 'boolean' && !isJsonObject(schema)) return foreign('Its value is no JSON Schema.');
    return kind === 'json'
      ? predicate('schema', schema, operandRange)
      : { kind, operand: { from: 'literal', value: schema }, operandRange };
  }

  /** The value, the text of a file where it names one; or why it cannot be had. */
  #value(node: PositionedNode, written: string): { readonly value: Json } | { readonly foreign: string } | undefined {
    if (node.kind === 'scalar' && node.style === 'missing') return undefined;
    if (node.kind === 'list') {
      const items = node.items.map((item) => this.#value(item, written));
      const bad = items.find((item) => item !== undefined && 'foreign' in item);
      return bad ?? { value: items.map((item) => (item && 'value' in item ? item.value : null)) };
    }
    if (node.kind !== 'scalar' || typeof node.value !== 'string') return { value: toJson(node) };
    const file = namedFile(node.value);
    if (/^package:/.test(node.value) || file?.kind === 'code')
      return { foreign: 'Its value is made by code, and nothing of a repository is executed here.' };
    if (!file) return { value: node.value };
    const text = file.kind === 'file' ? this.#included.text(file.path, node.range) : undefined;
    if (text === undefined) return { foreign: `Its value is in ${file.path}, which could not be read.` };
    if (!/^(?:json|ya?ml)$/.test(extensionOf(file.path))) return { value: text.trim() };
    const tree = this.#included.tree(file.path, node.range, this.#issues);
    return tree ? { value: toJson(tree) } : { foreign: `Its value is in ${file.path}, which could not be read.` };
  }

  #say(code: Issue['code'], message: string, range: Range): undefined {
    this.#put({ code, message, range });
    return undefined;
  }

  #put(issue: Issue): void {
    if (!this.#issues.some(({ code, range }) => code === issue.code && range.start === issue.range.start)) this.#issues.push(issue);
  }
}

function predicate(kind: 'json' | 'schema', value: Json, operandRange: Range): PredicateEvaluator {
  return { kind, path: undefined, operand: { from: 'literal', value }, operandRange };
}

function isAssertion(kind: ScoredType['kind']): kind is AssertionEvaluator['kind'] {
  return !['equals', 'contains', 'matches', 'json', 'maxLatencyMs', 'maxCost', 'set'].includes(kind);
}

/** Texts and lists of texts are templates over the variables of the case; what promptfoo compares as text is one. */
function operandOf({ kind }: ScoredType, value: Json): Operand {
  const plain = kind !== 'wordCount' && (typeof value === 'number' || typeof value === 'boolean') ? String(value) : value;
  const texts = Array.isArray(plain) ? (plain as readonly Json[]) : [plain];
  const isTemplate = texts.some((text) => typeof text === 'string' && /\{[{%#]/.test(text));
  return isTemplate ? { from: 'template', value: plain, dialect: 'nunjucks' } : { from: 'literal', value: plain };
}

function numberOf(map: MapNode, key: string): number | undefined {
  const value = entryOf(map, key)?.value;
  if (value?.kind !== 'scalar') return undefined;
  const number = typeof value.value === 'string' && value.value.trim() ? Number(value.value) : value.value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function labelOf(written: string, map: MapNode): string {
  const value = entryOf(map, 'value')?.value;
  if (!value || value.kind === 'map' || (value.kind === 'scalar' && value.value === null)) return written;
  const json = toJson(value);
  const text = (
    Array.isArray(json) ? json.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join(', ') : String(json)
  )
    .replace(/\s+/g, ' ')
    .trim();
  return `${written} "${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}
