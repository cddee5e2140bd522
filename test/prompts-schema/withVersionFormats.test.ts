import { describe, expect, it } from 'vitest';
import { fingerprintPrompt, parsePromptAt, withVersion } from '../../prompts-schema/index.ts';

/** What becomes of a file when a prompt of it is given 2.0.0; it reads back as that version of the same prompt. */
function checkVersion(promptId: string, text: string, expected: string | undefined, before: string | undefined): void {
  const document = parsePromptAt(promptId, text);
  expect(document.version?.value).toBe(before);
  if (document.version) {
    const { start, end } = document.version.range;
    expect(text.slice(start, end).replace(/^(["'])(.*)\1$/, '$2')).toBe(before);
  }
  const fresh = withVersion(document, '2.0.0');
  expect(fresh).toBe(expected);
  if (fresh === undefined) return;
  const read = parsePromptAt(promptId, fresh);
  expect(read.version?.value).toBe('2.0.0');
  expect(read.issues.map(({ code }) => code)).toEqual(
    document.issues.map(({ code }) => code).filter((code) => code !== 'schema.wrong-type'),
  );
  expect(fingerprintPrompt(read)).toEqual(fingerprintPrompt(document));
  expect(withVersion(read, '2.0.0')).toBe(fresh);
}

type Row = [title: string, text: string, expected: string | undefined, before?: string];

describe('a version in a Dotprompt file', () => {
  const file = (front: string, eol = '\n'): string => `---\n${front}---\nHello {{name}}\n`.replaceAll('\n', eol);
  it.each<Row>([
    [
      'is a key with a dot',
      file('model: a/b\nevenkeel.version: 1.0.0 # first\n'),
      file('model: a/b\nevenkeel.version: 2.0.0 # first\n'),
      '1.0.0',
    ],
    ['or within `evenkeel`', file('evenkeel: { version: "1.0.0" }\n'), file('evenkeel: { version: "2.0.0" }\n'), '1.0.0'],
    ['comes in place of a number', file('evenkeel.version: 1.4\n'), file('evenkeel.version: 2.0.0\n')],
    ['comes behind a key without a value', file('evenkeel:\n  version:\n'), file('evenkeel:\n  version: 2.0.0\n')],
    ['comes below the name', file('# head\nname: a # b\nmodel: a/b\n'), file('# head\nname: a # b\nevenkeel.version: 2.0.0\nmodel: a/b\n')],
    ['comes above the first key', file('model: a/b\n'), file('evenkeel.version: 2.0.0\nmodel: a/b\n')],
    [
      'comes into the map of our keys',
      file('evenkeel:\n  # ours\n  drift: { samples: 3 }\n'),
      file('evenkeel:\n  # ours\n  version: 2.0.0\n  drift: { samples: 3 }\n'),
    ],
    ['comes into its braces', file('evenkeel: { drift: { samples: 3 } }\n'), file('evenkeel: { version: 2.0.0, drift: { samples: 3 } }\n')],
    ['has Windows line ends', file('name: a\n', '\r\n'), file('name: a\nevenkeel.version: 2.0.0\n', '\r\n')],
    ['brings the settings along', 'Hello {{name}}\n', '---\nevenkeel.version: 2.0.0\n---\nHello {{name}}\n'],
    ['fills settings that are empty', '---\n---\nHello {{name}}\n', '---\nevenkeel.version: 2.0.0\n---\nHello {{name}}\n'],
    ['fills settings of comments', file('# none yet\n'), file('evenkeel.version: 2.0.0\n# none yet\n')],
    ['is not the key of its own, which stands for the text', file('version: 1.0.0\n'), file('evenkeel.version: 2.0.0\nversion: 1.0.0\n')],
  ])('%s', (_, text, expected, before) => checkVersion('a.prompt', text, expected, before));
});

describe('a version in a Prompty file', () => {
  const file = (front: string): string => `---\n${front}---\nsystem:\nHello {{name}}\n`;
  it.each<Row>([
    [
      'is the label of its author',
      file('name: a\nversion: "1.0.0" # first\nmodel: gpt-5\n'),
      file('name: a\nversion: "2.0.0" # first\nmodel: gpt-5\n'),
      '1.0.0',
    ],
    ['comes below the name', file('name: a\nmodel: gpt-5\n'), file('name: a\nversion: 2.0.0\nmodel: gpt-5\n')],
    ['comes behind the key alone', file('version:\nname: a\n'), file('version: 2.0.0\nname: a\n')],
    ['leaves a label that is none', file('name: a\nversion: beta\n'), file('name: a\nevenkeel.version: 2.0.0\nversion: beta\n')],
    ['leaves a number', file('version: 1.0\n'), file('evenkeel.version: 2.0.0\nversion: 1.0\n')],
    [
      'is ours before the label',
      file('version: 1.0.0\nevenkeel.version: 1.5.0\n'),
      file('version: 1.0.0\nevenkeel.version: 2.0.0\n'),
      '1.5.0',
    ],
    ['brings the settings along', 'system:\nHello\n', '---\nversion: 2.0.0\n---\nsystem:\nHello\n'],
    ['fills settings that are empty', '---\n---\nsystem:\nHello\n', '---\nversion: 2.0.0\n---\nsystem:\nHello\n'],
  ])('%s', (_, text, expected, before) => checkVersion('a.prompty', text, expected, before));
});

describe('a version in a configuration of promptfoo', () => {
  const PROMPTS = 'prompts:\n  - { label: two, raw: "About {{x}}" }\n  - { label: "a: b", raw: "Of {{x}}" }\n';
  it.each<Row>([
    [
      'stands beside the name of its prompt',
      `${PROMPTS}evenkeel:\n  versions:\n    two: 1.0.0 # first\n    'a: b': 1.2.0\n`,
      `${PROMPTS}evenkeel:\n  versions:\n    two: 2.0.0 # first\n    'a: b': 1.2.0\n`,
      '1.0.0',
    ],
    [
      'comes below the others',
      `${PROMPTS}evenkeel:\n  versions:\n    'a: b': 1.2.0 # b\n  drift: { samples: 3 }\n`,
      `${PROMPTS}evenkeel:\n  versions:\n    'a: b': 1.2.0 # b\n    two: 2.0.0\n  drift: { samples: 3 }\n`,
    ],
    [
      'comes into braces',
      `evenkeel: { versions: { 'a: b': 1.2.0 } }\n${PROMPTS}`,
      `evenkeel: { versions: { 'a: b': 1.2.0, two: 2.0.0 } }\n${PROMPTS}`,
    ],
    [
      'comes into our map',
      `${PROMPTS}evenkeel:\n  drift: { samples: 3 }\ntests: []\n`,
      `${PROMPTS}evenkeel:\n  drift: { samples: 3 }\n  versions:\n    two: 2.0.0\ntests: []\n`,
    ],
    [
      'comes below the description',
      `# head\ndescription: d\n${PROMPTS}`,
      `# head\ndescription: d\nevenkeel:\n  versions:\n    two: 2.0.0\n${PROMPTS}`,
    ],
    ['comes above the first key', `# head\n${PROMPTS}`, `# head\nevenkeel:\n  versions:\n    two: 2.0.0\n${PROMPTS}`],
    [
      'comes in place of a number',
      `${PROMPTS}evenkeel: { versions: { two: 1.4 } }\n`,
      `${PROMPTS}evenkeel: { versions: { two: 2.0.0 } }\n`,
    ],
    [
      'has Windows line ends',
      PROMPTS.replaceAll('\n', '\r\n'),
      `evenkeel:\r\n  versions:\r\n    two: 2.0.0\r\n${PROMPTS.replaceAll('\n', '\r\n')}`,
    ],
    ['has no place beside something else', `${PROMPTS}evenkeel: none\n`, undefined],
  ])('%s', (_, text, expected, before) => checkVersion('promptfooconfig.yaml#two', text, expected, before));

  it('is quoted where its name has to be', () =>
    checkVersion('promptfooconfig.yaml#a: b', PROMPTS, `evenkeel:\n  versions:\n    "a: b": 2.0.0\n${PROMPTS}`, undefined));

  const json = { prompts: [{ label: 'two', raw: 'About {{x}}' }], tests: [] };
  const versions = { evenkeel: { versions: { two: '2.0.0' } } };
  it.each<Row>([
    [
      'that is written on lines',
      `${JSON.stringify(json, null, 4)}\n`,
      `${JSON.stringify(json, null, 4)}\n`.replace('{\n', '{\n    "evenkeel": { "versions": { "two": "2.0.0" } },\n'),
    ],
    ['that is one line', JSON.stringify(json), JSON.stringify(json).replace('{', '{"evenkeel": { "versions": { "two": "2.0.0" } }, ')],
    [
      'that has one',
      JSON.stringify({ ...json, ...versions }, null, 2).replace('2.0.0', '1.0.0'),
      JSON.stringify({ ...json, ...versions }, null, 2),
      '1.0.0',
    ],
    ['that has a number', JSON.stringify({ ...json, evenkeel: { versions: { two: 1.4 } } }), JSON.stringify({ ...json, ...versions })],
    [
      'that has ours',
      JSON.stringify({ ...json, evenkeel: { drift: { samples: 3 } } }, null, 2),
      JSON.stringify({ ...json, evenkeel: { drift: { samples: 3 } } }, null, 2).replace(
        '    }\n  }',
        '    },\n    "versions": { "two": "2.0.0" }\n  }',
      ),
    ],
  ])('or in JSON %s', (_, text, expected, before) => {
    checkVersion('promptfooconfig.json#two', text, expected, before);
    expect(() => JSON.parse(expected ?? '')).not.toThrow();
  });

  it('says which names no prompt has, once all files are read', () => {
    const of = (prompts: string): readonly string[] =>
      parsePromptAt('promptfooconfig.yaml', `prompts: [${prompts}]\nevenkeel: { versions: { tvo: 1.0.0 } }\n`).issues.map(
        ({ message }) => message,
      );
    expect(of('{ label: two, raw: x }')).toEqual(['`tvo` is not known in `evenkeel.versions`. Did you mean `two`?']);
    expect(of('file://two.txt')).toEqual([]);
  });
});
