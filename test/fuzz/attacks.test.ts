import { describe, expect, it } from 'vitest';
import { loadRegexEngine } from '../../engine/evaluators/regexEngine.ts';
import { parseDeployments } from '../../ledger/index.ts';
import { lintPrompt } from '../../lint/index.ts';
import { type Issue, parseConfig, parseLock, parsePrompt, readDataset, severalPrompts } from '../../prompts-schema/index.ts';
import { watched } from '../../scripts/fuzz/watched.ts';
import { EMPTY_FACTS } from '../lint/checkRules.ts';

/** Machines that run other things at the same time are given more time; each limit is what a machine that does nothing else has to keep. */
const SLOW = 4;

/** The fastest of three, in milliseconds: what the program takes, not what else the machine does. */
function quickest(work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 3; turn++) {
    const started = performance.now();
    work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

const DEEP = 100_000;
const aliases = `${[...'abcdefghi']
  .map(
    (name, at) =>
      `${name}: &${name} [${Array(10)
        .fill(at ? `*${'abcdefghi'.charAt(at - 1)}` : 'x')
        .join(', ')}]`,
  )
  .join('\n')}\n`;

/** YAML that is more than it looks, by what it is made of. */
const YAML_BOMBS: readonly (readonly [what: string, text: string])[] = [
  ['brackets', '['.repeat(DEEP)],
  ['maps in brackets', '{a: '.repeat(DEEP)],
  ['lists', '- '.repeat(DEEP)],
  ['questions', '? '.repeat(DEEP)],
  ['indentation', Array.from({ length: 1300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ['a thousand million aliases', aliases],
  ['an alias in itself', 'a: &a { b: *a }\n'],
  ['a million keys', Array.from({ length: 1_000_000 }, (_, at) => `k${at}: 1`).join('\n')],
  ['a hundred thousand keys', Array.from({ length: 100_000 }, (_, at) => `k${at}: 1`).join('\n')],
  ['a line of ten megabytes', `a: ${'x'.repeat(10_000_000)}`],
];

/** Whatever reads YAML from a repository, each with its way to put a text into its settings. */
const YAML_READERS: readonly (readonly [
  reader: string,
  read: (text: string) => readonly Issue[],
  frame: (text: string) => string,
  limit: number,
])[] = [
  ['a native prompt', (text) => parsePrompt(text).issues, (text) => text, 250],
  ['Dotprompt', (text) => parsePrompt(text, 'dotprompt').issues, (text) => `---\n${text}\n---\nhi`, 250],
  ['Prompty', (text) => parsePrompt(text, 'prompty').issues, (text) => `---\n${text}\n---\nsystem:\nhi`, 250],
  ['promptfoo', (text) => severalPrompts('promptfooconfig.yaml', text)?.whole.issues ?? [], (text) => text, 250],
  ['evenkeel.yml', (text) => parseConfig(text).issues, (text) => text, 250],
  // a dataset may have three times the keys of a prompt before it is refused
  ['a dataset', (text) => readDataset(text, 'yaml').issues, (text) => text, 500],
];

describe('T3: bombs', () => {
  it.each(
    YAML_READERS.flatMap(([reader, read, frame, limit]) =>
      YAML_BOMBS.map(([what, bomb]) => ({ reader, read, what, text: frame(bomb), limit })),
    ),
  )(
    '$reader refuses $what with a place, within $limit ms',
    ({ read, text, limit }) => {
      let issues: readonly Issue[] = [];
      const ms = quickest(() => {
        issues = read(text);
      });
      const refusal = issues.find(({ code }) => /^schema\.(?:too-deep|too-large|syntax)$/.test(code));
      expect(refusal, 'it was read').toBeDefined();
      expect(refusal?.message).toMatch(/\w{3}/);
      expect(0 <= (refusal?.range.start ?? -1) && (refusal?.range.end ?? Number.NaN) <= text.length).toBe(true);
      expect(ms).toBeLessThan(limit * SLOW);
    },
    60_000,
  );

  it.each<readonly [what: string, text: string]>([
    ['brackets', '['.repeat(DEEP)],
    ['maps', '{"a":'.repeat(DEEP)],
    ['closed brackets', '['.repeat(DEEP) + ']'.repeat(DEEP)],
  ])('JSON of %s is refused with a place, within 250 ms, in a dataset, a config and a file of deployments', (_what, text) => {
    let found: readonly Issue[] = [];
    const ms = quickest(() => {
      found = [
        ...readDataset(text, 'json').issues.slice(0, 1),
        ...readDataset(`${text}\n`, 'jsonl').issues.slice(0, 1),
        ...(severalPrompts('promptfooconfig.json', text)?.whole.issues ?? []).slice(0, 1),
      ];
      expect(parseDeployments(`${text}\n{}\n`)).toMatchObject({ ok: false, line: 1 });
      expect(parseLock(text).status).not.toBe('read');
    });
    expect(found).toHaveLength(3);
    for (const { range } of found) expect(range.end).toBeLessThanOrEqual(text.length + 1);
    expect(ms).toBeLessThan(250 * SLOW);
  });

  it('a column of a CSV that nests without end is left out with a place', () => {
    const header = `ticket,expected.${'a.'.repeat(DEEP)}b`;
    const { issues, rows } = readDataset(`${header}\nhi,there\n`, 'csv');
    expect(issues).toMatchObject([{ code: 'schema.too-deep', range: { start: 7, end: header.length } }]);
    expect(rows).toMatchObject([{ variables: { ticket: 'hi' }, expected: undefined }]);
  });
});

/** What makes engines that backtrack slow: nested repeats, choices that overlap, look-arounds, references back. */
const PATTERNS: readonly string[] = [
  ...['(a+)+$', '(a*)*$', '(a|a)*$', '(a|aa)+$', '(a|a?)+$', '(.*a){20}$', '(.*)*$', '([a-zA-Z]+)*$', '(a+){10}$', '(a?){30}a{30}$'],
  ...[
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(x+x+)+y',
    '(x+x+x+)+y',
    '^(a+)+b',
    '(\\w+\\s?)+$',
    '(\\d+)*[^\\d]$',
    '([^"]|"[^"]*")*$',
    '(a[ab]*)+$',
    '(.+)+b',
    '((a+)+)+$',
  ],
  ...[
    '^(.*?,){20}P',
    '(a|b|ab)*c',
    '(?:a|a)*b',
    '(?:(?:a+)+)+b',
    '(aa|aab?)*c',
    '(.*)(.*)(.*)(.*)(.*)c',
    '\\s+$',
    '^\\s*(.*\\S)?\\s*b',
    '(a|a|a|a)*b',
    '(ab|a)(bc|c)?d+$',
  ],
  ...[
    '^([a-z0-9]+[.-]?)+@([a-z0-9]+[.-]?)+\\.[a-z]{2,}$',
    '^(https?://)?([\\w.-]+)+/$',
    '(<[^>]*>)*$',
    '^\\[(([^\\]])*)*\\]$',
    '(=+-?)+$',
    '(\\S+\\s+)*x',
    '(z*)*y',
    '(0|1|01)*2',
    '(.{1,10}){1,100}b',
    '(a{1,5}){1,50}b',
  ],
  ...['(?=(a+)+)b', '(?<=a)+b', '(a)\\1+b', '(?<!a+)b', '(?!a)*b', '(\\w)\\1{1000}', '(?>a+)b', 'a++b', '(?(1)a|b)', '(a{1000}){1000}'],
];

describe('T4: patterns that make engines hang', () => {
  it('50 of them over a megabyte end within 500 ms each, or are refused with a reason', async () => {
    expect(new Set(PATTERNS).size).toBe(50);
    const engine = await loadRegexEngine();
    const text = `${'a'.repeat(999_999)}!`;
    let refused = 0;
    for (const pattern of PATTERNS) {
      const compiled = engine.compile(pattern, text.length);
      if (!compiled.ok) {
        expect(compiled.message).toMatch(/\w{3}/);
        refused++;
        continue;
      }
      expect(() => watched(() => void compiled.test(text), 500 * SLOW), pattern).not.toThrow();
    }
    expect(refused).toBeGreaterThanOrEqual(5);
    expect(refused).toBeLessThanOrEqual(20);
  }, 120_000);

  it('a large pattern is for short texts', async () => {
    const engine = await loadRegexEngine();
    expect(engine.compile('(.*a){20}$', 10_000)).toMatchObject({ ok: true });
    expect(engine.compile('(.*a){20}$', 1_000_000)).toEqual({
      ok: false,
      message: 'it is too large to look through a text of 1,000,000 characters',
    });
  });

  it('those that the engine refuses have a finding at their place', async () => {
    const engine = await loadRegexEngine();
    for (const pattern of PATTERNS.filter((one) => !engine.compile(one).ok)) {
      const text = `messages:\n  - { role: user, content: hi }\nevaluators:\n  - { name: a, matches: ${JSON.stringify(pattern)} }\n`;
      const finding = lintPrompt(parsePrompt(text), EMPTY_FACTS).find(({ code }) => code === 'evaluator.unsafe-regex');
      expect(finding, pattern).toBeDefined();
      expect(finding?.range.start).toBeGreaterThanOrEqual(text.indexOf('matches'));
    }
  });
});

describe('T9: names of prototypes', () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__'];
  const readers: readonly (readonly [reader: string, read: (name: string) => unknown])[] = [
    [
      'a native prompt',
      (name) =>
        parsePrompt(
          `messages: []\n${name}: { polluted: 1 }\ninputs: { ${name}: { polluted: 1 } }\nmodelParameters: { ${name}: { polluted: 1 } }\ntestData: [{ ${name}: { polluted: 1 } }]\n`,
        ),
    ],
    [
      'Dotprompt',
      (name) =>
        parsePrompt(
          `---\n${name}: { polluted: 1 }\ninput: { schema: { ${name}: string }, default: { ${name}: { polluted: 1 } } }\nconfig: { ${name}: { polluted: 1 } }\n${name}.polluted: 1\n---\n{{${name}.polluted}}`,
          'dotprompt',
        ),
    ],
    [
      'Prompty',
      (name) =>
        parsePrompt(
          `---\n${name}: { polluted: 1 }\nsample: { ${name}: { polluted: 1 } }\ninputs: { ${name}: { type: string, default: { polluted: 1 } } }\nmodel: { configuration: { ${name}: { polluted: 1 } } }\n---\nsystem:\n{{${name}.polluted}}`,
          'prompty',
        ),
    ],
    [
      'promptfoo',
      (name) =>
        severalPrompts(
          'promptfooconfig.yaml',
          `prompts: ["{{${name}.polluted}}"]\nproviders: [{ id: openai:gpt-4o, config: { ${name}: { polluted: 1 } } }]\ntests: [{ vars: { ${name}: { polluted: 1 } } }]\n${name}: { polluted: 1 }\n`,
        )?.prompts.map(({ document }) => document()),
    ],
    ['JSONL', (name) => readDataset(`{"${name}":{"polluted":1},"expected":{"${name}":{"polluted":1}}}\n`, 'jsonl').rows],
    ['JSON', (name) => readDataset(`[{"${name}":{"polluted":1}}]`, 'json').rows],
    ['CSV', (name) => readDataset(`${name},expected.${name}.polluted,expected.${name}.${name}\n1,2,3\n`, 'csv').rows],
    ['YAML', (name) => readDataset(`- ${name}: { polluted: 1 }\n  expected: { ${name}: { polluted: 1 } }\n`, 'yaml').rows],
    [
      'evenkeel.yml',
      (name) =>
        parseConfig(
          `${name}: { polluted: 1 }\nproviders: { ${name}: { kind: openai, polluted: 1 } }\nrules: { ${name}: off }\nenvironments: { ${name}: { file: a.jsonl } }\n`,
        ),
    ],
    [
      'a lock file',
      (name) =>
        parseLock(
          `formatVersion: 1\n${name}: { polluted: 1 }\nreleases:\n  - { version: 1.0.0, files: { ${name}: x }, ${name}: { polluted: 1 } }\n`,
        ),
    ],
    ['a file of deployments', (name) => parseDeployments(`{"${name}":{"polluted":1},"environment":"p","name":"a"}\n`)],
  ];

  it.each(readers)('in %s are names like any other', (_reader, read) => {
    for (const name of names) {
      watched(() => void read(name)); // also looks at what built-in prototypes have
      for (const value of [{}, [], '', 0, () => 0] as readonly { readonly polluted?: unknown }[]) expect(value.polluted).toBeUndefined();
    }
  });
});
