import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../../../prompts-schema/index.ts';
import { rendered } from './rendered.ts';

const VALUES = {
  name: 'ann',
  user: { name: 'Bo', tags: ['x', 'y'] },
  items: ['a', 'b', 'c'],
  empty: [],
  n: 3,
  yes: true,
  nothing: null,
  map: { one: 1, two: 2 },
  rows: [
    { id: 2, label: 'two' },
    { id: 1, label: 'one' },
  ],
};

describe('Jinja', () => {
  it.each([
    ['Hi {{ name }}, {{user.name}} {{ user["name"] }} {{ items[1] }}!', 'Hi ann, Bo Bo b!'],
    ['{{ missing }}{{ missing.more }}{{ nothing }}{{ yes }}{{ n }}.', 'true3.'],
    ['{% if n > 2 and not empty %}A{% elif yes %}B{% else %}C{% endif %}', 'A'],
    ['{% if name == "ann" %}A{% endif %}{% if "b" in items %}B{% endif %}{% if "z" not in items %}C{% endif %}', 'ABC'],
    ['{% for i in items %}{{ loop.index }}{{ i }}{% if not loop.last %}, {% endif %}{% endfor %}', '1a, 2b, 3c'],
    ['{% for i in empty %}x{% else %}none{% endfor %}', 'none'],
    ['{% for i in items if i != "b" %}{{ i }}{{ loop.length }}{% endfor %}', 'a2c2'],
    ['{% for k, v in map.items() %}{{ k }}={{ v }};{% endfor %}', 'one=1;two=2;'],
    ['{% for k in map %}{{ k }} {% endfor %}', 'one two '],
    ['{% for i in range(3) %}{{ i }}{% endfor %}', '012'],
    ['{% set x = name | upper %}{{ x }}{% set y %}<{{ x }}>{% endset %}{{ y }}', 'ANN<ANN>'],
    ['{% set x = 1 %}{% for i in items %}{% set x = i %}{% endfor %}{{ x }}', '1'],
    ['{{ missing | default("d") }}{{ "" | default("d") }}{{ "" | default("d", boolean=true) }}', 'dd'],
    ['{{ items | join(", ") }} {{ items | length }} {{ items | first }}{{ items | last }}', 'a, b, c 3 ac'],
    ['{{ rows | map(attribute="label") | join }} {{ (rows | sort(attribute="id"))[0].label }}', 'twoone one'],
    ['{{ " x " | trim }}{{ name | title }}{{ "a-b" | replace("-", "+") }}{{ map | tojson }}', 'xAnna+b{"one":1,"two":2}'],
    ['{{ n + 1 }} {{ n * 2 }} {{ n // 2 }} {{ n % 2 }} {{ -n }} {{ "a" ~ n }}', '4 6 1 1 -3 a3'],
    ['{{ "y" if yes else "n" }}{{ "z" if empty }}', 'y'],
    [
      '{% if missing is defined %}A{% endif %}{% if name is defined %}B{% endif %}{% if nothing is none %}C{% endif %}{% if n is not string %}D{% endif %}',
      'BCD',
    ],
    ['a  {%- if yes -%}  b  {%- endif -%}  c', 'abc'],
    ['Items: {% for i in items %}{{ i }} {% endfor %}', 'Items: a b c '],
    ['{# note #}{% raw %}{{ name }}{% endraw %}', '{{ name }}'],
    ['{% block main %}in{% endblock %}', 'in'],
    ['{{ "}}" }}{{ {"a": 1}["a"] }}', '}}1'],
    ['{{ name.constructor }}{{ items.map }}{{ user.__proto__ }}{{ user["constructor"] }}.', '.'],
  ])('%j', (template, expected) => expect(rendered('jinja', template, VALUES)).toBe(expected));

  it.each<[string, string, string, string]>([
    ['{{ name', 'template.unclosed-tag', '{{ name', 'never closed'],
    ['{% if x %}a', 'template.unclosed-tag', '{% if x %}', 'Add {% endif %}'],
    ['{# note', 'template.unclosed-tag', '{# note', 'comment'],
    ['{% for x in y %}{% if a %}{% endfor %}', 'template.unclosed-tag', '{% if a %}', 'Add {% endif %}'],
    ['{% endif %}', 'template.syntax', '{% endif %}', 'Nothing is open'],
    ['{% fro x in y %}', 'template.syntax', 'fro', 'Did you mean `for`'],
    ['{{ a b }}', 'template.syntax', 'b', 'has no place'],
    ['{{ }}', 'template.syntax', '{{ }}', 'empty'],
    ['{{ x[1:2] }}', 'template.syntax', '1', 'slice'],
    ['{{ x | uper }}', 'template.unknown-helper', 'uper', 'Did you mean `upper`'],
    ['{% if x is strin %}{% endif %}', 'template.unknown-helper', 'strin', 'Did you mean `string`'],
    ['{{ x | batch(2) }}', 'template.unsupported-construct', 'batch', 'filter `batch`'],
    ['{{ x.upper() }}', 'template.unsupported-construct', 'upper', '.upper()'],
    ['{{ cycler(1) }}', 'template.unsupported-construct', 'cycler', 'Calling `cycler`'],
    ['{% include "x" %}', 'template.unsupported-construct', '{% include "x" %}', 'not loaded'],
    ['{% macro m(a) %}{{ a }}{% endmacro %}', 'template.unsupported-construct', '{% macro m(a) %}', 'macro'],
    ['{{ x[-1] }}', 'template.unsupported-construct', '-1', '| last'],
  ])('%j is a finding', (text, code, place, words) => {
    const { issues } = DIALECTS.jinja.parse({ text, start: 0, end: text.length });
    const found = issues.find((issue) => issue.code === code);
    const said = found && [text.slice(found.range.start, found.range.end), found.message.includes(words)];
    expect(said, JSON.stringify(issues)).toEqual([place, true]);
  });
});

describe('what Nunjucks does otherwise', () => {
  it.each([
    ['{{ items }} {{ map }}', 'a,b,c {"one":1,"two":2}', '["a","b","c"] {"one":1,"two":2}'],
    ['{% if empty %}full{% else %}empty{% endif %}', 'full', 'empty'],
    ['{% set x = 1 %}{% for i in items %}{% set x = i %}{% endfor %}{{ x }}', 'c', '1'],
    ['{% for k, v in map %}{{ k }}{{ v }}{% endfor %}', 'one1two2', 'one1two2'],
    ['{{ items.length }}{{ name.length }}', '33', ''],
    ['{% if n == "3" %}same{% else %}other{% endif %}', 'same', 'other'],
    ['{% if no %}a{% elseif yes %}b{% endif %}', 'b', '! Nothing is open here that {% elseif %} could belong to.'],
    ['{% verbatim %}{{ x }}{% endverbatim %}', '{{ x }}', '! No tag is called `verbatim`.'],
  ])('%j', (template, nunjucks, jinja) => {
    expect(rendered('nunjucks', template, VALUES)).toBe(nunjucks);
    if (!jinja.startsWith('!')) expect(rendered('jinja', template, VALUES)).toBe(jinja);
    else expect(rendered('jinja', template, VALUES)).toMatch(/^! /);
  });

  it('names the tags that it has and this has not', () => {
    const text = '{% asyncEach x in xs %}{{ x }}{% endeach %}{% switch a %}{% case 1 %}{% endswitch %}';
    const { issues } = DIALECTS.nunjucks.parse({ text, start: 0, end: text.length });
    expect(issues.filter(({ code }) => code === 'template.unsupported-construct').map(({ data }) => data?.construct)).toEqual([
      'The tag `asyncEach`',
      'The tag `switch`',
    ]);
  });
});
