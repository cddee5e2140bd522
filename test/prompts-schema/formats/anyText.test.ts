import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIALECTS, type PromptFormat, parsePrompt, renderPrompt, type TemplateDialect } from '../../../prompts-schema/index.ts';
import { rendered } from '../template/rendered.ts';
import { expectInside, read } from './checkFormat.ts';

/** Text that looks enough like templates and their settings to get past the first line. */
const piece = fc.constantFrom(
  ...[
    '---\n',
    '+++\n',
    '\n---\n',
    'model: x\n',
    'input:\n  schema:\n',
    '    a: string, b\n',
    '    b?(array): c\n',
    'config: { temperature: 1 }\n',
    '\n',
  ],
  ...[
    'inputs:\n',
    '  - { name: a, kind: string }\n',
    'sample: { a: 1 }\n',
    'template: mustache\n',
    'evenkeel:\n',
    '  evaluators: []\n',
    '# x\n',
    ': ',
    '- ',
  ],
  ...[
    'system:',
    '\nuser:\n',
    '\n# assistant:\n',
    'user[a="{{x}}"]:\n',
    '{{item.role}}:',
    '![a](b)',
    '\r\n',
    '\uFEFF',
    '\u0000',
    '\uD800',
    '😀',
  ],
  ...[
    '{{',
    '}}',
    '{{{',
    '}}}',
    '{%',
    '%}',
    '{#',
    '#}',
    '{{#',
    '{{/',
    '{{^',
    '{{>',
    '{{!',
    '{{!--',
    '--}}',
    '{{{{',
    '}}}}',
    '~',
    '-',
    '\\',
    '\\\\',
  ],
  ...[
    'if x',
    'each xs',
    'with u',
    'else',
    'else if y',
    '/if',
    '/each',
    'role "system"',
    'history',
    'json x indent=2',
    'as |a b|',
    '(lookup x "y")',
  ],
  ...[
    '{% if x %}',
    '{% endif %}',
    '{% for a in xs %}',
    '{% endfor %}',
    '{% set a = x %}',
    '{% else %}',
    '{% raw %}',
    '{% endraw %}',
    '{% block b %}',
  ],
  ...[
    ' x ',
    '.y',
    '[0]',
    '["z"]',
    ' | upper',
    ' | default("d")',
    ' is defined',
    '("a", b=1)',
    ' and ',
    ' not ',
    '==',
    '"',
    "'",
    '../',
    '@index',
    'this',
  ],
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
);
const VALUES = { x: 'v', xs: ['a', { y: 'b' }], u: { y: 'w' }, a: 1 };

/** Machines that run other things at the same time are given more time; a hang is minutes. */
const SLOW = 3;

describe('any text', () => {
  it.each<PromptFormat>(['dotprompt', 'prompty'])('is a %s file with places inside the text', (format) => {
    fc.assert(
      fc.property(text, (source) => {
        const document = read(source, format);
        expectInside(document);
        const { messages, problem } = renderPrompt(document, VALUES);
        if (problem) expect(messages).toEqual([]);
      }),
      { numRuns: 2500 },
    );
  });

  it.each<TemplateDialect>(['github', 'handlebars', 'jinja', 'mustache', 'nunjucks'])(
    'is a template of %s with places inside the text',
    (dialect) => {
      fc.assert(
        fc.property(text, fc.nat(5), (source, cut) => {
          const end = source.length;
          const start = Math.min(cut, end);
          const { nodes, issues, blocks } = DIALECTS[dialect].parse({ text: source, start, end });
          for (const { range } of [...nodes, ...issues])
            expect(start <= range.start && range.start <= range.end && range.end <= end).toBe(true);
          for (const { open } of blocks) expect(start <= open.start && open.end <= end).toBe(true);
          for (const node of nodes) if (node.kind === 'text') expect(source.slice(node.range.start, node.range.end)).toBe(node.text);
          rendered(dialect, source, VALUES);
        }),
        { numRuns: 2000 },
      );
    },
  );

  it.each<[string, string]>([
    ['braces', '{{'],
    ['open brackets', '{{[ '],
    ['quotes', '{{ " '],
    ['braces and other signs', '{{& '],
    ['blocks', '{{#if x}}'],
    ['tags', '{% if x %}'],
    ['roles', 'user:\n'],
    ['roles and values', 'user:\n{{x}}\n'],
    ['attributes', 'user[ '],
    ['spaces', ' '],
    ['line ends', '\r\n'],
    ['licence lines', '# a\r\n'],
    ['pictures', '![a]('],
    ['dashes', '---\n'],
    ['comments', '{{!-- '],
    ['backslashes', '\\'],
    ['else', '{{else}}'],
    ['words', 'role role role '],
  ])(
    'of %s alone, a megabyte long, is read and rendered without a hang',
    (_, unit) => {
      const source = unit.repeat(Math.floor(999_000 / unit.length));
      for (const format of ['dotprompt', 'prompty'] as const) {
        const start = performance.now();
        renderPrompt(parsePrompt(source, format), VALUES);
        expect(performance.now() - start).toBeLessThan(1_000 * SLOW);
      }
    },
    60_000,
  );
});
