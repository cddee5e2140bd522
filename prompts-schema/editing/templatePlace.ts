import type { PromptDocument } from '../document.ts';
import type { Range } from '../text/range.ts';

/** What may be written at a place inside of a template's tag that is being typed. */
export interface TemplatePlace {
  /**
   * `variable`: a value, or a call that makes one; `filter`: behind `|`; `test`: behind `is`; `tag`: the word of a `{% … %}`; `block`: the word
   * of a `{{#…}}`; `partial`: behind `{{>`; `role`: the words of `{{role "…"}}`.
   */
  readonly kind: 'variable' | 'filter' | 'test' | 'tag' | 'block' | 'partial' | 'role';
  /** The word around the place, which a completion replaces. */
  readonly range: Range;
  /** What has to follow so that the tag is closed; empty where it is. */
  readonly closing: string;
  /** The first word of the tag: only there a helper may stand. */
  readonly first: boolean;
}

/** The tag that an offset is in, whether or not the text parses. Undefined between tags, in comments, in strings and behind a dot. */
export function templatePlaceAt({ text, dialect, body }: PromptDocument, offset: number): TemplatePlace | undefined {
  if (body && offset < body.range.start) return undefined;
  const from = Math.max(body?.range.start ?? 0, offset - LONGEST_TAG, body ? 0 : text.lastIndexOf('\n', offset - 1) + 1);
  const before = text.slice(from, offset);
  const signs = dialect === 'jinja' || dialect === 'nunjucks' ? ['{{', '{%', '{#'] : ['{{'];
  const open = Math.max(...signs.map((sign) => before.lastIndexOf(sign)));
  const closed = Math.max(before.lastIndexOf('}}'), ...(signs.length > 1 ? [before.lastIndexOf('%}'), before.lastIndexOf('#}')] : []));
  if (open < 0 || closed > open) return undefined;
  const sign = before.slice(open, open + 2);
  const inner = before.slice(open + 2);
  const found = RULES[dialect](sign, inner);
  if (!found) return undefined;
  const [kind, word] = found;
  const after = /^[\p{L}\p{N}_@/-]*/u.exec(text.slice(offset, offset + LONGEST_TAG))?.[0] ?? '';
  const end = offset + after.length;
  const rest = text.slice(end, end + LONGEST_TAG);
  const ends = /^[^{}\n]*(?:\}\}|%\})/.test(rest);
  const space = /^[-~]?\s/.test(inner) ? ' ' : '';
  return {
    kind,
    range: { start: offset - word.length, end },
    closing: ends ? '' : sign === '{%' ? ' %}' : `${kind === 'role' ? '"' : ''}${space}}}`,
    first: inner.slice(0, inner.length - word.length).trim() === '',
  };
}

const LONGEST_TAG = 2000;

type Found = readonly [kind: TemplatePlace['kind'], word: string] | undefined;
type Rule = (sign: string, inner: string) => Found;

const WORD = /[\p{L}_@][\p{L}\p{N}_-]*$|$/u;

const github: Rule = (sign, inner) => (sign === '{{' && /^[^\s{}"']*$/.test(inner) ? ['variable', inner] : undefined);

const handlebars: Rule = (sign, inner) => {
  if (sign !== '{{' || /^~?!/.test(inner)) return undefined;
  const partial = /^~?>\s*([\w/.-]*)$/.exec(inner);
  if (partial) return ['partial', partial[1] ?? ''];
  const role = /^~?\s*role\s+["']([\w]*)$/.exec(inner);
  if (role) return ['role', role[1] ?? ''];
  const block = /^~?[#^]\s*(\w*)$/.exec(inner);
  if (block) return ['block', block[1] ?? ''];
  return /^~?\//.test(inner) ? undefined : value(inner);
};

const mustache: Rule = (sign, inner) => (sign === '{{' && !/^[!>=]/.test(inner) ? value(inner) : undefined);

const jinja: Rule = (sign, inner) => {
  if (sign === '{#') return undefined;
  const tag = sign === '{%' ? /^[-+]?\s*(\w*)$/.exec(inner) : null;
  if (tag) return ['tag', tag[1] ?? ''];
  if (openString(inner)) return undefined;
  const filter = /\|\s*(\w*)$/.exec(inner);
  if (filter) return ['filter', filter[1] ?? ''];
  const test = /\bis\s+(?:not\s+)?(\w*)$/.exec(inner);
  return test ? ['test', test[1] ?? ''] : value(inner);
};

const RULES: { readonly [dialect in PromptDocument['dialect']]: Rule } = { github, handlebars, mustache, jinja, nunjucks: jinja };

function value(inner: string): Found {
  if (openString(inner)) return undefined;
  const word = WORD.exec(inner)?.[0] ?? '';
  const before = inner.slice(0, inner.length - word.length);
  return /[.\d]$/.test(before) ? undefined : ['variable', word];
}

function openString(inner: string): boolean {
  return /["']/.test(inner.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, ''));
}
