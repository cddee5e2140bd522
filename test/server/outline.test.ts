import { describe, expect, it } from 'vitest';
import type { DocumentSymbol, FoldingRange, InlayHint, SemanticTokens, SymbolInformation } from 'vscode-languageserver/node';
import { TOKEN_KINDS } from '../../server/tokenLegend.ts';
import { openServer } from './support/client.ts';

async function ask<R>(file: string, text: string, method: string, files: Readonly<Record<string, string>> = {}): Promise<R> {
  await using server = await openServer({ files });
  await server.open(file, text);
  const end = { line: text.split('\n').length, character: 0 };
  const answer = await server.connection.sendRequest<R>(method, {
    textDocument: { uri: server.uri(file) },
    range: { start: { line: 0, character: 0 }, end },
  });
  expect(server.failures).toEqual([]);
  return answer;
}

const NATIVE = `# one
# two
name: Triage
model: anthropic/claude-haiku-4-5
inputs:
  ticket: { type: string }
messages:
  - role: system
    content: |
      Route the ticket.
      Answer in a word.
  - role: user
    content: "{{ticket}}"
testData:
  - { id: late, ticket: where is it }
evaluators:
  - name: filled
    notEmpty: true
`;

const DOTPROMPT = `---
model: openai/gpt-4o-mini
input:
  schema:
    items(array): string
---
{{! who speaks }}
{{role "system"}}
Be brief.
{{#each items as |item index|}}
- {{json item indent=2}}
{{/each}}
{{>tail}}
`;

const PROMPTY = `---
name: Basic
inputs:
  name: Jane
---
system:
{# a note #}
{% if name is defined %}
Hello {{ name | default("you") | upper }}!
{% endif %}
user:
Go on.
`;

describe('document symbols', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'a.prompt.yml',
      NATIVE,
      [
        'Triage',
        'anthropic/claude-haiku-4-5',
        'inputs > ticket (string)',
        'messages > system (Route the ticket.)',
        'messages > user ({{ticket}})',
        'testData > late',
        'evaluators > filled (notEmpty)',
      ],
    ],
    [
      'a.prompt',
      DOTPROMPT,
      ['openai/gpt-4o-mini', 'inputs > items (array)', 'messages > user ({{! who speaks }})', 'messages > system (Be brief.)'],
    ],
    [
      'a.prompty',
      PROMPTY,
      ['Basic', 'inputs > name (string)', 'messages > system ({# a note #})', 'messages > user (Go on.)', 'testData > 1'],
    ],
  ])('of %s', async (file, text, expected) => {
    const symbols = await ask<DocumentSymbol[]>(file, text, 'textDocument/documentSymbol');
    const words = symbols.flatMap(({ name, children }) =>
      children ? children.map((child) => `${name} > ${child.name}${child.detail ? ` (${child.detail})` : ''}`) : [name],
    );
    expect(words.filter((word) => !word.startsWith('testData > ') || word === 'testData > late')).toEqual(
      expected.filter((word) => word !== 'testData > 1'),
    );
    const inside = (outer: DocumentSymbol, inner: DocumentSymbol): boolean =>
      outer.range.start.line <= inner.range.start.line && outer.range.end.line >= inner.range.end.line;
    for (const symbol of symbols) for (const child of symbol.children ?? []) expect(inside(symbol, child)).toBe(true);
  });
});

describe('workspace symbols', () => {
  it.each<[string, readonly string[]]>([
    ['', ['Basic (b.prompty)', 'Triage (a.prompt.yml)', 'sub/c.prompt (sub/c.prompt)']],
    ['triage', ['Triage (a.prompt.yml)']],
    ['tg', ['Triage (a.prompt.yml)']],
    ['sub', ['sub/c.prompt (sub/c.prompt)']],
    ['nothing', []],
  ])('for %j', async (query, expected) => {
    const files = { 'a.prompt.yml': NATIVE, 'b.prompty': PROMPTY, 'sub/c.prompt': 'Hello\n', 'd.prompt.yml': 'name: Out\nmessages: []\n' };
    await using server = await openServer({ files: { ...files, 'evenkeel.yml': 'prompts: { exclude: [d.*] }\n' } });
    const found = await server.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query });
    expect(found.map(({ name, containerName }) => `${name} (${containerName})`).sort()).toEqual(expected);
  });
});

it.each<[string, string, readonly string[]]>([
  ['a.prompt.yml', NATIVE, ['1-2 comment', '5-6', '7-13', '8-11', '9-11', '12-13', '14-15', '16-18', '17-18']],
  ['a.prompt', DOTPROMPT, ['1-5', '3-5', '4-5', '8-13', '10-11']],
  ['a.prompty', PROMPTY, ['1-4', '3-4', '6-10', '8-9', '11-12']],
  ['promptfooconfig.yaml', 'prompts:\n  - a\n  - |\n    b\n    c\ntests:\n  - vars: { a: 1 }\n', ['1-5', '3-5', '6-7']],
])('folds of %s', async (file, text, expected) => {
  const folds = await ask<FoldingRange[]>(file, text, 'textDocument/foldingRange');
  expect(folds.map(({ startLine, endLine, kind }) => `${startLine + 1}-${endLine + 1}${kind ? ` ${kind}` : ''}`)).toEqual(expected);
});

describe('inlay hints', () => {
  it.each<[string, string, readonly string[], Readonly<Record<string, string>>?]>([
    ['a.prompt.yml', NATIVE, ['4 → claude-haiku-4-5-20251001', '8 ≈ 9 tokens', '12 ≈ 3 tokens + values']],
    ['a.prompt', DOTPROMPT, ['2 → gpt-4o-mini-2024-07-18', '8 ≈ 22 tokens + values']],
    [
      'b.prompt.yml',
      'name: x\nmessages:\n  - role: user\n    content: hello\n',
      ['1 model: sandbox/extractor-2026-05', '3 ≈ 2 tokens'],
      { 'evenkeel.yml': 'defaults: { model: sandbox/extractor-2026-05 }\n' },
    ],
  ])('of %s', async (file, text, expected, files = {}) => {
    const hints = await ask<InlayHint[]>(file, text, 'textDocument/inlayHint', files);
    expect(hints.map(({ position, label }) => `${position.line + 1} ${String(label)}`).sort()).toEqual([...expected].sort());
  });
});

describe('semantic tokens', () => {
  it.each<[string, string, string]>([
    ['a.prompt.yml', 'messages:\n  - role: user\n    content: "a {{name}}"\n', 'delimiter {{ · variable name · delimiter }}'],
    [
      'a.prompt',
      DOTPROMPT,
      'comment {{! who speaks }} · delimiter {{ · filter role · string "system" · delimiter }} · delimiter {{# · keyword each · variable items · keyword as · variable item · variable index · delimiter }} · delimiter {{ · filter json · variable item · property indent · number 2 · delimiter }} · delimiter {{/ · keyword each · delimiter }} · delimiter {{> · filter tail · delimiter }}',
    ],
    [
      'a.prompty',
      PROMPTY,
      'comment {# a note #} · delimiter {% · keyword if · variable name · keyword is · variable defined · delimiter %} · delimiter {{ · variable name · filter default · string "you" · filter upper · delimiter }} · delimiter {% · keyword endif · delimiter %}',
    ],
    ['promptfooconfig.yaml', 'prompts:\n  - "Hi {{ name | upper }}"\n', 'delimiter {{ · variable name · filter upper · delimiter }}'],
    [
      'b.prompt',
      'Half {{#if na\nThe rest {{name}}\n',
      'delimiter {{# · keyword if · variable na · delimiter {{ · variable name · delimiter }}',
    ],
    [
      'c.prompt',
      '{{!-- over\ntwo lines --}}{{a}}',
      'comment {{!-- over · comment two lines --}} · delimiter {{ · variable a · delimiter }}',
    ],
  ])('of %s', async (file, text, expected) => {
    const { data } = await ask<SemanticTokens>(file, text, 'textDocument/semanticTokens/full');
    const lines = text.split('\n');
    const words: string[] = [];
    let [line, character] = [0, 0];
    for (let at = 0; at < data.length; at += 5) {
      const [down = 0, along = 0, length = 0, kind = 0] = data.slice(at, at + 4);
      character = down > 0 ? along : character + along;
      line += down;
      words.push(`${TOKEN_KINDS[kind]} ${(lines[line] ?? '').slice(character, character + length)}`);
    }
    expect(words.join(' · ')).toBe(expected);
  });
});
