import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isPromptFile } from '../../extension/client/documents.ts';
import { isPromptFile as isPrompt } from '../../prompts-schema/index.ts';

const ROOT = new URL('../../', import.meta.url);
const json = (path: string) => JSON.parse(fs.readFileSync(new URL(path, ROOT), 'utf8'));
const { languages, grammars } = json('package.json').contributes;

describe('the languages of the manifest', () => {
  it('are those of prompt files that are no YAML', () => {
    expect(languages.flatMap(({ extensions }: { readonly extensions: readonly string[] }) => extensions).sort()).toEqual([
      '.prompt',
      '.prompty',
    ]);
    for (const name of ['a.prompt', 'a.prompty', 'a.prompt.yml', '_a.prompt', 'a.yml'])
      expect([name, isPromptFile(name)]).toEqual([name, isPrompt(name)]);
  });

  it.each(languages as readonly { readonly id: string; readonly configuration: string }[])(
    '$id has a configuration',
    ({ configuration }) => {
      expect(json(configuration).comments.blockComment).toHaveLength(2);
    },
  );

  it.each(grammars as readonly { readonly language: string; readonly scopeName: string; readonly path: string }[])(
    'the grammar of $language includes nothing that it lacks, and its patterns are well-formed',
    ({ language, scopeName, path }) => {
      const grammar = json(path);
      expect(grammar.scopeName).toBe(scopeName);
      expect(languages.map(({ id }: { readonly id: string }) => id)).toContain(language);
      const patterns: string[] = [];
      const includes: string[] = [];
      JSON.stringify(grammar, (key, value) => {
        if (['match', 'begin', 'end'].includes(key) && typeof value === 'string') patterns.push(value);
        if (key === 'include') includes.push(value);
        return value;
      });
      for (const pattern of patterns) expect(() => new RegExp(pattern.replaceAll('\\A', '^'), 'u')).not.toThrow();
      for (const include of includes.filter((one) => one.startsWith('#')))
        expect(Object.keys(grammar.repository)).toContain(include.slice(1));
      expect(includes).toEqual(expect.arrayContaining(['source.yaml', 'text.html.markdown']));
    },
  );

  it.each([
    ['extension/languages/dotprompt.tmLanguage.json', '{{#each items as |item|}}', '{{#', '}}'],
    ['extension/languages/dotprompt.tmLanguage.json', '{{{name}}}', '{{{', '}}}'],
    ['extension/languages/prompty.tmLanguage.json', '{% if name %}', '{%', '%}'],
    ['extension/languages/prompty.tmLanguage.json', '{{- name -}}', '{{-', '-}}'],
    ['extension/languages/prompty.tmLanguage.json', '{{name}}', '{{', '}}'],
  ])('in %s a tag such as %s begins with %s and ends with %s', (path, text, open, close) => {
    const { begin, end } = json(path).repository.tag;
    expect(new RegExp(begin).exec(text)?.[0]).toBe(open);
    expect(new RegExp(end).exec(text)?.[0]).toBe(close);
  });
});
