import { describe, expect, it } from 'vitest';
import { DIALECTS, type TemplateDialect } from '../../../prompts-schema/index.ts';
import { referencesOf } from '../../../prompts-schema/template/references.ts';

/** The variables of a template: name, what for, `?` within a branch or loop, `~` where it may be an item's. Places are checked. */
function variables(dialect: TemplateDialect, text: string): string {
  const { parse, names } = DIALECTS[dialect];
  const found = referencesOf(parse({ text, start: 0, end: text.length }).nodes, names).variables;
  for (const { name, nameRange, range } of found) {
    expect(text.slice(nameRange.start, nameRange.end)).toBe(name);
    expect(range.start <= nameRange.start && nameRange.end <= range.end).toBe(true);
  }
  return found.map(({ name, use, conditional, uncertain }) => `${name} ${use}${conditional ? '?' : ''}${uncertain ? '~' : ''}`).join(', ');
}

describe('variables of a template', () => {
  it.each<[TemplateDialect, string, string]>([
    ['github', '{{a}} {{b.c}}', 'a value, b.c value'],
    ['handlebars', '{{user.name}} {{@root.x}} {{@state.y}} {{this.z}}', 'user value, x value, z value'],
    ['handlebars', '{{#if a}}{{b}}{{else}}{{c}}{{/if}}', 'a condition, b value?, c value?'],
    ['handlebars', '{{#each items}}{{name}}{{this}}{{../other}}{{@root.more}}{{/each}}', 'items list, other value?, more value?'],
    ['handlebars', '{{#each items as |one|}}{{one.x}}{{/each}}{{#with user}}{{name}}{{/with}}', 'items list, user context'],
    ['handlebars', '{{json data}} {{media url=photo}} {{> card name=who}}', 'data value, photo argument, who argument'],
    ['handlebars', '{{#ifEquals a b}}x{{/ifEquals}}', 'a condition, b argument'],
    ['jinja', '{{ user.name | upper }} {{ a[b] }}', 'user value, a value, b argument'],
    ['jinja', '{% if a and b %}{{ c }}{% endif %}', 'a condition, b condition, c value?'],
    ['jinja', '{% for x in xs %}{{ x }}{{ loop.index }}{{ y }}{% endfor %}{{ x }}', 'xs list, y value?, x value'],
    ['jinja', '{% set t = a %}{{ t }}{{ b | default(c) }}', 'a argument, b condition, c argument'],
    ['nunjucks', '{{ "x" if a else b }}', 'a value, b value'],
    ['mustache', '{{#items}}{{name}}{{/items}}{{^a}}{{b}}{{/a}}', 'items list, name value?~, a list, b value?'],
  ])('%s %j', (dialect, text, expected) => expect(variables(dialect, text)).toBe(expected));
});
