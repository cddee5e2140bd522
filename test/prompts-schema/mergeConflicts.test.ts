import { describe, expect, it } from 'vitest';
import { type Issue, parseConfig, parsePrompt, readDataset, severalPrompts } from '../../prompts-schema/index.ts';

const CONFLICT = '<<<<<<< HEAD\n    content: Say one.\n=======\n    content: Say two.\n>>>>>>> other\n';
const three = CONFLICT.replace('=======', '||||||| base\n    content: Say it.\n=======');

/** Each issue as `code line: text it stands on`. */
function told(text: string, issues: readonly Issue[]): readonly string[] {
  return issues.map(({ code, range }) => `${code} ${text.slice(0, range.start).split('\n').length}: ${text.slice(range.start, range.end)}`);
}

describe('a merge that git left to a person', () => {
  it.each<[string, string, (text: string) => readonly Issue[], number]>([
    ['a native prompt', `name: A\nmessages:\n  - role: user\n${CONFLICT}evaluators: []\n`, (text) => parsePrompt(text).issues, 4],
    ['a native prompt, with the base between', `messages:\n  - role: user\n${three}`, (text) => parsePrompt(text).issues, 3],
    ['a block of text', `messages:\n  - role: user\n    content: |\n      Say\n${CONFLICT}`, (text) => parsePrompt(text).issues, 5],
    [
      'lines that end otherwise',
      `messages:\r\n  - role: user\r\n${CONFLICT.replaceAll('\n', '\r\n')}`,
      (text) => parsePrompt(text).issues,
      3,
    ],
    ['the settings of a Dotprompt file', `---\nmodel: a/b\n${CONFLICT}---\nHello.\n`, (text) => parsePrompt(text, 'dotprompt').issues, 3],
    ['the text of a Dotprompt file', `---\nmodel: a/b\n---\nHello.\n${CONFLICT}`, (text) => parsePrompt(text, 'dotprompt').issues, 5],
    ['the text of a Prompty file', `---\nname: A\n---\nsystem:\nHello.\n${CONFLICT}`, (text) => parsePrompt(text, 'prompty').issues, 6],
    ['a promptfoo file', `prompts: [Hello]\n${CONFLICT}`, (text) => severalPrompts('promptfooconfig.yaml', text)?.whole.issues ?? [], 2],
    ['evenkeel.yml', `formatVersion: 1\n${CONFLICT}`, (text) => parseConfig(text).issues, 2],
    ['a dataset', `- { ticket: a }\n${CONFLICT}`, (text) => readDataset(text, 'yaml').issues, 2],
  ])('in %s is one finding at its first line', (_, text, issues, line) => {
    expect(told(text, issues(text))).toEqual([`schema.syntax ${line}: <<<<<<< HEAD`]);
  });

  it('twice is two findings, which say what to do', () => {
    const text = `messages:\n  - role: user\n${CONFLICT}  - role: user\n${CONFLICT}`;
    const { issues } = parsePrompt(text);
    expect(told(text, issues)).toEqual(['schema.syntax 3: <<<<<<< HEAD', 'schema.syntax 9: <<<<<<< HEAD']);
    expect(issues[0]?.message).toMatch(/Keep what is right of both sides, and remove the lines/);
  });

  it.each([
    ['a heading of Markdown', 'Title\n=======\nText.\n'],
    ['markers in another order', '>>>>>>> a\n=======\n<<<<<<< b\n'],
    ['an arrow of more signs', '<<<<<<<<<< a\n==========\n>>>>>>>>>> b\n'],
  ])('is not %s', (_, body) => {
    expect(parsePrompt(`---\nmodel: a/b\n---\n${body}`, 'dotprompt').issues).toEqual([]);
  });
});
