import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePrompt } from '../../prompts-schema/index.ts';
import { cliFolder } from './support.ts';

const PROMPTY = `---
name: Chat
authors: [me]
model: { api: chat, configuration: { type: openai, name: gpt-4o } }
sample: { question: Why?, history: [a, b] }
---
system:
Kind.{% for turn in history %} {{turn}}{% endfor %}

user:
{{question}}
`;
const CONFIG = `prompts:
  - { label: Short & sweet, raw: "Say {{word}}" }
  - { label: long, raw: "Please say {{word}}" }
providers: [openai:gpt-4o-mini]
tests: [{ vars: { word: hi } }]
`;

describe('evenkeel convert', () => {
  it('writes the native form beside the file and tells with lines what it could not carry over', async () => {
    using folder = cliFolder({ 'a/chat.prompty': PROMPTY, 'evenkeel.yml': 'formatVersion: 1\n' });
    const { code, out, err } = await folder.run(['convert', 'a/chat.prompty']);
    expect(out).toBe('a/chat.prompty → a/chat.prompt.yml\n');
    expect(err.split('\n').filter(Boolean)).toEqual([
      'a/chat.prompty:3: `authors` is left out: a native file has no such key.',
      expect.stringMatching(/^a\/chat\.prompty:8: The loop is the variable `\{\{history_list\}\}` now/),
    ]);
    expect(code).toBe(0);
    expect(readFileSync(path.join(folder.path, 'a/chat.prompty'), 'utf8')).toBe(PROMPTY);
    const native = parsePrompt(readFileSync(path.join(folder.path, 'a/chat.prompt.yml'), 'utf8'));
    expect(native.issues).toEqual([]);
    expect(native.testData?.map(({ variables }) => variables)).toEqual([{ question: 'Why?', history_list: ' a b' }]);
    expect((await folder.run(['lint', 'a/chat.prompt.yml'])).code).toBe(0);
  });

  it('overwrites nothing', async () => {
    using folder = cliFolder({ 'chat.prompty': PROMPTY, 'chat.prompt.yml': 'messages: []\n' });
    expect(await folder.run(['convert', 'chat.prompty'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('chat.prompt.yml exists already'),
    });
    expect(readFileSync(path.join(folder.path, 'chat.prompt.yml'), 'utf8')).toBe('messages: []\n');
  });

  it('--stdout prints and writes nothing; --json has notes with lines', async () => {
    using folder = cliFolder({ 'chat.prompty': PROMPTY });
    const printed = await folder.run(['convert', 'chat.prompty', '--stdout']);
    expect(parsePrompt(printed.out)).toMatchObject({ issues: [], name: { value: 'Chat' } });
    expect(existsSync(path.join(folder.path, 'chat.prompt.yml'))).toBe(false);
    const { json } = await folder.run(['convert', 'chat.prompty', '--json']);
    expect(json).toMatchObject([{ type: 'converted', from: 'chat.prompty', to: 'chat.prompt.yml', notes: [{ line: 3 }, { line: 8 }] }]);
  });

  it('what is native stays as it is, also on paper', async () => {
    const text = 'name: A # a word\nmessages:\n  - { role: user, content: "{{x}}" }\n';
    using folder = cliFolder({ 'a.prompt.yml': text });
    expect(await folder.run(['convert', 'a.prompt.yml'])).toMatchObject({ code: 0, out: 'a.prompt.yml is in the native form already.\n' });
    expect((await folder.run(['convert', 'a.prompt.yml', '--stdout'])).out).toBe(text);
  });

  it('a file of GitHub’s form under another name keeps its text', async () => {
    const text = '# kept\nmessages:\n  - { role: user, content: hi }\n';
    using folder = cliFolder({ 'summary.yml': text, 'other.yml': 'a: 1\n' });
    expect(await folder.run(['convert', 'summary.yml'])).toMatchObject({ code: 0, out: 'summary.yml → summary.prompt.yml\n' });
    expect(readFileSync(path.join(folder.path, 'summary.prompt.yml'), 'utf8')).toBe(text);
    expect((await folder.run(['convert', 'other.yml'])).code).toBe(2);
  });

  it('of a promptfoo config every prompt becomes a file, or the one that is named', async () => {
    using folder = cliFolder({ 'promptfooconfig.yaml': CONFIG });
    const { code, out } = await folder.run(['convert', 'promptfooconfig.yaml']);
    expect(code).toBe(0);
    expect(
      out
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split(' → ')[1]),
    ).toEqual(['promptfooconfig.short-sweet.prompt.yml', 'promptfooconfig.long.prompt.yml']);
    const native = parsePrompt(readFileSync(path.join(folder.path, 'promptfooconfig.long.prompt.yml'), 'utf8'));
    expect(native).toMatchObject({
      issues: [],
      model: { value: 'openai/gpt-4o-mini' },
      messages: [{ content: { value: 'Please say {{word}}' } }],
    });
  });

  it('--out is a file or a folder, and paths within the prompt are those from there', async () => {
    const withFiles = PROMPTY.replace('sample: { question: Why?, history: [a, b] }', 'evenkeel.dataset: ./cases.jsonl').replace(
      /\{% for .*endfor %\}/,
      '',
    );
    using folder = cliFolder({
      'a/chat.prompty': withFiles,
      'a/cases.jsonl': '{"question":"Why?"}\n',
      'b/keep.txt': '',
      'evenkeel.yml': 'formatVersion: 1\n',
    });
    expect((await folder.run(['convert', 'a/chat.prompty', '--out', 'b'])).out).toBe('a/chat.prompty → b/chat.prompt.yml\n');
    expect(parsePrompt(readFileSync(path.join(folder.path, 'b/chat.prompt.yml'), 'utf8')).dataset?.value).toBe('../a/cases.jsonl');
    expect((await folder.run(['convert', 'a/chat.prompty', '--out', 'b/own.prompt.yml'])).out).toBe('a/chat.prompty → b/own.prompt.yml\n');
    expect((await folder.run(['convert', 'a/chat.prompty', '--out', '..'])).err).toContain('leads outside the root');
  });

  it.each<readonly [what: string, argv: readonly string[], code: number, message: RegExp]>([
    ['no file', ['convert'], 2, /wants files/],
    ['a file that is none', ['convert', 'nothing.prompty'], 2, /no file or folder/],
    ['both ways out', ['convert', 'a.prompt', '--out', 'x', '--stdout'], 2, /say one/],
    ['what the native form cannot hold', ['convert', 'a.prompt'], 1, /a\.prompt:1: cannot be converted: Whether somebody speaks here/],
    ['what cannot be read', ['convert', 'broken.prompty'], 2, /broken\.prompty/],
  ])('%s', async (_what, argv, code, message) => {
    using folder = cliFolder({
      'a.prompt': '{{#each turns}}{{role "user"}}{{this}}{{/each}}',
      'broken.prompty': '---\na: [\n---\nsystem:\nhi',
    });
    expect(await folder.run(argv)).toMatchObject({ code, err: expect.stringMatching(message) });
  });
});
