import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../../../prompts-schema/index.ts';
import { rendered } from './rendered.ts';

const VALUES = { name: 'Ann', user: { name: 'Bo', 'first name': 'B' }, items: ['a', 'b'], none: [], yes: true, people: [{ name: 'Cy' }] };

describe('Handlebars as Dotprompt has it', () => {
  it.each([
    ['Hi {{name}}, {{ user.name }}!', 'Hi Ann, Bo!'],
    ['{{{name}}} {{&name}} {{user.[first name]}} {{missing}}.', 'Ann Ann B .'],
    ['{{#if yes}}Y{{else}}N{{/if}}{{#unless yes}}U{{/unless}}', 'Y'],
    ['{{#if none}}A{{else if yes}}B{{else}}C{{/if}}', 'B'],
    ['{{#each items}}{{@index}}{{this}}{{#unless @last}}, {{/unless}}{{else}}none{{/each}}', '0a, 1b'],
    ['{{#each none}}x{{else}}none{{/each}}', 'none'],
    ['{{#each user}}{{@key}}={{this}};{{/each}}', 'name=Bo;first name=B;'],
    ['{{#each people as |one at|}}{{at}}{{one.name}}{{../name}}{{@root.yes}}{{/each}}', '0CyAnntrue'],
    ['{{#with user}}{{name}} {{../name}}{{/with}}', 'Bo Ann'],
    ['{{#people}}{{name}}{{/people}}{{^none}}nobody{{/none}}', 'Cynobody'],
    ['{{json user indent=1}}', '{\n "name": "Bo",\n "first name": "B"\n}'],
    ['{{lookup items 1}}{{lookup user "name"}}', 'bBo'],
    ['{{#ifEquals name "Ann"}}same{{else}}other{{/ifEquals}}{{#unlessEquals name "Ann"}}!{{/unlessEquals}}', 'same'],
    ['{{role "system"}}Be kind.{{role "user"}}{{name}}{{history}}', '<system>Be kind.<user>Ann<history>'],
    ['a\n{{#if yes}}\nb\n{{/if}}\nc', 'a\nb\nc'],
    ['a {{~ name ~}} b', 'aAnnb'],
    ['\\{{name}} \\\\{{name}}', '{{name}} \\Ann'],
    ['{{! note }}{{!-- a }} b --}}x', 'x'],
    ['{{> card name="N"}}|{{> card user}}', '[N]|[Bo]'],
    ['  {{> lines}}\nend', '  1\n  2\nend'],
    ['{{#if (lookup user "name")}}in{{/if}}', 'in'],
    ['{{constructor}}{{__proto__}}{{name.constructor}}{{lookup name "constructor"}}{{items.map}}.', '.'],
  ])('%j', (template, expected) => {
    expect(rendered('handlebars', template, VALUES, { card: '[{{name}}]', lines: '1\n2\n' })).toBe(expected);
  });

  it('reads what the application adds: @state, @auth', () => {
    expect(rendered('handlebars', '{{@state.mood}} {{@auth.uid}}.', {}, {}, new Map([['state', { mood: 'calm' }]]))).toBe('calm .');
  });

  it.each<[string, string, string, string]>([
    ['Hi {{name', 'template.unclosed-tag', '{{name', 'never closed'],
    ['a {{#if x}}b', 'template.unclosed-tag', '{{#if x}}', 'Add {{/if}}'],
    ['{{! note', 'template.unclosed-tag', '{{! note', 'comment'],
    ['{{/if}}', 'template.syntax', '{{/if}}', 'No {{#if}} is open'],
    ['{{#if x}}{{/each}}{{/if}}', 'template.syntax', '{{/each}}', 'Write {{/if}}'],
    ['{{#if age >= 18}}x{{/if}}', 'template.syntax', '{{#if age >= 18}}', '`>=` is no part'],
    ['{{}}', 'template.syntax', '}}', 'missing'],
    ['{"a": {{name}}}', 'template.syntax', '{{name}}}', 'Put a space'],
    ['{{else}}', 'template.syntax', '{{else}}', 'within a block'],
    ['{{#if}}x{{/if}}', 'template.syntax', 'if', 'takes one value'],
    ['{{list items}}', 'template.unknown-helper', 'list', 'No helper is called `list`'],
    ['{{#unles x}}y{{/unles}}', 'template.unknown-helper', 'unles', 'Did you mean `unless`'],
    ['{{media url=x}}', 'template.unsupported-construct', '{{media url=x}}', 'only text'],
    ['{{role speaker}}', 'template.unsupported-construct', '{{role speaker}}', 'data cannot choose'],
    ['{{#role "system"}}x{{/role}}', 'template.unsupported-construct', '{{#role "system"}}', 'left out'],
    ['{{{{raw}}}}x{{{{/raw}}}}', 'template.unsupported-construct', '{{{{raw}}}}x{{{{/raw}}}}', 'raw block'],
    ['{{#> layout}}x{{/layout}}', 'template.unsupported-construct', '{{#> layout}}', 'without a block'],
  ])('%j is a finding', (text, code, place, words) => {
    const { issues } = DIALECTS.handlebars.parse({ text, start: 0, end: text.length });
    const found = issues.find((issue) => issue.code === code);
    expect(found && [text.slice(found.range.start, found.range.end), found.message.includes(words)], JSON.stringify(issues)).toEqual([
      place,
      true,
    ]);
  });
});
