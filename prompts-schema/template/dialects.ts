import type { TemplateDialect } from '../document.ts';
import { parseGithub } from './github/parse.ts';
import { githubSemantics } from './github/semantics.ts';
import { handlebarsSemantics } from './handlebars/helpers.ts';
import { parseHandlebars } from './handlebars/parse.ts';
import { JINJA, NUNJUCKS } from './jinja/languages.ts';
import { parseJinja } from './jinja/parse.ts';
import { parseMustache } from './mustache/parse.ts';
import { mustacheSemantics } from './mustache/semantics.ts';
import type { ParsedTemplate, TemplateSource } from './nodes.ts';
import type { NameRules } from './references.ts';
import type { Semantics } from './semantics.ts';

/** One template language: how its text is read and how its values behave. */
export interface Dialect {
  readonly parse: (source: TemplateSource) => ParsedTemplate;
  readonly semantics: Semantics;
  /** Where a name within a loop is looked for. */
  readonly names: NameRules;
}

/** Every dialect, one row each. */
export const DIALECTS: { readonly [dialect in TemplateDialect]: Dialect } = {
  github: { parse: parseGithub, semantics: githubSemantics, names: 'outside' },
  handlebars: { parse: capped(parseHandlebars), semantics: handlebarsSemantics, names: 'inside' },
  jinja: { parse: capped((source) => parseJinja(source, JINJA)), semantics: JINJA.semantics, names: 'outside' },
  mustache: { parse: capped(parseMustache), semantics: mustacheSemantics, names: 'both' },
  nunjucks: { parse: capped((source) => parseJinja(source, NUNJUCKS)), semantics: NUNJUCKS.semantics, names: 'outside' },
};

/** Nobody reads more; a text made of braces alone would have one for each. */
const MAX_ISSUES = 100;

/** A prompt has dozens; what holds more than this is something else, and would take too long to read between two keystrokes. */
const MAX_TAGS = 10_000;

function capped(parse: Dialect['parse']): Dialect['parse'] {
  return (source) => {
    const excess = tagBeyond(source);
    if (excess !== undefined) {
      const message = `The template has more than ${MAX_TAGS.toLocaleString('en')} tags, and none of them was read. Move data to the cases.`;
      return { nodes: [], blocks: [], issues: [{ code: 'schema.too-large', message, range: { start: excess, end: excess + 1 } }] };
    }
    const parsed = parse(source);
    return parsed.issues.length > MAX_ISSUES ? { ...parsed, issues: parsed.issues.slice(0, MAX_ISSUES) } : parsed;
  };
}

function tagBeyond({ text, start, end }: TemplateSource): number | undefined {
  let tags = 0;
  for (let at = text.indexOf('{', start); at >= 0 && at < end - 1; at = text.indexOf('{', at + 1)) {
    const next = text[at + 1];
    if ((next === '{' || next === '%' || next === '#') && ++tags > MAX_TAGS) return at;
  }
  return undefined;
}
