import { describe, expect, it } from 'vitest';
import {
  CONFIG_FIELD_DOCS,
  childDocs,
  completionContextAt,
  FIELD_DOCS,
  fieldAt,
  fieldDoc,
  parsePrompt,
} from '../../prompts-schema/index.ts';

/** `¦` is the place. */
function at(marked: string) {
  return { offset: marked.indexOf('¦'), document: parsePrompt(marked.replace('¦', '')) };
}

function completes(marked: string): string | undefined {
  const { document, offset } = at(marked);
  const context = completionContextAt(document, offset);
  if (!context) return undefined;
  const { kind, path, existingKeys, prefix, replaceRange, needsDash } = context;
  const parts = [
    kind,
    path.join('.') || '(top)',
    `has ${existingKeys.join(',') || 'none'}`,
    `"${prefix}" of "${document.text.slice(replaceRange.start, replaceRange.end)}"`,
  ];
  return [...parts, ...(needsDash ? ['needs a dash'] : [])].join(' · ');
}

describe('completionContextAt', () => {
  it.each([
    ['¦', 'key · (top) · has none · "" of ""'],
    ['na¦', 'key · (top) · has none · "na" of "na"'],
    ['name: x\n¦', 'key · (top) · has name · "" of ""'],
    ['name: x\nmo¦del: y\nversion: "1"\n', 'key · (top) · has name,version · "mo" of "model"'],
    ['model: op¦enai/gpt-5\n', 'value · model · has none · "op" of "openai/gpt-5"'],
    ['model: "op¦"\n', 'value · model · has none · "op" of ""op"'],
    ['model:¦\n', 'value · model · has none · "" of ""'],
    ['messages:\n  - ¦', 'key · messages.0 · has none · "" of ""'],
    ['messages:\n  - role: user\n    ¦\n', 'key · messages.0 · has role · "" of ""'],
    ['messages:\n  - role: user\n    content: x\n  ¦', 'key · messages.1 · has none · "" of "" · needs a dash'],
    ['messages:\n  - role: user\n    content: x\n  - ro¦\nmodel: x', 'key · messages.1 · has none · "ro" of "ro"'],
    ['messages:\n- role: user\n  ¦\n  content: x\n', 'key · messages.0 · has role,content · "" of ""'],
    ['messages:\n  - role: us¦\n', 'value · messages.0.role · has none · "us" of "us"'],
    ['messages:\n  - role: user\n    content: |\n      hello\n    ¦', 'key · messages.0 · has role,content · "" of ""'],
    ['messages:\n  - role: user\n    content: |\n      role: ¦\n', undefined],
    ['messages:\n  - role: user\n    content: |\n      hello\n      ¦', undefined],
    ['modelParameters:\n  temperature: 0\n  ma¦\nmessages: []\n', 'key · modelParameters · has temperature · "ma" of "ma"'],
    ['modelParameters: { temperature: 0, ¦ }', 'key · modelParameters · has temperature · "" of ""'],
    ['modelParameters: { temperature: ¦ }', 'value · modelParameters.temperature · has none · "" of ""'],
    ['modelParameters: { ma¦', 'key · modelParameters · has none · "ma" of "ma"'],
    ['evaluators:\n  - name: a\n    path: $.x\n    ¦\n  - name: b\n', 'key · evaluators.0 · has name,path · "" of ""'],
    ['evaluators:\n  - { name: a }\n  - { name: "a, b", pa¦ }\n', 'key · evaluators.1 · has name · "pa" of "pa"'],
    [
      'evaluators:\n  - name: a\n    llm:\n      choices:\n        - choice: x\n          ¦',
      'key · evaluators.0.llm.choices.0 · has choice · "" of ""',
    ],
    ['monitor:\n  fields:\n    - $.a\n    - ¦', 'value · monitor.fields.1 · has none · "" of ""'],
    ['inputs:\n  ticket:\n    ¦', 'key · inputs.ticket · has none · "" of ""'],
    ['¦\nname: x\n', 'key · (top) · has name · "" of ""'],
    ['\n\n¦', 'key · (top) · has none · "" of ""'],
    ['name: x # com¦', undefined],
    ['name: x\n      ¦', undefined],
  ])('%j', (marked, expected) => expect(completes(marked)).toBe(expected));
});

describe('fieldAt', () => {
  it.each([
    ['na¦me: x', 'key name'],
    ['name: x¦', 'value name'],
    ['messages:\n  - role: us¦er\n', 'value messages.0.role'],
    ['evaluators:\n  - { name: a, equals: { ca¦se: b } }', 'key evaluators.0.equals.case'],
    ['monitor: { fields: [$.a, $.b¦] }', 'value monitor.fields.1'],
    ['name: x\n\n¦\n', undefined],
  ])('%j', (marked, expected) => {
    const { document, offset } = at(marked);
    const field = fieldAt(document, offset);
    expect(field && `${field.where} ${field.path.join('.')}`).toBe(expected);
  });
});

describe('docs of fields', () => {
  it('has a sentence for every key of both files', () => {
    for (const { path, doc, type } of [...FIELD_DOCS.values(), ...CONFIG_FIELD_DOCS.values()]) {
      if (!path.endsWith('[]') && !path.endsWith('*')) expect(doc, path).toMatch(/[.`]$/);
      expect(type, path).not.toBe('');
    }
  });

  it('finds the doc of a place', () => {
    expect(fieldDoc(['modelParameters', 'maxTokens'])).toMatchObject({ type: 'whole number, 1 or more', required: false });
    expect(fieldDoc(['messages', 3, 'role'])).toMatchObject({
      path: 'messages[].role',
      values: ['system', 'user', 'assistant'],
      required: true,
    });
    expect(fieldDoc(['inputs', 'ticket', 'trusted'])).toMatchObject({ path: 'inputs.*.trusted', values: ['true', 'false'] });
    expect(fieldDoc(['evaluators', 0, 'equals', 'case'])?.doc).toContain('expected.team');
    expect(fieldDoc(['nothing'])).toBeUndefined();
    expect(fieldDoc(['providers', 'x', 'kind'], CONFIG_FIELD_DOCS)?.values).toContain('anthropic');
  });

  it('lists the keys of a place', () => {
    expect(childDocs(['messages', 0]).map(({ key }) => key)).toEqual(['role', 'content']);
    expect(childDocs([]).map(({ key }) => key)).toContain('modelParameters');
    expect(childDocs(['model'])).toEqual([]);
  });
});
