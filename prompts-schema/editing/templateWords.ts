import type { TemplateDialect } from '../document.ts';
import { HELPERS } from '../template/handlebars/helpers.ts';
import { JINJA, NUNJUCKS } from '../template/jinja/languages.ts';

/** A word that a template language has: a helper, filter, test or tag. */
export interface TemplateWord {
  readonly name: string;
  /** What it does, a sentence; empty where its name says it. */
  readonly doc: string;
}

export type TemplateWordKind = 'helper' | 'block' | 'filter' | 'test' | 'tag' | 'role';

/** The words of a dialect that are interpreted here, in the order in which they are offered. Only these can be rendered. */
export function templateWords(dialect: TemplateDialect, kind: TemplateWordKind): readonly TemplateWord[] {
  if (dialect === 'handlebars') return HANDLEBARS[kind]?.map((name) => ({ name, doc: HELPER_DOCS.get(name) ?? '' })) ?? [];
  if (dialect !== 'jinja' && dialect !== 'nunjucks') return [];
  const { filters, tests, rawTags, elifTags } = dialect === 'jinja' ? JINJA : NUNJUCKS;
  switch (kind) {
    case 'filter':
      return [...filters.keys()].map((name) => ({ name, doc: FILTER_DOCS.get(name) ?? '' }));
    case 'test':
      return [...tests.keys()].map((name) => ({ name, doc: '' }));
    case 'tag':
      return ['if', 'for', 'set', ...elifTags, 'else', 'endif', 'endfor', 'endset', ...rawTags, ...rawTags.map((tag) => `end${tag}`)].map(
        (name) => ({
          name,
          doc: TAG_DOCS.get(name) ?? '',
        }),
      );
    default:
      return [];
  }
}

/** What is said of a word of the language, for a hover; undefined where it is none, or nothing is to be said. */
export function templateWordDoc(dialect: TemplateDialect, name: string): string | undefined {
  const table = dialect === 'handlebars' ? [HELPER_DOCS] : dialect === 'jinja' || dialect === 'nunjucks' ? [FILTER_DOCS, TAG_DOCS] : [];
  const known =
    dialect === 'handlebars' ||
    ['filter', 'tag'].some((kind) => templateWords(dialect, kind as TemplateWordKind).some((word) => word.name === name));
  return known ? table.map((docs) => docs.get(name)).find((doc) => doc !== undefined) : undefined;
}

const BLOCKS: readonly string[] = ['if', 'unless', 'each', 'with', 'ifEquals', 'unlessEquals'];

const HANDLEBARS: Readonly<Partial<Record<TemplateWordKind, readonly string[]>>> = {
  block: BLOCKS,
  helper: HELPERS.filter((name) => !BLOCKS.includes(name)),
  role: ['system', 'user', 'model'],
};

const HELPER_DOCS: ReadonlyMap<string, string> = new Map([
  ['if', 'The body where the value is neither empty, 0, false nor missing; `{{else}}` otherwise.'],
  ['unless', 'The body where the value is empty, 0, false or missing.'],
  ['each', 'The body once for each item of a list or map: `{{this}}`, `{{@index}}`, `{{@key}}`, `{{@first}}`, `{{@last}}`.'],
  ['with', 'The body with another value as the current one.'],
  ['ifEquals', 'The body where two values are the same: `{{#ifEquals a b}}`.'],
  ['unlessEquals', 'The body where two values differ: `{{#unlessEquals a b}}`.'],
  ['lookup', 'The value under a key that is computed: `{{lookup map key}}`.'],
  ['log', 'Nothing: the value goes to the log of the application.'],
  ['role', 'From here on this role speaks: `{{role "system"}}`, `{{role "user"}}` or `{{role "model"}}`.'],
  ['history', 'The place of earlier messages of the conversation.'],
  ['media', 'The place of a picture or another medium: `{{media url=photo}}`.'],
  ['section', 'A place that the application fills: `{{section "name"}}`.'],
  ['json', 'The value as JSON: `{{json value indent=2}}`.'],
]);

const TAG_DOCS: ReadonlyMap<string, string> = new Map([
  ['if', 'The text up to `elif`, `else` or `endif`, where the test holds.'],
  ['for', 'The text up to `endfor` once for each item: `{% for item in items %}`. `loop.index` counts from 1.'],
  ['set', 'Gives a name to a value: `{% set name = value %}`.'],
  ['raw', 'The text up to `endraw` as it stands.'],
]);

const FILTER_DOCS: ReadonlyMap<string, string> = new Map([
  ['default', 'Another value where this one is missing: `{{ name | default("none") }}`.'],
  ['d', 'Short for `default`.'],
  ['upper', 'In capitals.'],
  ['lower', 'In small letters.'],
  ['capitalize', 'The first letter as a capital, the others small.'],
  ['title', 'Every word with a capital.'],
  ['trim', 'Without white space at its ends.'],
  ['string', 'As text.'],
  ['safe', 'As it is: nothing is escaped in a prompt.'],
  ['length', 'How many characters, items or keys it has.'],
  ['count', 'The same as `length`.'],
  ['wordcount', 'How many words it has.'],
  ['first', 'The first item or character.'],
  ['last', 'The last item or character.'],
  ['list', 'As a list.'],
  ['reverse', 'In reverse order.'],
  ['sort', 'In order; `attribute=` names what to sort by.'],
  ['unique', 'Each item once.'],
  ['sum', 'The sum of the numbers; `attribute=` names them.'],
  ['min', 'The least item.'],
  ['max', 'The greatest item.'],
  ['map', 'One attribute of each item: `{{ items | map(attribute="name") }}`.'],
  ['selectattr', 'The items that have the attribute.'],
  ['rejectattr', 'The items that lack the attribute.'],
  ['dictsort', 'Pairs of key and value in the order of the keys.'],
  ['items', 'Pairs of key and value.'],
  ['abs', 'Without its sign.'],
  ['int', 'As a whole number.'],
  ['float', 'As a number.'],
  ['round', 'Rounded to so many digits.'],
  ['join', 'The items as one text: `{{ tags | join(", ") }}`.'],
  ['replace', 'With one text in place of another: `{{ text | replace("a", "b") }}`.'],
  ['tojson', 'As JSON.'],
  ['dump', 'As JSON.'],
  ['indent', 'Every line but the first moved in by so many spaces.'],
  ['truncate', 'Cut to so many characters.'],
]);
