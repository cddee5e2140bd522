import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPrompt } from '../../cli/library.ts';
import { cliFolder } from './support.ts';

const HEAD = '---\nmodel: openai/gpt-5\n---\n';
const CONFIG = 'prompts: "file://texts/*.txt"\nproviders: [openai:gpt-5]\n';

/** What an app gets of a prompt that nobody has released yet. */
async function rendered(files: Readonly<Record<string, string>>, promptId: string, variables: Readonly<Record<string, unknown>>) {
  using folder = cliFolder({ 'evenkeel.yml': 'formatVersion: 1\n', ...files });
  const prompt = await loadPrompt(path.join(folder.path, promptId), { unreleased: 'allow' });
  return { variables: prompt.variables, messages: prompt.render(variables) };
}

describe('a prompt that an app loads', () => {
  it('has its partials put in, and their variables asked for', async () => {
    const files = {
      'p/ask.prompt': `${HEAD}{{>style}}\n{{question}}\n`,
      '_style.prompt': '{{role "system"}}Be {{mood}}. {{>tone}}{{role "user"}}',
      'p/_tone.prompt': 'Be kind.',
    };
    expect(await rendered(files, 'p/ask.prompt', { question: 'Why?', mood: 'short' })).toEqual({
      variables: ['question', 'mood'],
      messages: [
        { role: 'system', content: 'Be short. Be kind.' },
        { role: 'user', content: 'Why?' },
      ],
    });
  });

  it('is one of several in a configuration, with the text of its file', async () => {
    const files = { 'promptfooconfig.yaml': CONFIG, 'texts/a.txt': 'About {{topic}}.\n', 'texts/b.txt': 'Never {{topic}}.\n' };
    expect(await rendered(files, 'promptfooconfig.yaml#a', { topic: 'cats' })).toEqual({
      variables: ['topic'],
      messages: [{ role: 'user', content: 'About cats.' }],
    });
  });

  it('is a template with loops, in Prompty', async () => {
    const text = '---\nname: a\nmodel: openai/gpt-5\n---\nuser:\n{% for item in items %}{{ item }},{% endfor %}{{ name }}\n';
    expect(await rendered({ 'a.prompty': text }, 'a.prompty', { items: [1, 2], name: 'x' })).toMatchObject({
      messages: [{ role: 'user', content: '1,2,x' }],
    });
  });

  it.each([
    ['a partial that is nowhere', { 'a.prompt': `${HEAD}{{>nowhere}}\n` }, 'missing', /No file _nowhere\.prompt is/],
    [
      'a partial within itself',
      { 'a.prompt': `${HEAD}{{>a}}\n`, '_a.prompt': '{{>a}}' },
      'invalid',
      /cannot be rendered: .* part of itself/,
    ],
    ['a role from data', { 'a.prompt': `${HEAD}{{role who}}\nHi.\n` }, 'invalid', /^a\.prompt:4: The prompt cannot be rendered: A role/],
    ['a variable without a value', { 'a.prompt': `${HEAD}{{question}}\n` }, 'variables', /lacks question/],
  ])('is refused with %s, and never half of it', async (_name, files, code, message) => {
    await expect(rendered(files, 'a.prompt', { who: 'system' })).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
