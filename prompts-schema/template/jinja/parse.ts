import type { Issue } from '../../parse/issue.ts';
import { nearest } from '../../text/nearest.ts';
import type { Range } from '../../text/range.ts';
import type { Branch, Expression, ParsedTemplate, TemplateBlock, TemplateNode, TemplateSource } from '../nodes.ts';
import { openingLine } from '../openingLine.ts';
import { BadExpression, type CallUse, ExpressionReader } from './expressions.ts';
import type { JinjaLanguage } from './languages.ts';
import { MAX_TOKENS, readTagTokens } from './tokens.ts';

/** Blocks within blocks; a template that is deeper is refused. */
const MAX_BLOCKS = 60;

/** Reads a Jinja or Nunjucks template. Any text gives nodes; what is wrong is an issue and left out. */
export function parseJinja(source: TemplateSource, language: JinjaLanguage): ParsedTemplate {
  return new TemplateReader(source, language).read();
}

/** A `{% name … %}`. */
interface Tag {
  readonly name: string;
  readonly nameRange: Range;
  readonly reader: ExpressionReader;
  readonly range: Range;
}

class TemplateReader {
  readonly #text: string;
  readonly #end: number;
  readonly #language: JinjaLanguage;
  readonly #issues: Issue[] = [];
  readonly #blocks: TemplateBlock[] = [];
  /** What may end the blocks that are open, the innermost last. */
  readonly #awaited: (readonly string[])[] = [];
  /** A tag that ended an inner block and belongs to one further out. */
  #pending: Tag | undefined;
  #at: number;
  #trimNext = false;

  constructor({ text, start, end }: TemplateSource, language: JinjaLanguage) {
    this.#text = text;
    this.#at = start;
    this.#end = end;
    this.#language = language;
  }

  read(): ParsedTemplate {
    const nodes: TemplateNode[] = [];
    for (;;) {
      const body = this.#body([]);
      for (const node of body.nodes) nodes.push(node);
      if (!body.stop) return { nodes, blocks: this.#blocks, issues: this.#issues };
    }
  }

  /** Nodes up to a tag that is among `ends`, or to the end of the text. */
  #body(ends: readonly string[]): { readonly nodes: readonly TemplateNode[]; readonly stop: Tag | undefined } {
    const nodes: TemplateNode[] = [];
    this.#awaited.push(ends);
    let stop: Tag | undefined;
    while (!stop && (this.#pending || this.#at < this.#end)) {
      const tag = this.#pending ?? this.#piece(nodes);
      this.#pending = undefined;
      if (!tag) continue;
      if (ends.includes(tag.name)) stop = tag;
      else if (this.#endsOuter(tag.name)) {
        this.#pending = tag;
        break;
      } else {
        const node = this.#statement(tag);
        if (node) nodes.push(node);
      }
    }
    this.#awaited.pop();
    return { nodes, stop };
  }

  #endsOuter(name: string): boolean {
    return this.#awaited.some((ends) => ends.includes(name));
  }

  /** Text, an output or a comment goes to the nodes; a tag is returned. */
  #piece(nodes: TemplateNode[]): Tag | undefined {
    const from = this.#at;
    const open = this.#nextOpening(from);
    const trims = open < this.#end && this.#text[open + 2] === '-';
    this.#addText(nodes, from, open, trims);
    if (open >= this.#end) {
      this.#at = this.#end;
      return undefined;
    }
    const sign = this.#text[open + 1];
    const inside = open + (this.#text[open + 2] === '-' || this.#text[open + 2] === '+' ? 3 : 2);
    if (sign === '#') {
      this.#comment(open);
      return undefined;
    }
    const close = sign === '{' ? '}}' : '%}';
    const { tokens, end, closed, trim, bad } = readTagTokens(this.#text, inside, this.#end, close);
    this.#at = Math.max(end, inside);
    if (!closed) {
      if (tokens.length > MAX_TOKENS) this.#syntax(openingLine(this.#text, open, this.#end), 'This tag is too long.');
      else this.#unclosed(open, `This tag is never closed. End it with ${close}.`);
      return undefined;
    }
    this.#trimNext = trim;
    const range = { start: open, end };
    if (bad) {
      this.#syntax(bad, `\`${this.#text.slice(bad.start, bad.end)}\` is no part of the template language.`);
      if (sign === '{') return undefined;
    }
    const [first] = tokens;
    if (!first) {
      this.#syntax(range, 'This tag is empty. Name a variable, or remove it.');
      return undefined;
    }
    if (sign === '{') {
      const value = this.#expressionOf(() => {
        const reader = new ExpressionReader(tokens, end - 2, this.#use, this.#refuse);
        const whole = reader.expression();
        reader.finish();
        return whole;
      });
      if (value) nodes.push({ kind: 'output', value, range });
      return undefined;
    }
    if (this.#language.rawTags.includes(first.text)) {
      this.#raw(nodes, first.text, range);
      return undefined;
    }
    const reader = this.#expressionOf(() => new ExpressionReader(tokens.slice(1), end - 2, this.#use, this.#refuse));
    return reader && { name: first.text, nameRange: first.range, reader, range };
  }

  #nextOpening(from: number): number {
    for (let at = this.#text.indexOf('{', from); at >= 0 && at < this.#end - 1; at = this.#text.indexOf('{', at + 1)) {
      const next = this.#text[at + 1];
      if (next === '{' || next === '%' || next === '#') return at;
    }
    return this.#end;
  }

  #addText(nodes: TemplateNode[], from: number, to: number, trimEnd: boolean): void {
    let text = this.#text.slice(from, to);
    if (trimEnd) text = text.trimEnd();
    const end = from + text.length;
    if (this.#trimNext) text = text.trimStart();
    this.#trimNext = false;
    if (text) nodes.push({ kind: 'text', text, range: { start: end - text.length, end } });
  }

  #comment(open: number): void {
    const close = this.#text.indexOf('#}', open + 2);
    if (close < 0 || close + 2 > this.#end) {
      this.#at = this.#end;
      this.#unclosed(open, 'This comment is never closed. End it with #}.');
      return;
    }
    this.#at = close + 2;
    this.#trimNext = this.#text[close - 1] === '-' && close - 1 > open + 1;
  }

  #raw(nodes: TemplateNode[], name: string, tag: Range): void {
    const pattern = new RegExp(`\\{%([-+]?)\\s*end${name}\\s*([-+]?)%\\}`, 'g');
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (!match || match.index + match[0].length > this.#end) {
      this.#neverClosed(name, `end${name}`, tag);
      this.#addText(nodes, this.#at, this.#end, false);
      this.#at = this.#end;
      return;
    }
    this.#addText(nodes, this.#at, match.index, match[1] === '-');
    this.#at = match.index + match[0].length;
    this.#trimNext = match[2] === '-';
    this.#blocks.push({ name, open: tag, close: { start: match.index, end: this.#at } });
  }

  #statement(tag: Tag): TemplateNode | undefined {
    if (this.#awaited.length > MAX_BLOCKS) {
      this.#syntax(tag.range, `Blocks are nested more than ${MAX_BLOCKS} deep.`);
      return undefined;
    }
    switch (tag.name) {
      case 'if':
        return this.#if(tag);
      case 'for':
        return this.#for(tag);
      case 'set':
        return this.#set(tag);
      case 'block': {
        const { nodes, end } = this.#closed(tag, ['endblock']);
        const always: Expression = { kind: 'literal', value: true, range: tag.range };
        return {
          kind: 'branch',
          branches: [{ test: always, body: nodes, tag: tag.range }],
          otherwise: [],
          range: { start: tag.range.start, end },
        };
      }
    }
    const other = this.#language.otherTags.get(tag.name);
    if (other) {
      const body = other.end === undefined ? undefined : this.#closed(tag, [other.end]);
      const message = this.#refuse(`The tag \`${tag.name}\``, other.instead, tag.range);
      return { kind: 'unsupported', message, body: body?.nodes ?? [], range: tag.range };
    }
    this.#unknownTag(tag);
    return undefined;
  }

  #if(first: Tag): TemplateNode {
    const { elifTags } = this.#language;
    const branches: Branch[] = [];
    let otherwise: readonly TemplateNode[] = [];
    let tag: Tag | undefined = first;
    let end = first.range.end;
    while (tag) {
      const opening: Tag = tag;
      const isElse = opening.name === 'else';
      const test: Expression | undefined = isElse ? undefined : this.#whole(opening);
      const body = this.#body(isElse ? ['endif'] : [...elifTags, 'else', 'endif']);
      if (isElse) otherwise = body.nodes;
      else if (test) branches.push({ test, body: body.nodes, tag: opening.range });
      tag = body.stop;
      end = tag?.range.end ?? this.#at;
      if (!tag) this.#neverClosed('if', 'endif', first.range);
      else if (tag.name === 'endif') {
        this.#blocks.push({ name: 'if', open: first.range, close: tag.range });
        break;
      }
    }
    return { kind: 'branch', branches, otherwise, range: { start: first.range.start, end } };
  }

  #for(tag: Tag): TemplateNode | undefined {
    const head = this.#expressionOf(() => {
      const names: string[] = [];
      const bracket = tag.reader.takeSign('(');
      do names.push(tag.reader.name().text);
      while (tag.reader.takeSign(','));
      if (bracket) tag.reader.takeSign(')');
      if (!tag.reader.takeWord('in')) throw new BadExpression(tag.range, 'A loop is written {% for item in list %}.');
      const list = tag.reader.expression(false);
      const only = tag.reader.takeWord('if') ? tag.reader.expression() : undefined;
      if (tag.reader.takeWord('recursive')) this.#refuse('A recursive loop', 'write the levels out', tag.range);
      tag.reader.finish();
      return { names, list, only };
    });
    const body = this.#closed(tag, ['endfor'], 'else');
    if (!head) return undefined;
    return {
      kind: 'loop',
      ...head,
      body: body.nodes,
      otherwise: body.otherwise,
      tag: tag.range,
      range: { start: tag.range.start, end: body.end },
    };
  }

  #set(tag: Tag): TemplateNode | undefined {
    const read = this.#expressionOf(() => {
      const name = tag.reader.name();
      if (tag.reader.takeSign('=')) {
        const value = tag.reader.expression();
        tag.reader.finish();
        return { name: name.text, value };
      }
      tag.reader.finish();
      return { name: name.text, value: undefined };
    });
    if (!read) return undefined;
    if (read.value) return { kind: 'assign', ...read, body: [], range: tag.range };
    const { nodes, end } = this.#closed(tag, ['endset']);
    return { kind: 'assign', name: read.name, value: undefined, body: nodes, range: { start: tag.range.start, end } };
  }

  /** The body of a block up to its end, and behind `other` what stands for it. */
  #closed(
    tag: Tag,
    ends: readonly string[],
    other?: string,
  ): { readonly nodes: readonly TemplateNode[]; readonly otherwise: readonly TemplateNode[]; readonly end: number } {
    const body = this.#body(other ? [...ends, other] : ends);
    const second = other !== undefined && body.stop?.name === other ? this.#body(ends) : undefined;
    const stop = second ? second.stop : body.stop;
    if (stop) this.#blocks.push({ name: tag.name, open: tag.range, close: stop.range });
    else this.#neverClosed(tag.name, ends[0] ?? '', tag.range);
    return { nodes: body.nodes, otherwise: second?.nodes ?? [], end: stop?.range.end ?? this.#at };
  }

  #whole({ reader }: Tag): Expression | undefined {
    return this.#expressionOf(() => {
      const value = reader.expression();
      reader.finish();
      return value;
    });
  }

  #expressionOf<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof BadExpression)) throw error;
      this.#syntax(error.range, error.message);
      return undefined;
    }
  }

  readonly #use = ({ kind, name, range }: CallUse): void => {
    const { filters, tests, functions, otherFilters } = this.#language;
    if (kind === 'filter' && !filters.has(name)) {
      if (otherFilters.has(name)) this.#refuse(`The filter \`${name}\``, 'prepare the value in the dataset', range);
      else this.#unknown('filter', name, range, filters.keys());
    } else if (kind === 'test' && !tests.has(name)) this.#unknown('test', name, range, tests.keys());
    else if (kind === 'function' && !functions.has(`${name}()`))
      this.#refuse(`Calling \`${name}\``, 'put its result into the dataset; only `range` can be called', range);
    else if (kind === 'method' && !functions.has(`.${name}`))
      this.#refuse(`The method \`.${name}()\``, 'use a filter such as `| upper`, or prepare the value in the dataset', range);
  };

  readonly #refuse = (construct: string, instead: string, range: Range): string => {
    const message = `${construct} is not supported: ${instead}.`;
    this.#issues.push({ code: 'template.unsupported-construct', message, range, data: { construct } });
    return message;
  };

  #unknown(what: string, name: string, range: Range, known: Iterable<string>): void {
    const near = nearest(name, known);
    this.#issues.push({
      code: 'template.unknown-helper',
      message: `No ${what} is called \`${name}\`. ${near ? `Did you mean \`${near}\`?` : 'If the application defines it, this prompt renders only there.'}`,
      range,
      data: { helper: name, ...(near ? { nearest: near } : {}) },
    });
  }

  #unknownTag({ name, nameRange, range }: Tag): void {
    const { elifTags, otherTags } = this.#language;
    const closing = name.startsWith('end') || name === 'else' || elifTags.includes(name);
    const near = closing ? undefined : nearest(name, [...TAGS, ...otherTags.keys()]);
    this.#issues.push({
      code: 'template.syntax',
      message: closing
        ? `Nothing is open here that {% ${name} %} could belong to.`
        : `No tag is called \`${name}\`.${near ? ` Did you mean \`${near}\`?` : ''}`,
      range: closing ? range : nameRange,
      ...(near ? { data: { nearest: near } } : {}),
    });
  }

  #neverClosed(name: string, end: string, tag: Range): void {
    this.#issues.push({
      code: 'template.unclosed-tag',
      message: `{% ${name} %} is never closed. Add {% ${end} %} where it ends.`,
      range: tag,
      data: { block: name },
    });
    this.#blocks.push({ name, open: tag, close: undefined });
  }

  #unclosed(start: number, message: string): void {
    this.#issues.push({ code: 'template.unclosed-tag', message, range: openingLine(this.#text, start, this.#end) });
  }

  #syntax(range: Range, message: string): void {
    this.#issues.push({ code: 'template.syntax', message, range });
  }
}

const TAGS: readonly string[] = ['if', 'for', 'set', 'block', 'raw', 'elif', 'else', 'endif', 'endfor'];
