import type { Issue } from '../../parse/issue.ts';
import type { Range } from '../../text/range.ts';
import type { ParsedTemplate, TemplateNode, TemplateSource } from '../nodes.ts';
import { openingLine } from '../openingLine.ts';
import { BlockStack } from './blockStack.ts';
import { Builder } from './build.ts';
import { nodesOf, type Strip } from './drafts.ts';
import { BadToken, readTagCall, type TagCall } from './expressions.ts';
import { settleWhitespace } from './standalone.ts';
import { readTokens, type TokenError } from './tokens.ts';

/** Reads a Handlebars template as Dotprompt knows it. Any text gives nodes; what is wrong is an issue and left out. */
export function parseHandlebars(source: TemplateSource): ParsedTemplate {
  return new TemplateReader(source).read();
}

class TemplateReader {
  readonly #text: string;
  readonly #start: number;
  readonly #end: number;
  readonly #issues: Issue[] = [];
  readonly #builder: Builder;
  /** What was looked for last, so that a text without an end is not searched to its end again and again. */
  readonly #found = new Map<string, { readonly from: number; readonly at: number }>();
  readonly #blocks: BlockStack;

  constructor({ text, start, end }: TemplateSource) {
    this.#text = text;
    this.#start = start;
    this.#end = end;
    this.#builder = new Builder(this.#issues);
    this.#blocks = new BlockStack(this.#builder, this.#issues, end);
  }

  read(): ParsedTemplate {
    let at = this.#start;
    while (at < this.#end) at = this.#next(at);
    const { drafts, blocks } = this.#blocks.finish();
    settleWhitespace(drafts);
    return { nodes: nodesOf(drafts, this.#text), blocks, issues: this.#issues };
  }

  /** Reads text up to a tag, and the tag. A backslash before a tag makes it text, two make one and leave it a tag. */
  #next(from: number): number {
    const tag = this.#find('{{', from);
    if (tag < 0) {
      this.#addText(from, this.#end);
      return this.#end;
    }
    const escapes = this.#backslashes(from, tag);
    this.#addText(from, tag - Math.min(escapes, 1));
    if (escapes !== 1) return this.#tag(tag);
    const next = this.#find('{{', tag + 2);
    const end = next < 0 ? this.#end : Math.max(tag + 2, next - this.#backslashes(tag + 2, next));
    this.#addText(tag, end);
    return end;
  }

  #backslashes(from: number, tag: number): number {
    if (tag - 1 < from || this.#text[tag - 1] !== '\\') return 0;
    return tag - 2 >= from && this.#text[tag - 2] === '\\' ? 2 : 1;
  }

  #addText(start: number, end: number): void {
    if (start < end)
      this.#blocks.add({
        kind: 'text',
        original: this.#text.slice(start, end),
        from: start,
        start,
        end,
        leftStripped: false,
        rightStripped: false,
      });
  }

  #tag(start: number): number {
    const text = this.#text;
    if (text.startsWith('{{{{', start)) return this.#rawBlock(start);
    const left = text[start + 2] === '~';
    let at = start + (left ? 3 : 2);
    if (text[at] === '!') return this.#comment(start, at, left);
    ELSE.lastIndex = start;
    const other = ELSE.exec(text)?.[0];
    if (other !== undefined && start + other.length <= this.#end) {
      this.#blocks.other({ open: left, close: other.endsWith('~}}') }, { start, end: start + other.length });
      return start + other.length;
    }
    OPENER.lastIndex = at;
    const opener = OPENER.exec(text)?.[0] ?? '';
    at += opener.length;
    const read = readTokens(text, at, this.#end);
    if (!('tokens' in read)) return this.#broken(start, read);
    const close = read.tokens.at(-1)?.text ?? '';
    const tag = { start, end: read.end };
    if (opener.startsWith('*') || opener === '#*' || opener === '#>') {
      const instead = opener === '#>' ? 'write {{> name}} without a block' : 'decorators change how the template itself works';
      this.#addNode(this.#builder.unsupported(`\`{{${opener}\``, instead, tag), { open: false, close: false });
      return read.end;
    }
    if ((opener === '{') !== close.replace('~', '').startsWith('}}}')) {
      const message =
        opener === '{'
          ? 'A tag that begins with {{{ ends with }}}.'
          : 'A tag that begins with {{ ends with }}. Put a space before the third }.';
      this.#issues.push({ code: 'template.syntax', message, range: tag });
      return read.end;
    }
    const strip = { open: left, close: close.includes('~') };
    const kind = opener.trim();
    this.#read(kind, () => readTagCall(read.tokens), strip, tag);
    return read.end;
  }

  #read(kind: string, readCall: () => TagCall, strip: Strip, tag: Range): void {
    try {
      const call = readCall();
      if (kind === '#' || kind === '^') this.#blocks.open(call, strip, tag, kind === '^');
      else if (kind === 'else') this.#blocks.chain(call, strip, tag);
      else if (kind === '/') this.#blocks.close(call, strip, tag);
      else if (kind === '>') this.#partial(call, strip, tag);
      else this.#addNode(this.#builder.inline(call, tag), strip);
    } catch (error) {
      if (!(error instanceof BadToken)) throw error;
      this.#issues.push({ code: 'template.syntax', message: error.message, range: error.range });
    }
  }

  #addNode(node: TemplateNode, strip: Strip): void {
    this.#blocks.add({ kind: 'inline', standalone: false, strip, indent: '', build: () => node });
  }

  #partial(call: TagCall, strip: Strip, tag: Range): void {
    const { callee, parameters } = call;
    if (parameters.length > 1) throw new BadToken(tag, 'A partial takes one context at most; give the rest names: {{> name key=value}}.');
    const { start, end } = callee.kind === 'path' ? callee.path.range : callee.range;
    const name = callee.kind === 'path' ? this.#text.slice(start, end) : callee.text;
    const build = this.#builder.partial(call, name, tag);
    this.#blocks.add({ kind: 'inline', standalone: true, strip, indent: '', build });
  }

  #comment(start: number, at: number, left: boolean): number {
    const long = this.#text.startsWith('!--', at);
    const pattern = long ? LONG_COMMENT_END : COMMENT_END;
    pattern.lastIndex = at;
    const match = pattern.exec(this.#text);
    const end = match ? match.index + match[0].length : this.#end;
    if (!match || end > this.#end)
      return this.#unclosed(start, this.#end, `This comment is never closed. End it with ${long ? '--}}' : '}}'}.`);
    const strip = { open: left, close: this.#text[end - 3] === '~' };
    this.#blocks.add({ kind: 'inline', standalone: true, strip, indent: '', build: () => undefined });
    return end;
  }

  #rawBlock(start: number): number {
    const close = this.#find('{{{{/', start);
    const closed = close < 0 ? -1 : this.#find('}}}}', close);
    const end = closed < 0 ? this.#end : closed + 4;
    const node = this.#builder.unsupported('A raw block ({{{{…}}}})', 'write a backslash before each {{ that is text', { start, end });
    this.#addNode(node, { open: false, close: false });
    return end;
  }

  /** A tag that cannot be read: to its end, where it has one. */
  #broken(start: number, { at, unclosed }: TokenError): number {
    const end = unclosed ? -1 : this.#find('}}', at);
    const next = this.#find('{{', start + 2);
    if (end < 0 || (next >= 0 && next < end))
      return this.#unclosed(start, next < 0 ? this.#end : next, 'This tag is never closed. End it with }}.');
    const sign = this.#text.slice(at, at + 2).trim();
    this.#issues.push({
      code: 'template.syntax',
      message: `\`${sign}\` is no part of the template language; only names, values and helpers stand in a tag.`,
      range: { start, end: end + 2 },
    });
    return end + 2;
  }

  #unclosed(start: number, goOn: number, message: string): number {
    this.#issues.push({ code: 'template.unclosed-tag', message, range: openingLine(this.#text, start, this.#end) });
    return goOn;
  }

  #find(what: string, from: number): number {
    const known = this.#found.get(what);
    if (known && from >= known.from && (known.at < 0 || from <= known.at)) return known.at;
    const found = this.#text.indexOf(what, from);
    const at = found < 0 || found + what.length > this.#end ? -1 : found;
    this.#found.set(what, { from, at });
    return at;
  }
}

const ELSE = /\{\{~?(?:\s*else|\^)\s*~?\}\}/y;
const OPENER = /#\*|#>|[>#/^&{*]|\s*else\b/y;
const COMMENT_END = /\}\}/g;
const LONG_COMMENT_END = /--~?\}\}/g;
