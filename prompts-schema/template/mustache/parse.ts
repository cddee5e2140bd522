import type { Issue } from '../../parse/issue.ts';
import type { Range } from '../../text/range.ts';
import type { ParsedTemplate, PathExpression, TemplateBlock, TemplateNode, TemplateSource } from '../nodes.ts';
import { openingLine } from '../openingLine.ts';

/** Blocks within blocks; a template that is deeper is refused. */
const MAX_BLOCKS = 100;

/** Reads a Mustache template. Any text gives nodes; what is wrong is an issue and left out. */
export function parseMustache(source: TemplateSource): ParsedTemplate {
  const issues: Issue[] = [];
  const pieces = withoutTagLines(readPieces(source, issues));
  const builder = new Builder(source.end, issues);
  for (const piece of pieces) builder.add(piece);
  return { ...builder.finish(), issues };
}

/** A part of the text up to a line's end at most, or a tag. */
type PieceOfText = TextPiece | TagPiece;

interface TextPiece {
  readonly kind: 'text';
  readonly text: string;
  readonly range: Range;
}

interface TagPiece {
  readonly kind: 'tag';
  /** `` for a variable, else the sign: `#`, `^`, `/`, `!`, `>`, `&`, `{`, `=`, `$`, `<`. */
  readonly sign: string;
  readonly name: string;
  readonly nameRange: Range;
  readonly range: Range;
  readonly indent: string;
}

function readPieces({ text, start, end }: TemplateSource, issues: Issue[]): readonly PieceOfText[] {
  const pieces: PieceOfText[] = [];
  let at = start;
  while (at < end) {
    const found = text.indexOf('{{', at);
    const open = found < 0 || found + 2 > end ? end : found;
    for (let from = at; from < open; ) {
      const newline = text.indexOf('\n', from);
      const to = newline < 0 || newline >= open ? open : newline + 1;
      pieces.push({ kind: 'text', text: text.slice(from, to), range: { start: from, end: to } });
      from = to;
    }
    if (open >= end) break;
    const sign = '#^/!>&{=$<'.includes(text.charAt(open + 2)) ? text.charAt(open + 2) : '';
    const close = sign === '{' ? '}}}' : sign === '=' ? '=}}' : '}}';
    const inside = open + 2 + sign.length;
    const next = sign === '!' ? -1 : text.indexOf('{{', inside);
    const closing = sign === '!' || next < 0 ? text.indexOf(close, inside) : closeBefore(text, close, inside, next);
    if (closing < 0 || closing + close.length > end) {
      issues.push({
        code: 'template.unclosed-tag',
        message: `This tag is never closed. End it with ${close}.`,
        range: openingLine(text, open, end),
      });
      at = next >= 0 && next < end ? next : end;
      continue;
    }
    const written = text.slice(inside, closing);
    const nameStart = inside + (written.length - written.trimStart().length);
    const range = { start: open, end: closing + close.length };
    pieces.push({
      kind: 'tag',
      sign,
      name: written.trim(),
      nameRange: { start: nameStart, end: nameStart + written.trim().length },
      range,
      indent: '',
    });
    at = range.end;
  }
  return pieces;
}

/** Looks no further than the next tag, so that a text without an end is not searched to its end again and again. */
function closeBefore(text: string, close: string, from: number, next: number): number {
  const found = text.slice(from, next).indexOf(close);
  return found < 0 ? -1 : from + found;
}

/** A line that holds tags and white space only, and no value, leaves nothing behind. */
function withoutTagLines(pieces: readonly PieceOfText[]): readonly PieceOfText[] {
  const kept: PieceOfText[] = [];
  let line: PieceOfText[] = [];
  const endLine = (): void => {
    const tags = line.some((piece) => piece.kind === 'tag' && piece.sign !== '' && piece.sign !== '&' && piece.sign !== '{');
    const values = line.some((piece) => piece.kind === 'tag' && (piece.sign === '' || piece.sign === '&' || piece.sign === '{'));
    const words = line.some((piece) => piece.kind === 'text' && piece.text.trim() !== '');
    const [first] = line;
    const indent = first?.kind === 'text' && tags && !values && !words ? first.text : '';
    const alone = tags && !values && !words;
    for (const piece of line)
      if (!alone) kept.push(piece);
      else if (piece.kind === 'tag') kept.push({ ...piece, indent });
    line = [];
  };
  for (const piece of pieces) {
    line.push(piece);
    if (piece.kind === 'text' && piece.text.endsWith('\n')) endLine();
  }
  endLine();
  return kept;
}

interface OpenSection {
  readonly tag: TagPiece;
  readonly nodes: TemplateNode[];
}

class Builder {
  readonly #end: number;
  readonly #issues: Issue[];
  readonly #blocks: TemplateBlock[] = [];
  readonly #root: TemplateNode[] = [];
  readonly #open: OpenSection[] = [];

  constructor(end: number, issues: Issue[]) {
    this.#end = end;
    this.#issues = issues;
  }

  add(piece: PieceOfText): void {
    const nodes = this.#open.at(-1)?.nodes ?? this.#root;
    if (piece.kind === 'text') {
      const before = nodes.at(-1);
      if (before?.kind === 'text' && before.range.end === piece.range.start)
        nodes.splice(-1, 1, { kind: 'text', text: before.text + piece.text, range: { start: before.range.start, end: piece.range.end } });
      else nodes.push(piece);
      return;
    }
    const node = this.#tag(piece);
    if (node) nodes.push(node);
  }

  finish(): { readonly nodes: readonly TemplateNode[]; readonly blocks: readonly TemplateBlock[] } {
    for (let section = this.#open.pop(); section; section = this.#open.pop()) {
      this.#neverClosed(section);
      this.#finished(section, this.#end);
    }
    return { nodes: this.#root, blocks: this.#blocks };
  }

  #tag(tag: TagPiece): TemplateNode | undefined {
    const { sign, name, range } = tag;
    if (sign === '!') return undefined;
    if (sign === '=') return this.#refuse('Changing the delimiters', 'write the tags with {{ and }}', range);
    if (sign === '$' || sign === '<') return this.#refuse('Inheritance between templates', 'write the text here', range);
    const path = pathOf(tag);
    if (!path) {
      this.#issues.push({
        code: 'template.syntax',
        message: name
          ? `\`${name}\` is no name: only names with dots stand in a tag.`
          : 'This tag is empty. Name a variable, or remove it.',
        range,
      });
      return undefined;
    }
    if (sign === '#' || sign === '^') {
      if (this.#open.length < MAX_BLOCKS) this.#open.push({ tag, nodes: [] });
      else this.#issues.push({ code: 'template.syntax', message: `Sections are nested more than ${MAX_BLOCKS} deep.`, range });
      return undefined;
    }
    if (sign === '/') {
      this.#close(tag);
      return undefined;
    }
    if (sign === '>') return { kind: 'partial', name, context: undefined, named: [], indent: tag.indent, range };
    return { kind: 'output', value: path, range };
  }

  #close({ name, range }: TagPiece): void {
    const place = this.#open.findLastIndex(({ tag }) => tag.name === name);
    if (place < 0) {
      const inner = this.#open.at(-1)?.tag.name;
      const message = inner ? `{{/${name}}} does not close {{#${inner}}}. Write {{/${inner}}}.` : `No {{#${name}}} is open here.`;
      this.#issues.push({ code: 'template.syntax', message, range });
      return;
    }
    while (this.#open.length > place) {
      const section = this.#open.pop();
      if (!section) return;
      const own = this.#open.length === place;
      if (!own) this.#neverClosed(section);
      else this.#blocks.push({ name, open: section.tag.range, close: range });
      this.#finished(section, range.end);
    }
  }

  #finished({ tag, nodes }: OpenSection, end: number): void {
    const value = pathOf(tag);
    if (!value) return;
    const inverted = tag.sign === '^';
    (this.#open.at(-1)?.nodes ?? this.#root).push({
      kind: 'section',
      value,
      body: inverted ? [] : nodes,
      otherwise: inverted ? nodes : [],
      tag: tag.range,
      range: { start: tag.range.start, end },
    });
  }

  #neverClosed(section: OpenSection): void {
    const { sign, name, range } = section.tag;
    this.#issues.push({
      code: 'template.unclosed-tag',
      message: `{{${sign}${name}}} is never closed. Add {{/${name}}} where it ends.`,
      range,
      data: { block: name },
    });
    this.#blocks.push({ name, open: range, close: undefined });
  }

  #refuse(construct: string, instead: string, range: Range): TemplateNode {
    const message = `${construct} is not supported: ${instead}.`;
    this.#issues.push({ code: 'template.unsupported-construct', message, range, data: { construct } });
    return { kind: 'unsupported', message, body: [], range };
  }
}

function pathOf({ name, nameRange }: TagPiece): PathExpression | undefined {
  if (name === '.') return { kind: 'path', root: '', rootRange: nameRange, from: 'context', up: 0, steps: [], range: nameRange };
  if (!name || /[\s{}]/.test(name)) return undefined;
  const [root = '', ...steps] = name.split('.');
  if (!root) return undefined;
  const rootRange = { start: nameRange.start, end: nameRange.start + root.length };
  return {
    kind: 'path',
    root,
    rootRange,
    from: 'input',
    up: 0,
    steps: steps.map((step) => ({ kind: 'name', name: step })),
    range: nameRange,
  };
}
