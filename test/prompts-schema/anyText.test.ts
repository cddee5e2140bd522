import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  completionContextAt,
  encodeLock,
  fieldAt,
  type Issue,
  type PositionedNode,
  parseConfig,
  parseJsonTree,
  parseLock,
  parsePrompt,
  readDataset,
  renderPrompt,
  salvageReleases,
  sealOf,
} from '../../prompts-schema/index.ts';
import { releaseOf, testedWith } from '../support/releases.ts';

/** Text that looks enough like YAML, JSON and CSV to get past the first line. */
const piece = fc.constantFrom(
  ...['messages:', 'role: user', 'content: ', 'evaluators:', 'string:', 'testData:', 'jsonSchema: ', 'inputs:', 'path: $.a[*]', 'name'],
  ...[
    '\n',
    '\n  ',
    '\n    ',
    '\n  - ',
    '- ',
    ': ',
    '? ',
    '{',
    '}',
    '[',
    ']',
    ',',
    '"',
    "'",
    '|\n',
    '>-\n',
    '#',
    '&a ',
    '*a',
    '<<: ',
    '!!str ',
  ],
  ...[
    '{{x}}',
    '\t',
    '\\',
    '\u0000',
    '\uFEFF',
    '\uD800',
    '__proto__',
    'null',
    '1e999',
    '.nan',
    '---\n',
    '...\n',
    '%YAML 1.2\n',
    '😀',
    '\r',
    '\r\n',
  ],
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
);

function expectInside(length: number, issues: readonly Issue[], tree: PositionedNode | undefined): void {
  for (const { range } of issues) expect(0 <= range.start && range.start <= range.end && range.end <= length).toBe(true);
  const visit = (node: PositionedNode): void => {
    expect(0 <= node.range.start && node.range.start <= node.range.end && node.range.end <= length).toBe(true);
    if (node.kind === 'list') node.items.forEach(visit);
    if (node.kind !== 'map') return;
    for (const { keyRange, range, value } of node.entries) {
      expect(keyRange.start <= keyRange.end && range.start === keyRange.start && range.end >= keyRange.end && range.end <= length).toBe(
        true,
      );
      visit(value);
    }
  };
  if (tree) visit(tree);
}

describe('any text', () => {
  it('is a prompt with places inside the text', () => {
    fc.assert(
      fc.property(text, (source) => {
        const document = parsePrompt(source);
        expectInside(source.length, document.issues, document.tree);
        for (const { placeholders } of document.messages)
          for (const { range } of placeholders) expect(range.start < range.end && range.end <= source.length).toBe(true);
        renderPrompt(document, { x: 'y' });
      }),
      { numRuns: 2000 },
    );
  });

  it('reads the same twice', () => {
    fc.assert(
      fc.property(text, (source) => {
        expect(JSON.stringify(parsePrompt(source))).toBe(JSON.stringify(parsePrompt(source)));
      }),
      { numRuns: 200 },
    );
  });

  it('is a configuration', () => {
    fc.assert(
      fc.property(text, (source) => {
        const { issues, tree, config } = parseConfig(source);
        expectInside(source.length, issues, tree);
        expect(config.formatVersion).toBe(1);
      }),
      { numRuns: 500 },
    );
  });

  it('is a dataset in every format', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('jsonl', 'csv', 'yaml', 'json'), (source, format) => {
        const { rows, issues, columns } = readDataset(source, format);
        expectInside(source.length, issues, undefined);
        for (const { range } of [...rows, ...columns])
          expect(0 <= range.start && range.start <= range.end && range.end <= source.length).toBe(true);
        expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('is a lock file, or says where it is none', () => {
    const sealed = encodeLock({
      releases: [releaseOf('1.0.0', { tested: [testedWith('a/b')] }), releaseOf('1.1.0', { released: '2026-11-21' })],
    });
    const markers = fc.constantFrom(
      '<<<<<<< a\n',
      '||||||| b\n',
      '=======\n',
      '>>>>>>> c\n',
      'formatVersion: 1\n',
      'releases:\n',
      '  - version: 1.0.0\n',
      sealed,
    );
    const torn = fc
      .tuple(fc.nat(sealed.length), text, fc.nat(20))
      .map(([at, put, gone]) => sealed.slice(0, at) + put + sealed.slice(at + gone));
    const merged = fc.array(fc.oneof(text, markers), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(text, torn, merged), (source) => {
        const parsed = parseLock(source);
        const ranges = parsed.status === 'read' ? parsed.unsealed.map(({ range }) => range) : [parsed.range];
        for (const range of ranges) expect(0 <= range.start && range.start <= range.end && range.end <= source.length).toBe(true);
        if (parsed.status === 'read') expect(parseLock(encodeLock(parsed.lock))).toEqual({ ...parsed, unsealed: [] });
        for (const release of salvageReleases(source).sealed) expect(encodeLock({ releases: [release] })).toContain(sealOf(release));
      }),
      { numRuns: 2000 },
    );
  });

  it('can be asked about at any place', () => {
    fc.assert(
      fc.property(text, fc.nat(60), (source, at) => {
        const document = parsePrompt(source);
        const offset = Math.min(at, source.length);
        fieldAt(document, offset);
        const context = completionContextAt(document, offset);
        if (context) expect(context.replaceRange.start <= offset && context.replaceRange.end <= source.length).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('is JSON exactly when JSON.parse says so', () => {
    const value = fc.jsonValue({ maxDepth: 4 }).map((json) => JSON.stringify(json));
    const broken = fc
      .tuple(value, fc.nat(30), fc.constantFrom('', ',', '}', '"', ' ', '0', '\n'))
      .map(([json, at, put]) => json.slice(0, at) + put + json.slice(at + 1));
    fc.assert(
      fc.property(fc.oneof(value, broken, text), (source) => {
        let valid = true;
        try {
          JSON.parse(source);
        } catch {
          valid = false;
        }
        expect(parseJsonTree(source).ok).toBe(valid);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('texts made to harm', () => {
  const aliases = `${[...'abcdefgh']
    .map(
      (name, index) =>
        `${name}: &${name} [${Array(9)
          .fill(index ? `*${'abcdefgh'.charAt(index - 1)}` : 'x')
          .join(',')}]`,
    )
    .join('\n')}\n`;
  it.each([
    ['brackets', '['.repeat(1200), 'schema.too-deep'],
    ['closed brackets', '['.repeat(1200) + ']'.repeat(1200), 'schema.too-deep'],
    ['braces', '{a: '.repeat(1200), 'schema.too-deep'],
    ['dashes', '- '.repeat(5000), 'schema.too-deep'],
    ['questions', `${'? '.repeat(400)}x`, 'schema.too-deep'],
    ['brackets hidden behind quoted ones', '[["]]",'.repeat(3000), 'schema.too-deep'],
    ['indentation', Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'schema.too-deep'],
    ['aliases of aliases', aliases, 'schema.syntax'],
    ['an alias in itself', 'a: &a { b: *a }', 'schema.syntax'],
    ['a large file', 'a'.repeat(1_000_001), 'schema.too-large'],
    ['many keys', 'a:\n'.repeat(300_000), 'schema.too-large'],
  ])('%s', (_, source, code) => {
    const { issues } = parsePrompt(source);
    expect(issues.map((issue) => issue.code)).toContain(code);
    expect(issues.length).toBeLessThan(20);
    expect(parseConfig(source).issues.map((issue) => issue.code)).toContain(code);
  });

  it('keeps prose with many brackets', () => {
    expect(parsePrompt(`messages:\n  - role: user\n    content: |\n      ${'[ '.repeat(500)}\n`).issues).toEqual([]);
  });

  it('refuses deep JSON in datasets', () => {
    const deep = `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    expect(readDataset(`${deep}\n{"a":1}\n`, 'jsonl')).toMatchObject({
      rows: [{ variables: { a: 1 } }],
      issues: [{ code: 'dataset.invalid-row' }],
    });
    expect(readDataset(`[${deep}]`, 'json').issues[0]?.code).toBe('schema.too-deep');
  });

  it('leaves no prototype behind', () => {
    const rows = [
      ...readDataset('{"__proto__": {"polluted": 1}, "constructor": 2}\n', 'jsonl').rows,
      ...readDataset('__proto__,constructor,expected.__proto__.polluted\n1,2,3\n', 'csv').rows,
      ...readDataset('- __proto__: { polluted: 1 }\n', 'yaml').rows,
      ...(parsePrompt('messages: []\ntestData:\n  - __proto__: { polluted: 1 }\n').testData ?? []),
    ];
    for (const { variables } of rows) expect(Object.keys(variables)).toContain('__proto__');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(rows.map(({ variables }) => (variables as { polluted?: unknown }).polluted)).toEqual(rows.map(() => undefined));
  });
});
