import fc from 'fast-check';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../safety/index.ts';
import { rendered } from './rendered.ts';

const RUNS = 1500;

const HELPERS = {
  json: (value: unknown, options: { hash: { indent?: number } }) => JSON.stringify(value, null, options.hash.indent ?? 0),
  ifEquals(this: unknown, a: unknown, b: unknown, options: Handlebars.HelperOptions) {
    return a === b ? options.fn(this) : options.inverse(this);
  },
  unlessEquals(this: unknown, a: unknown, b: unknown, options: Handlebars.HelperOptions) {
    return a !== b ? options.fn(this) : options.inverse(this);
  },
};

const PARTIALS = { card: '[{{name}} {{title}}]\n', list: '{{#each items}}\n- {{this}}\n{{/each}}\n', inner: '  ({{> card title="x"}})' };

/** What Handlebars itself makes of a template, set up as Dotprompt does; undefined when it refuses. */
function reference(template: string, variables: JsonObject): string | undefined {
  const own = Handlebars.create();
  for (const [name, helper] of Object.entries(HELPERS)) own.registerHelper(name, helper);
  for (const [name, text] of Object.entries(PARTIALS)) own.registerPartial(name, text);
  try {
    return own.compile(template, {
      knownHelpers: { json: true, ifEquals: true, unlessEquals: true },
      knownHelpersOnly: true,
      noEscape: true,
    })(variables, { data: { state: { mood: 'calm' } } });
  } catch {
    return undefined;
  }
}

function ours(template: string, variables: JsonObject): string | undefined {
  const text = rendered('handlebars', template, variables, PARTIALS, new Map([['state', { mood: 'calm' }]]));
  return text.startsWith('! ') ? undefined : text;
}

/** No list or map that is run over holds null: within such an item Handlebars' own blocks see an empty map instead. */
const VALUES: JsonObject = {
  name: 'Ann',
  empty: '',
  zero: 0,
  yes: true,
  no: false,
  items: ['a', 'b', 'c'],
  nothing: [],
  user: { name: 'Bo', tags: ['x', 'y'], deep: { er: 1, none: null } },
  people: [
    { name: 'Cy', items: ['p'] },
    { name: 'Di', items: [] },
  ],
  title: 'T',
  map: { one: 1, two: 'zwei' },
};

const path = fc.constantFrom(
  ...[
    'name',
    'empty',
    'zero',
    'yes',
    'no',
    'user.deep.none',
    'items',
    'nothing',
    'user',
    'user.name',
    'user.deep.er',
    'people',
    'map',
    'this',
    '.',
  ],
  ...[
    '../name',
    '../title',
    'this.name',
    './name',
    'items.[1]',
    'items.length',
    'missing',
    'missing.more',
    '@index',
    '@key',
    '@first',
    '@last',
  ],
  ...['@root.name', '@state.mood', 'title', 'user/name', '[name]', 'people.[0].name', '@../index'],
);
const argument = fc.oneof(
  path,
  fc.constantFrom('"text"', "'it'", '12', '-1.5', 'true', 'false', 'null', 'undefined', '(lookup user "name")'),
);
const tilde = fc.constantFrom('', '', '', '~');
const white = fc.constantFrom('', '', ' ', '\n', '\n  ', '  \n', 'text', 'a\n', '\n\n', '\t', '}', '{', '\\', ' \r\n');

/** Without the dot behind it Handlebars adds up neighbouring numbers and joins them to no text: its compiled code has a `+` between them. */
const leaf: fc.Arbitrary<string> = fc.oneof(
  white,
  fc.tuple(tilde, path, tilde).map(([left, name, right]) => `{{${left}${name}${right}}}·`),
  fc.tuple(path).map(([name]) => `{{{${name}}}}·`),
  fc.tuple(tilde, tilde).map(([left, right]) => `{{${left}! note ${right}}}`),
  fc.constantFrom(
    '{{!-- a }} b --}}',
    '\\{{name}}',
    '\\\\{{name}}',
    '{{> card}}',
    '{{> card user}}',
    '{{> card name="N" title=name}}',
    '{{> list}}',
    '{{~> inner ~}}',
    '  {{> list}}\n',
    '{{& name}}',
  ),
  fc.tuple(argument).map(([value]) => `{{json ${value}}}·`),
  fc.tuple(argument, argument).map(([a, b]) => `{{lookup ${a} ${b}}}·`),
);

const template: fc.Arbitrary<string> = fc.letrec<{ whole: string; block: string; piece: string }>((tie) => ({
  whole: fc.array(tie('piece'), { maxLength: 6 }).map((pieces) => pieces.join('')),
  piece: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, white, tie('block')),
  block: fc
    .tuple(
      fc.constantFrom('if', 'unless', 'each', 'with', 'section', 'inverse', 'ifEquals', 'each as', 'chain'),
      argument,
      argument,
      fc.tuple(tilde, tilde, tilde, tilde, tilde, tilde),
      tie('whole'),
      fc.option(tie('whole'), { nil: undefined }),
    )
    .map(([kind, a, b, [t1, t2, t3, t4, t5, t6], body, other]) => {
      const otherwise = other === undefined ? '' : `{{${t3}else${t4}}}${other}`;
      switch (kind) {
        case 'section':
          return `{{${t1}#user${t2}}}${body}${otherwise}{{${t5}/user${t6}}}`;
        case 'inverse':
          return `{{${t1}^no${t2}}}${body}${otherwise}{{${t5}/no${t6}}}`;
        case 'ifEquals':
          return `{{${t1}#ifEquals ${a} ${b}${t2}}}${body}${otherwise}{{${t5}/ifEquals${t6}}}`;
        case 'each as':
          return `{{${t1}#each people as |person place|${t2}}}${body}{{person.name}}·{{place}}·${otherwise}{{${t5}/each${t6}}}`;
        case 'chain':
          return `{{${t1}#if ${a}${t2}}}${body}{{${t3}else if ${b}${t4}}}${body}{{${t4}else if yes${t3}}}${other ?? ''}{{${t6}else${t1}}}z{{${t5}/if${t6}}}`;
        default:
          return `{{${t1}#${kind} ${a}${t2}}}${body}${otherwise}{{${t5}/${kind}${t6}}}`;
      }
    }),
})).whole;

describe('Handlebars templates', () => {
  it('render as Handlebars renders them', () => {
    let compared = 0;
    fc.assert(
      fc.property(template, (text) => {
        const expected = reference(text, VALUES);
        if (expected !== undefined) compared++;
        expect(ours(text, VALUES)).toBe(expected);
      }),
      { numRuns: RUNS },
    );
    expect(compared).toBeGreaterThan(RUNS / 4);
  }, 60_000);
});
