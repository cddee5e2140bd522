import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { contentMap, nodeAtPath, parsePrompt, parseYamlTree, scanPlaceholders } from '../../prompts-schema/index.ts';

function written(yaml: string): readonly string[] {
  const { text, messages } = parsePrompt(yaml);
  return messages.flatMap(({ placeholders }) =>
    placeholders.map(({ range, nameRange }) => `${text.slice(range.start, range.end)} ${text.slice(nameRange.start, nameRange.end)}`),
  );
}

const message = (content: string): string => `messages:\n  - role: user\n    content: ${content}\n`;

describe('what is a placeholder', () => {
  it.each<[string, readonly string[]]>([
    ['a {{name}} b', ['name']],
    ['{{a}}{{b}}', ['a', 'b']],
    ['{{ name }}', []],
    ['{{first name}}', []],
    ['{{a\nb}}', []],
    ['{{{name}}}', ['name']],
    ['{{a.b-c_d:1}}', ['a.b-c_d:1']],
    ['{{}} {{a} {b}}', []],
    ['{{a{{b}}', ['b']],
    ['{{größe}} {{名前}}', ['größe', '名前']],
  ])('%j', (text, names) => expect(scanPlaceholders(text).map(({ name }) => name)).toEqual(names));
});

describe('where a placeholder is written', () => {
  it.each([
    ['plain', message('a {{x}} b {{y}}')],
    ['plain over several lines', message('a\n      {{x}}\n\n        b {{y}}')],
    ['double', message('"a {{x}} b {{y}}"')],
    ['double with escapes', message(String.raw`"\"é\u00e9\U0001F600 \x41 {{x}}\t\n{{y}}\\"`)],
    ['double over several lines', message('"a\n      {{x}}   \n\n\n      b {{y}}\n      "')],
    ['double with joined lines', message('"a\\\n      {{x}}b\\\n      {{y}}"')],
    ['single', message("'it''s {{x}} ''{{y}}'''")],
    ['single over several lines', message("'a\n      ''{{x}}''\n\n      b {{y}}'")],
    ['literal', message('|\n      a {{x}}\n\n        deeper {{y}}\n\n')],
    ['literal with a comment and chomping', message('|- # why\n      {{x}}\n      {{y}}')],
    ['literal with an indentation indicator', message('|2\n        {{x}}\n      {{y}}\n')],
    ['literal that begins with blank lines', message('|\n\n\n      {{x}}\n      {{y}}\n')],
    ['folded', message('>\n      a {{x}}\n      b\n\n      {{y}}\n')],
    ['folded with deeper lines', message('>-\n      a {{x}}\n        deeper\n      b\n        {{y}}\n')],
    ['Windows line ends', message('|\n      a {{x}}\n\n      b {{y}}\n').replaceAll('\n', '\r\n')],
    ['Windows line ends, folded in quotes', message('"a\n      {{x}}\n\n      b {{y}}"').replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${message('a {{x}} {{y}}')}`],
    ['an anchor', `messages:\n  - { role: system, content: &a "{{x}} {{y}}" }\n`],
  ])('%s', (_, yaml) => expect(written(yaml)).toEqual(['{{x}} x', '{{y}} y']));

  it('is the written form, where a brace is an escape', () => {
    expect(written(message(String.raw`"\x7b{x}\u007d b"`))).toEqual([String.raw`\x7b{x}\u007d x`]);
  });

  it('holds for any text in any style', () => {
    const word = fc.constantFrom('a', "it's", '"q"', '{{x}}', '{{long-name}}', '\\', '#c', 'k: v', 'é', '😀', '-', '{', '}}', '%');
    const gap = fc.constantFrom(' ', '  ', '\n', '\n\n', '\n  ', '', '\t', ' \n');
    const style = fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED');
    fc.assert(
      fc.property(fc.array(fc.tuple(word, gap), { maxLength: 20 }), style, fc.constantFrom('\n', '\r\n'), (parts, type, lineEnd) => {
        const content = parts.flat().join('');
        const yaml = stringify({ messages: [{ role: 'user', content }] }, { defaultStringType: type, lineWidth: 24 }).replaceAll(
          '\n',
          lineEnd,
        );
        const { text, messages, issues } = parsePrompt(yaml);
        expect(issues).toEqual([]);
        for (const { range, inContent } of messages[0]?.placeholders ?? [])
          expect(text.slice(range.start, range.end).replace(/\\\r?\n\s*/g, '')).toBe(
            messages[0]?.content.value.slice(inContent.start, inContent.end),
          );
      }),
      { numRuns: 400 },
    );
  });

  it('maps every character that is not white space, both ways', () => {
    for (const scalar of ["'it''s\n  a b'", '"a\\tb\\\n  c d"', '>\n  a\n  b\n\n    c\n', '|+\n  a\n\n   b\n\n', 'a\n  b']) {
      const text = `k: ${scalar}`;
      const node = nodeAtPath(parseYamlTree(text).tree, ['k']);
      if (node?.kind !== 'scalar') throw new Error('no scalar');
      const map = contentMap(text, node);
      const value = String(node.value);
      for (let at = 0; at < value.length; at++) {
        if (/\s/.test(value.charAt(at))) continue;
        expect(text.charAt(map.fileOffset(at))).toBe(value.charAt(at));
        expect(map.contentOffset(map.fileOffset(at))).toBe(at);
      }
    }
  });
});
