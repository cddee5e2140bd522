import type { PromptDocument, TemplateDialect } from '../document.ts';
import type { Range } from '../text/range.ts';

/** What a piece of a template is, for colouring it. */
export type TemplateTokenKind = 'delimiter' | 'keyword' | 'variable' | 'property' | 'filter' | 'string' | 'number' | 'comment';

export interface TemplateToken {
  readonly kind: TemplateTokenKind;
  readonly range: Range;
}

/** The tokens of a prompt's templates in the order of the text, none over another. Text between tags has none. */
export function templateTokens({ text, dialect, body, messages }: PromptDocument): readonly TemplateToken[] {
  if (dialect === 'github')
    return messages
      .flatMap(({ placeholders }) => placeholders)
      .sort((a, b) => a.range.start - b.range.start)
      .flatMap(({ range, nameRange }): readonly TemplateToken[] => [
        { kind: 'delimiter', range: { start: range.start, end: nameRange.start } },
        { kind: 'variable', range: nameRange },
        { kind: 'delimiter', range: { start: nameRange.end, end: range.end } },
      ]);
  const ranges = body ? [body.range] : messages.map(({ content }) => content.range).sort((a, b) => a.start - b.start);
  const tokenizer = new Tokenizer(text, LANGUAGES[dialect]);
  for (const range of ranges) tokenizer.read(range);
  return tokenizer.found;
}

interface Language {
  /** Where a tag or a comment begins. */
  readonly open: RegExp;
  /** From a comment's opening sign to what closes it. */
  readonly comments: readonly (readonly [open: string, close: string])[];
  readonly keywords: ReadonlySet<string>;
  /** Words that stand for a call: in this language by themselves rather than behind a `|`. */
  readonly helpers: ReadonlySet<string>;
  readonly pipes: boolean;
}

const JINJA: Language = {
  open: /\{#-?|\{%[-+]?|\{\{[-+]?/g,
  comments: [['{#', '#}']],
  keywords: words(
    'and as block break call continue elif else elseif endblock endcall endfor endif endmacro endraw endset endverbatim endwith extends filter for from if ignore import in include is macro not only or raw recursive set true false none True False None null verbatim with',
  ),
  helpers: new Set(),
  pipes: true,
};

const LANGUAGES: { readonly [dialect in Exclude<TemplateDialect, 'github'>]: Language } = {
  handlebars: {
    open: /\{\{!--|\{\{\{?~?[#/^>&!]?/g,
    comments: [
      ['{{!--', '--}}'],
      ['{{!', '}}'],
    ],
    keywords: words('as each else if ifEquals null true false undefined unless unlessEquals with'),
    helpers: words('history json log lookup media role section'),
    pipes: false,
  },
  mustache: { open: /\{\{\{?[#/^>&!=]?/g, comments: [['{{!', '}}']], keywords: new Set(), helpers: new Set(), pipes: false },
  jinja: JINJA,
  nunjucks: JINJA,
};

const PIECE = /\s+|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\d+(?:\.\d+)?|[@\p{L}_][\p{L}\p{N}_-]*|[-+~]?(?:\}\}\}?|%\})|./suy;

class Tokenizer {
  readonly #text: string;
  readonly #language: Language;
  readonly found: TemplateToken[] = [];
  #end = 0;

  constructor(text: string, language: Language) {
    this.#text = text;
    this.#language = language;
  }

  /** Parts are read in the order of the text; what was read is left alone. */
  read({ start, end }: Range): void {
    const open = new RegExp(this.#language.open);
    for (let at = Math.max(start, this.#end); at < end; ) {
      open.lastIndex = at;
      const found = open.exec(this.#text);
      if (!found || found.index >= end) break;
      const comment = this.#language.comments.find(([sign]) => found[0].startsWith(sign) || this.#text.startsWith(sign, found.index));
      at = comment ? this.#comment(found.index, comment[1], end) : this.#tag(found.index, found[0], end);
    }
  }

  #comment(start: number, close: string, limit: number): number {
    const at = this.#text.indexOf(close, start + 2);
    const end = at < 0 || at >= limit ? limit : at + close.length;
    this.#add('comment', start, end);
    return end;
  }

  /** A tag up to its closing sign. One that is never closed ends with its line, for it is being typed. */
  #tag(start: number, sign: string, limit: number): number {
    this.#add('delimiter', start, start + sign.length);
    let before = sign.endsWith('>') ? '>' : '';
    for (let at = start + sign.length; at < limit; ) {
      PIECE.lastIndex = at;
      const piece = PIECE.exec(this.#text)?.[0];
      if (!piece || piece.startsWith('{{') || (piece.includes('\n') && !this.#closes(at, limit))) return at;
      const end = at + piece.length;
      if (/(?:\}\}|%\})\}?$/.test(piece)) {
        this.#add('delimiter', at, end);
        return end;
      }
      const kind = this.#kindOf(piece, before, end);
      if (kind) this.#add(kind, at, end);
      if (piece.trim()) before = piece;
      at = end;
    }
    return limit;
  }

  #closes(at: number, limit: number): boolean {
    const close = /\}\}|%\}|\{\{|\{%/g;
    close.lastIndex = at;
    const found = close.exec(this.#text);
    return found !== null && found.index < limit && !found[0].startsWith('{');
  }

  #kindOf(piece: string, before: string, end: number): TemplateTokenKind | undefined {
    const first = piece.charAt(0);
    if (first === '"' || first === "'") return piece.length > 1 ? 'string' : undefined;
    if (/\d/.test(first)) return 'number';
    if (!/[@\p{L}_]/u.test(first)) return undefined;
    const { keywords, helpers, pipes } = this.#language;
    if (before === '.') return 'property';
    if (before === '>') return 'filter';
    if (pipes && before === '|') return 'filter';
    if (keywords.has(piece)) return 'keyword';
    if (helpers.has(piece)) return 'filter';
    return /^\s*=(?!=)/.test(this.#text.slice(end, end + 4)) && !pipes ? 'property' : 'variable';
  }

  #add(kind: TemplateTokenKind, start: number, end: number): void {
    this.#end = Math.max(this.#end, end);
    if (end > start) this.found.push({ kind, range: { start, end } });
  }
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
