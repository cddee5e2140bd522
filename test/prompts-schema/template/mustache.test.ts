import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../../../prompts-schema/index.ts';
import { rendered } from './rendered.ts';

const VALUES = { name: 'Ann', html: '<b>', user: { name: 'Bo' }, items: ['a', 'b'], none: [], yes: true, people: [{ name: 'Cy' }, {}] };

describe('Mustache', () => {
  it.each([
    ['Hi {{name}} {{user.name}} {{missing}}!', 'Hi Ann Bo !'],
    ['{{html}}{{{html}}}{{&html}}', '<b><b><b>'],
    ['{{#items}}{{.}},{{/items}}', 'a,b,'],
    ['{{#people}}{{name}};{{/people}}', 'Cy;Ann;'],
    ['{{#user}}{{name}}{{/user}}{{#yes}}{{name}}{{/yes}}{{#none}}x{{/none}}', 'BoAnn'],
    ['{{^none}}none{{/none}}{{^yes}}no{{/yes}}', 'none'],
    ['a\n{{! note }}\nb\n{{#yes}}\nc\n{{/yes}}\nd', 'a\nb\nc\nd'],
    ['  {{> card}}\n', '  [Ann]\n'],
    ['{{constructor}}{{user.constructor}}{{name.constructor.name}}.', '.'],
  ])('%j', (template, expected) => expect(rendered('mustache', template, VALUES, { card: '[{{name}}]\n' })).toBe(expected));

  it.each<[string, string, string, string]>([
    ['{{name', 'template.unclosed-tag', '{{name', 'never closed'],
    ['{{#a}}x', 'template.unclosed-tag', '{{#a}}', 'Add {{/a}}'],
    ['{{/a}}', 'template.syntax', '{{/a}}', 'No {{#a}} is open'],
    ['{{a b}}', 'template.syntax', '{{a b}}', 'no name'],
    ['{{=<% %>=}}', 'template.unsupported-construct', '{{=<% %>=}}', 'delimiters'],
  ])('%j is a finding', (text, code, place, words) => {
    const { issues } = DIALECTS.mustache.parse({ text, start: 0, end: text.length });
    const found = issues.find((issue) => issue.code === code);
    expect(found && [text.slice(found.range.start, found.range.end), found.message.includes(words)]).toEqual([place, true]);
  });
});
