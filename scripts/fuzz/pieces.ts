/** Words and signs of YAML that mean something wherever they stand. */
export const YAML_PIECES: readonly string[] = [
  ...['---\n', '...\n', '%YAML 1.2\n', '%TAG ! tag:x,2000:\n', '<<: ', '&a ', '*a', '*first', '!!str ', '!!binary ', '!<x> ', '|\n', '>-\n', '|2+\n'],
  ...['\n  - ', '\n- ', '\n    ', '{ ', ' }', '[ ', ' ]', '{a: ', '[', '"\\u', "''", '0o17', '2026-11-22', '~', ':\n', '\n? ', '\n: '],
];

/** What stands in native prompt files and in the settings of the others. */
export const PROMPT_PIECES: readonly string[] = [
  ...['messages:\n', 'role: system\n', 'role: assistant', 'content: ', 'model: ', 'modelParameters:\n', 'inputs:\n', 'jsonSchema: ', 'tools: '],
  ...['evaluators:\n', 'testData:\n', 'dataset: ', '{ file: ./x.json }', '{ file: ../../etc/passwd }', 'path: $.a[*].b', 'path: "$[\'a\']"', 'equals: { case: expected.a }'],
  ...['matches: "(a+)+$"', 'matches: "(?=a)"', 'oneOf: [', 'min: 0', 'must: true', 'trusted: false', 'version: 1.0.0-rc.1+b', 'responseFormat: json_schema'],
  ...['"$ref": "#"', '{ $ref: "#/properties/a" }', 'anyOf: [', '# evenkeel-disable-next-line ', '# evenkeel-disable-file ', ' -- why\n', '{{x}}', '{{ x }}', '{{expected.a}}'],
];

/** Tags and signs of every template language that is read. */
export const TEMPLATE_PIECES: readonly string[] = [
  ...['{{', '}}', '{{{', '}}}', '{%', '%}', '{%-', '-%}', '{#', '#}', '{{#', '{{/', '{{^', '{{>', '{{!--', '--}}', '{{~', '~}}', '{{&', '{{=', '=}}', '\\{{', '{{{{', '}}}}'],
  ...['{{#if x}}', '{{/if}}', '{{else}}', '{{else if y}}', '{{#each xs}}', '{{/each}}', '{{#with u}}', '{{/with}}', '{{#each xs as |a b|}}', '{{@index}}', '{{../x}}', '{{this}}', '{{.}}'],
  ...['{{role "system"}}', '{{role x}}', '{{history}}', '{{media url=x}}', '{{section "a"}}', '{{json x indent=2}}', '{{>p a=b}}', '{{>p}}', '{{lookup this "constructor"}}', '{{[a b]}}'],
  ...['{% if x %}', '{% elif y %}', '{% else %}', '{% endif %}', '{% for a in xs %}', '{% for a, b in u %}', '{% endfor %}', '{% set a = x %}', '{% set a %}', '{% endset %}', '{% raw %}', '{% endraw %}'],
  ...['{% macro m() %}', '{% include "x" %}', '{% extends "x" %}', '{% block b %}', '{{ x | upper }}', '{{ x | default("d") }}', '{{ xs | join(", ") }}', '{{ range(1000000) }}', '{{ x.constructor }}', '{{ x[0][-1] }}'],
  ...['{{ "a" ~ x }}', '{{ 9 ** 9 }}', '{{ x is defined }}', '{{ a if b else c }}', '{{ [1, 2, [3]] }}', '{{ {"a": 1}.a }}', '{{ loop.index }}', '{{ not x }}', '{{ x == y and z }}'],
  ...['system:\n', '\nuser:\n', '\n# assistant:\n', 'user[a="b"]:\n', '{{item.role}}:\n', '![a](b.png)', '\n---\n', '---\n', '+++\n', '<<<dotprompt:role:system>>>', '<<<dotprompt:history>>>'],
];

/** What Dotprompt's schemas are written in. */
export const PICOSCHEMA_PIECES: readonly string[] = [
  ...['a: string, b\n', 'a?: integer', 'a(array): string', 'a(object, b): ', 'a(enum): [A, B]', '(*): any', 'a?(array, b)', '    a: x\n', 'schema: ', 'input:\n', 'output:\n', 'config: ', 'ext.a.b: 1\n'],
];

/** What stands in Prompty files. */
export const PROMPTY_PIECES: readonly string[] = [
  ...['${env:HOME}', '${env:X:default}', '${file:x.json}', '${file:../../x}', 'kind: ', 'sample: ', 'inputs:\n', 'outputs:\n', 'template: mustache\n', 'configuration: ', 'parameters: ', 'options: ', 'tools:\n', 'evenkeel:\n', 'apiType: chat'],
];

/** What stands in promptfoo configs. */
export const PROMPTFOO_PIECES: readonly string[] = [
  ...['prompts:\n', 'providers:\n', 'targets: ', 'tests:\n', 'defaultTest:\n', 'scenarios:\n', 'vars: ', 'assert:\n', 'type: not-contains', 'type: assert-set', 'threshold: 0.5', 'weight: 2', "$ref: '#/a'", "$ref: '#'"],
  ...['file://a.txt', 'file://*.yaml', 'file://a.py:f', 'file:///etc/passwd', 'exec: id', 'python:a.py', 'langfuse://x', 'raw: ', 'label: ', 'options: ', 'transform: ', 'disableVarExpansion: true', 'nunjucksFilters: ', 'env: ', '[1, 2, [3]]'],
];

/** What stands in datasets. */
export const DATASET_PIECES: readonly string[] = [
  ...['id', 'expected', 'expected.a.b', 'vars', '{"a":', '"a":1', '{}', '[]', ',,', '""', '"a\nb"', ';', '\t', '=cmd()', '@x', '+1', '"__proto__":{"polluted":1}', '\\u0000', '"\\ud800"', '__expected1'],
];

/** What stands in lock files. */
export const LOCK_PIECES: readonly string[] = [
  ...['<<<<<<< a\n', '||||||| b\n', '=======\n', '>>>>>>> c\n', 'formatVersion: 2\n', 'formatVersion: 1\n', 'releases:\n', '  - version: 1.0.0\n', 'seal: ', 'ek1:', 'tested:\n', 'prompt: x\n'],
];

/** What stands in evenkeel.yml. */
export const CONFIG_PIECES: readonly string[] = [
  ...['formatVersion: 2\n', 'defaults: ', 'providers:\n', 'rules:\n', 'environments:\n', 'budgets: ', 'kind: openai-compatible', 'baseUrl: ', 'severity: off', 'options: ', 'git: { tag: "v*" }', 'http: { url: "javascript:1" }'],
];
