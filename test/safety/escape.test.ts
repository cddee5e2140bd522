import { describe, expect, it } from 'vitest';
import { codeMarkdown, escapeMarkdown, escapeTerminal, escapeTerminalLine, fenceMarkdown } from '../../safety/index.ts';

describe('untrusted text for a terminal', () => {
  it.each([
    ['\u001b[2J\u001b]0;title\u0007', '\\u{1b}[2J\\u{1b}]0;title\\u{7}'],
    ['\u202Eevil\u2066', '\\u{202e}evil\\u{2066}'],
    ['zero\u200bwidth', 'zero\\u{200b}width'],
    ['a\rb', 'a\\u{d}b'],
    ['C1 \u009b31m', 'C1 \\u{9b}31m'],
    ['Grüße 49 € 🙂\n\tok', 'Grüße 49 € 🙂\n\tok'],
  ])('%j', (text, expected) => expect(escapeTerminal(text)).toBe(expected));

  it('on one line has no line ends', () => expect(escapeTerminalLine('a\r\nb\tc')).toBe('a b c'));
});

describe('untrusted text in Markdown', () => {
  it.each(['[x](command:evil)', '![i](http://e)', '<img src=x onerror=1>', '`code`', '# h', '@user', 'https://x.y'])(
    '%j has nothing live',
    (text) => {
      const escaped = escapeMarkdown(text);
      expect(escaped).not.toMatch(/(?<!\\)[[\]()`!#@:]/);
      expect(escaped).not.toContain('<');
    },
  );

  it('a fence is longer than any run inside', () => {
    expect(fenceMarkdown('a ````b````', 'json')).toBe('`````json\na ````b````\n`````');
    expect(codeMarkdown('a `b` c')).toBe('`` a `b` c ``');
    expect(codeMarkdown(' two\nlines ')).toBe('`two lines`');
    expect(codeMarkdown('  ')).toBe('');
  });
});
