import { describe, expect, it } from 'vitest';
import { parsePrompt, withVersion } from '../../prompts-schema/index.ts';

const MESSAGES = 'messages:\n  - role: user\n    content: hi\n';

describe('a version is written into a prompt file', () => {
  it.each<[string, string, string | undefined]>([
    ['in place of the old one', `version: 1.0.0 # the first\n${MESSAGES}`, `version: 2.0.0 # the first\n${MESSAGES}`],
    ['in double quotes', `version: "1.0.0"\n${MESSAGES}`, `version: "2.0.0"\n${MESSAGES}`],
    ['in single quotes', `version: '1.0.0'\n${MESSAGES}`, `version: '2.0.0'\n${MESSAGES}`],
    ['in place of a number', `version: 1.4\n${MESSAGES}`, `version: 2.0.0\n${MESSAGES}`],
    ['behind a key without a value', `version:\n${MESSAGES}`, `version: 2.0.0\n${MESSAGES}`],
    ['behind a key without a value and a comment', `version: # later\n${MESSAGES}`, `version: 2.0.0 # later\n${MESSAGES}`],
    ['below the name', `# head\nname: a\nmodel: x/y\n${MESSAGES}`, `# head\nname: a\nversion: 2.0.0\nmodel: x/y\n${MESSAGES}`],
    ['below a name with a comment', `name: a # b\n${MESSAGES}`, `name: a # b\nversion: 2.0.0\n${MESSAGES}`],
    ['below a name of several lines', `name: >\n  a\n  b\n\n${MESSAGES}`, `name: >\n  a\n  b\nversion: 2.0.0\n\n${MESSAGES}`],
    ['below a name that ends the file', `${MESSAGES}name: a`, `${MESSAGES}name: a\nversion: 2.0.0`],
    ['above the first key', `# head\n${MESSAGES}`, `# head\nversion: 2.0.0\n${MESSAGES}`],
    [
      'above the first key of an indented file',
      `  name: 1\n  ${MESSAGES.replaceAll('\n', '\n  ').trimEnd()}\n`,
      `  name: 1\n  version: 2.0.0\n  ${MESSAGES.replaceAll('\n', '\n  ').trimEnd()}\n`,
    ],
    [
      'with Windows line ends',
      `name: a\r\n${MESSAGES.replaceAll('\n', '\r\n')}`,
      `name: a\r\nversion: 2.0.0\r\n${MESSAGES.replaceAll('\n', '\r\n')}`,
    ],
    ['within braces', '{ messages: [{ role: user, content: hi }] }', '{ version: 2.0.0, messages: [{ role: user, content: hi }] }'],
    ['not where there is no place', '--- !!map\n? messages\n: - { role: user, content: hi }\n', undefined],
  ])('%s', (_, text, expected) => {
    const fresh = withVersion(parsePrompt(text), '2.0.0');
    expect(fresh).toBe(expected);
    if (fresh === undefined) return;
    const document = parsePrompt(fresh);
    expect(document.version?.value).toBe('2.0.0');
    expect(document.messages.map(({ content }) => content.value)).toEqual(parsePrompt(text).messages.map(({ content }) => content.value));
    expect(withVersion(document, '2.0.0')).toBe(fresh);
  });

  it('in braces that name one already', () => {
    expect(withVersion(parsePrompt('{ version: 1.0.0, messages: [{ role: user, content: hi }] }'), '2.0.0')).toContain(
      '{ version: 2.0.0, ',
    );
  });
});
