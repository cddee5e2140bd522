import { Composer, type CST, type Document, isAlias, isMap, isScalar, isSeq, Lexer, type Node, type Pair, Parser } from 'yaml';
import { MAX_DEPTH } from '../../safety/index.ts';
import { lineStart } from '../text/lineStart.ts';
import type { Range } from '../text/range.ts';
import type { Issue } from './issue.ts';
import { mergeConflicts } from './mergeConflicts.ts';
import type { MapEntry, PositionedNode, ScalarNode } from './positioned.ts';
import { syntaxMessage } from './syntaxMessage.ts';
import { withoutStacks } from './withoutStacks.ts';

/** What a YAML text says. `tree` is undefined for an empty text and for one that was refused. */
export interface YamlTree {
  readonly tree: PositionedNode | undefined;
  readonly issues: readonly Issue[];
}

/** The largest YAML text that is read, in UTF-16 units. */
export const MAX_YAML_LENGTH = 1_000_000;

/**
 * YAML 1.2 (core schema) as a positioned tree, for any text whatever. Size and nesting are bounded before anything recursive runs:
 * the nesting is taken from the parser's own stack, which is an array, while the text is read; a deep text therefore never
 * reaches the composer, which is recursive. `maxLexemes` bounds the time. Aliases are expanded by sharing nodes, up to a limit on the tree's size; `<<` is a plain key.
 */
export function parseYamlTree(text: string, maxLexemes = MAX_LEXEMES): YamlTree {
  if (text.length > MAX_YAML_LENGTH)
    return refused('schema.too-large', `The file is larger than 1 MB, which no prompt needs. Move data to a .jsonl or .csv file.`, 0, text);
  const read = readTokens(text, maxLexemes);
  if (!('tokens' in read)) return read;
  const [document, second] = withoutStacks(() => composed(read.tokens, text.length));
  const errors = document?.errors.slice(0, MAX_SYNTAX_ISSUES) ?? [];
  const issues: Issue[] = errors.length ? [...mergeConflicts(text)] : [];
  const lines = new Set<number>();
  for (const error of issues.length ? [] : errors) {
    if (issues.length && error.message.includes(' in YAML stream')) continue; // the rest of a text that lost its structure above
    const start = clamp(error.pos[0], text.length);
    const line = lineStart(text, start);
    if (lines.has(line)) continue; // what follows on the same line follows from the first
    lines.add(line);
    const range = { start, end: Math.max(start, clamp(error.pos[1], text.length)) };
    issues.push({
      code: 'schema.syntax',
      message: syntaxMessage(error.code, error.message, text, range),
      range,
      data: { yaml: error.code },
    });
  }
  if (second) {
    const start = clamp(second.range[0], text.length);
    issues.push({
      code: 'schema.syntax',
      message: 'A second YAML document begins here and is not read. Remove the `---`, or move it to a file of its own.',
      range: { start, end: clamp(start + 3, text.length) },
    });
  }
  const contents = document?.contents as Node | null | undefined;
  if (!contents || (isScalar(contents) && contents.value === null && !contents.source)) return { tree: undefined, issues };
  return { tree: new TreeBuilder(text, issues).node(contents), issues };
}

/** The first document, and the second where there is one. */
function composed(tokens: readonly CST.Token[], length: number): readonly Document.Parsed[] {
  const documents: Document.Parsed[] = [];
  for (const document of new Composer(COMPOSE_OPTIONS).compose(tokens, true, length)) {
    documents.push(document);
    if (documents.length === 2) break;
  }
  return documents;
}

const COMPOSE_OPTIONS = {
  version: '1.2',
  schema: 'core',
  uniqueKeys: false, // the library compares each key with each other; the builder below uses a set
  prettyErrors: false,
  resolveKnownTags: false,
  logLevel: 'silent',
} as const;

const MAX_SYNTAX_ISSUES = 50;

/** Keys, colons, values, blanks … A prompt of 2,000 lines has 17,000; more than this takes too long between two keystrokes. */
const MAX_LEXEMES = 100_000;

/** A text that has lost its structure so often is not read on: nobody sees more issues, and each costs time. */
const MAX_STREAM_ERRORS = 200;

/** Nodes that aliases may add to a tree. */
const MAX_ALIASED_NODES = 10_000;

function readTokens(text: string, maxLexemes: number): { readonly tokens: readonly CST.Token[] } | YamlTree {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  let errors = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === 'error') errors++;
    }
    if (errors > MAX_STREAM_ERRORS) return { tokens };
    if (parser.stack.length > MAX_DEPTH + 2)
      return refused(
        'schema.too-deep',
        `Nested more than ${MAX_DEPTH} levels deep; nothing here was read. Close brackets that are open, or flatten the data.`,
        parser.offset,
        text,
      );
    if (++lexemes > maxLexemes)
      return refused(
        'schema.too-large',
        'The file has too many keys and values, so that nothing was read. Move data to a .jsonl or .csv file.',
        0,
        text,
      );
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens };
}

function refused(code: 'schema.too-deep' | 'schema.too-large', message: string, at: number, text: string): YamlTree {
  const start = clamp(at, text.length);
  const lineEnd = text.indexOf('\n', start);
  const end = Math.min(lineEnd < 0 ? text.length : lineEnd, start + 80);
  return { tree: undefined, issues: [{ code, message, range: { start, end: Math.max(start, end) } }] };
}

/** An anchored node, once it is complete; `size` is what one more use of it adds to the tree. */
interface Anchored {
  readonly node: PositionedNode;
  readonly size: number;
}

class TreeBuilder {
  readonly #text: string;
  readonly #issues: Issue[];
  readonly #anchors = new Map<string, Anchored | 'open'>();
  #count = 0;
  #aliased = 0;
  #refusedAlias = false;

  constructor(text: string, issues: Issue[]) {
    this.#text = text;
    this.#issues = issues;
  }

  node(node: Node): PositionedNode {
    const { anchor } = node as { anchor?: string };
    if (!anchor || isAlias(node)) return this.#plainNode(node);
    this.#anchors.set(anchor, 'open');
    const before = this.#count;
    const built = this.#plainNode(node);
    this.#anchors.set(anchor, { node: built, size: this.#count - before });
    return built;
  }

  #plainNode(node: Node): PositionedNode {
    this.#count++;
    const range = this.#rangeOf(node);
    if (isScalar(node)) return this.#scalar(node, range);
    if (isMap(node)) return { kind: 'map', entries: this.#entries(node.items as unknown as Pair<Node, Node | null>[]), range };
    if (isSeq(node)) {
      const items: PositionedNode[] = [];
      for (const item of node.items as (Node | Pair<Node, Node | null>)[])
        items.push(
          'range' in item ? this.node(item as Node) : { kind: 'map', entries: this.#entries([item as Pair<Node, Node | null>]), range },
        );
      return { kind: 'list', items, range };
    }
    return isAlias(node) ? this.#alias(node.source, range) : missing(range.start);
  }

  #scalar(node: { value: unknown; type?: string | null | undefined; source?: string }, range: Range): ScalarNode {
    const { value } = node;
    switch (node.type) {
      case 'QUOTE_DOUBLE':
        return { kind: 'scalar', value: String(value), range, style: 'double' };
      case 'QUOTE_SINGLE':
        return { kind: 'scalar', value: String(value), range, style: 'single' };
      case 'BLOCK_LITERAL':
      case 'BLOCK_FOLDED':
        return { kind: 'scalar', value: String(value), range: { start: range.start, end: this.#trimmedEnd(range) }, style: 'block' };
    }
    if (range.start === range.end) return missing(range.start);
    // .nan and .inf have no JSON form: they stay the text they are written as
    const plain =
      value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
        ? value
        : String(node.source ?? value);
    return { kind: 'scalar', value: plain, range, style: 'plain' };
  }

  #entries(pairs: readonly Pair<Node, Node | null>[]): MapEntry[] {
    const entries: MapEntry[] = [];
    const seen = pairs.length > 8 ? new Set<string>() : undefined;
    for (const pair of pairs) {
      const { key, keyRange } = this.#key(pair.key);
      const value = pair.value ? this.node(pair.value) : missing(keyRange.end);
      const valueEnd = pair.value ? this.#rangeOf(pair.value).end : keyRange.end;
      const repeated = seen ? seen.has(key) : entries.some((entry) => entry.key === key);
      seen?.add(key);
      if (repeated)
        this.#issues.push({
          code: 'schema.duplicate-key',
          message: `\`${key}\` is given twice; only the first one counts. Remove one of them.`,
          range: keyRange,
          data: { key },
        });
      const end = value.kind === 'scalar' && value.style === 'block' && value.range.start >= keyRange.start ? value.range.end : valueEnd;
      entries.push({ key, keyRange, value, range: { start: keyRange.start, end: Math.max(end, keyRange.end) } });
    }
    return entries;
  }

  #key(node: Node | null): { key: string; keyRange: Range } {
    if (!node) return { key: '', keyRange: { start: 0, end: 0 } };
    const keyRange = this.#rangeOf(node);
    if (isScalar(node)) {
      const plain = node.type === 'PLAIN' || node.type === undefined;
      return { key: plain ? (node.source ?? '') : String(node.value), keyRange };
    }
    const source = this.#text.slice(keyRange.start, keyRange.end);
    const target = isAlias(node) ? this.#anchors.get(node.source) : undefined;
    if (target && target !== 'open' && target.node.kind === 'scalar') return { key: String(target.node.value), keyRange };
    if (!source.startsWith('{'))
      // `{{name}}` without quotes is explained where a text was expected
      this.#issues.push({ code: 'schema.syntax', message: 'A key must be text. Put it in quotes.', range: keyRange });
    return { key: source, keyRange };
  }

  #alias(name: string, range: Range): PositionedNode {
    const target = this.#anchors.get(name);
    const fail = (message: string): PositionedNode => {
      this.#issues.push({ code: 'schema.syntax', message, range });
      return { kind: 'scalar', value: null, range, style: 'plain' };
    };
    if (!target) return fail(`No anchor \`&${name}\` stands above this alias. Define it first, or quote the text if a literal * is meant.`);
    if (target === 'open') return fail(`The alias \`*${name}\` holds itself. Write the value out.`);
    if (this.#aliased + target.size > MAX_ALIASED_NODES) {
      if (this.#refusedAlias) return { kind: 'scalar', value: null, range, style: 'plain' };
      this.#refusedAlias = true;
      return fail(
        `From here on the aliases of this file stand for more than ${MAX_ALIASED_NODES} values, and are not read. Write the values out.`,
      );
    }
    this.#aliased += target.size;
    this.#count += target.size;
    return target.node;
  }

  #rangeOf(node: Node): Range {
    const start = clamp(node.range?.[0] ?? 0, this.#text.length);
    return { start, end: Math.max(start, clamp(node.range?.[1] ?? start, this.#text.length)) };
  }

  /** A block scalar's token takes the blank lines after it along; its range ends with its last written line. */
  #trimmedEnd({ start, end }: Range): number {
    let at = end;
    while (at > start && WHITE.has(this.#text.charCodeAt(at - 1))) at--;
    return at;
  }
}

const WHITE: ReadonlySet<number> = new Set([9, 10, 13, 32]);

function missing(at: number): ScalarNode {
  return { kind: 'scalar', value: null, range: { start: at, end: at }, style: 'missing' };
}

function clamp(offset: number, length: number): number {
  return Math.max(0, Math.min(offset, length));
}
