import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliFolder } from './support.ts';

const PROMPT = `model: openai/gpt-4o-mini
modelParameters:
  max_tokens: 400
inputs:
  ticket: { type: string }
messages:
  - role: user
    content: "{{ticket}} {{ ticket }}"
`;

/** A prompt in a root of its own, with a dataset that repeats a case. */
const FILES = {
  'evenkeel.yml': 'formatVersion: 1\nrules:\n  model.deprecatd: off\n',
  'prompts/a.prompt.yml': `${PROMPT}dataset: ./a.jsonl\nevaluators:\n  - { name: filled, notEmpty: true }\n`,
  'prompts/a.jsonl': '{"id":"1","ticket":"x"}\n{"id":"2","ticket":"x"}\n',
};

/** What a SARIF 2.1.0 log has to have, of the parts that are used here. */
interface Sarif {
  readonly version: string;
  readonly $schema: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly version: string; readonly rules: readonly SarifRule[] } };
    readonly columnKind: string;
    readonly results: readonly SarifResult[];
  }[];
}

interface SarifRule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly defaultConfiguration: { readonly level?: string };
}

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number; readonly startColumn: number; readonly endLine: number; readonly endColumn: number };
    };
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

describe('evenkeel lint over a tree', () => {
  it('tells findings of prompts, datasets and evenkeel.yml, each in its file', async () => {
    using folder = cliFolder(FILES);
    const { out, code } = await folder.run(['lint']);
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ').slice(0, 3).join(' ')),
    ).toEqual([
      'prompts/a.prompt.yml:1:8 warning model.deprecated',
      'prompts/a.prompt.yml:3:3 hint model.dropped-parameter',
      'prompts/a.prompt.yml:8:26 info template.spaced-placeholder',
      'prompts/a.jsonl:2:1 warning dataset.duplicate-case',
      'evenkeel.yml:3:3 warning schema.unknown-key',
      '1 file: 3',
    ]);
  });

  it('takes severities and options of evenkeel.yml, and says which are wrong', async () => {
    using folder = cliFolder({
      ...FILES,
      'evenkeel.yml': `rules:
  model.deprecated: { severity: error }
  dataset.duplicate-case: off
  template.spaced-placeholder: { severity: off }
  dataset.too-small: { severity: warning, options: { points: 500, pionts: 3 } }
`,
    });
    const { json, code } = await folder.run(['lint', '--json']);
    expect(code).toBe(1);
    expect(json.map(({ file, line, severity, code: rule }) => [file, line, severity, rule])).toEqual([
      ['prompts/a.prompt.yml', 1, 'error', 'model.deprecated'],
      ['prompts/a.prompt.yml', 3, 'hint', 'model.dropped-parameter'],
      ['evenkeel.yml', 5, 'error', 'schema.wrong-value'],
      ['evenkeel.yml', 5, 'warning', 'schema.unknown-key'],
    ]);
    expect(json[2]?.['message']).toBe('`points` of `dataset.too-small` takes a number from 1 to 100.');
  });

  it('shows paths from the working directory, wherever the root is', async () => {
    using folder = cliFolder({ 'app/evenkeel.yml': '', 'app/prompts/a.prompt.yml': PROMPT });
    const lines = (await folder.run(['lint', 'app', '--format', 'json'])).out.trim().split('\n');
    expect(new Set(lines.map((line) => (JSON.parse(line) as { file: string }).file))).toEqual(new Set(['app/prompts/a.prompt.yml']));
  });

  it('counts warnings against --max-warnings, and knows its formats', async () => {
    using folder = cliFolder(FILES);
    expect((await folder.run(['lint', '--max-warnings', '3'])).code).toBe(0);
    const above = await folder.run(['lint', '--max-warnings', '2']);
    expect([above.code, above.err]).toEqual([1, '3 warnings are more than the 2 that --max-warnings allows.\n']);
    expect((await folder.run(['lint', '--max-warnings', 'few'])).code).toBe(2);
    const odd = await folder.run(['lint', '--format', 'xml']);
    expect([odd.code, odd.err]).toEqual([2, 'There is no format “xml”. Formats: text, json, sarif, github.\n']);
    expect((await folder.run(['lint', '--json', '--format', 'text'])).code).toBe(2);
  });
});

describe('evenkeel lint --format github', () => {
  it('annotates lines, and nothing in a file can begin another command', async () => {
    using folder = cliFolder({
      'a.prompt.yml': `name: x\n"a%,:\\r\\n::error::b\\u001b[31m": 1\nmessages:\n  - role: user\n    content: Say hello.\nmodel: sandbox/extractor-2026-05\n`,
      '::error::c,d.prompt.yml': PROMPT,
    });
    const { out, code } = await folder.run(['lint', '--format', 'github']);
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines.at(-1)).toMatch(/^2 files: /);
    const commands = lines.slice(0, -1);
    for (const line of commands) {
      expect(line).toMatch(/^::(?:error|warning|notice) file=[^:,]+,line=\d+,endLine=\d+(?:,col=\d+,endColumn=\d+)?,title=[a-z.-]+::/);
      expect(line).not.toMatch(/\p{Cc}/u);
    }
    expect(commands.filter((line) => line.includes('title=schema.unknown-key'))).toEqual([
      expect.stringMatching(/^::notice file=a\.prompt\.yml,line=2,endLine=2,col=1,endColumn=\d+,title=schema\.unknown-key::.*a%25,:/),
    ]);
    expect(commands.some((line) => line.includes('file=./%3A%3Aerror%3A%3Ac%2Cd.prompt.yml'))).toBe(true);
    const plain = await folder.run(['lint']);
    expect(plain.out.split('\n').filter((line) => line.startsWith('::'))).toEqual([]);
  });
});

describe('evenkeel lint --format sarif', () => {
  it('is a log of SARIF 2.1.0 with every rule and every place', async () => {
    using folder = cliFolder(FILES);
    const { out, code } = await folder.run(['lint', '--format', 'sarif']);
    expect(code).toBe(0);
    const log = JSON.parse(out) as Sarif;
    expect([log.version, log.runs.length, log.runs[0]?.columnKind]).toEqual(['2.1.0', 1, 'utf16CodeUnits']);
    const { driver } = log.runs[0]?.tool ?? { driver: undefined };
    expect([driver?.name, driver?.version]).toEqual(['Evenkeel', '1.2.3']);
    const rules = driver?.rules ?? [];
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const rule of rules) {
      expect(rule.shortDescription.text, rule.id).toMatch(/^Finds .*\.$/);
      expect(rule.help.markdown.length, rule.id).toBeGreaterThan(40);
      expect(['error', 'warning', 'note', undefined], rule.id).toContain(rule.defaultConfiguration.level);
    }
    const results = log.runs[0]?.results ?? [];
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['model.deprecated', 'warning'],
      ['model.dropped-parameter', 'note'],
      ['template.spaced-placeholder', 'note'],
      ['dataset.duplicate-case', 'warning'],
      ['schema.unknown-key', 'warning'],
    ]);
    for (const result of results) {
      expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(result.message.text.length).toBeGreaterThan(10);
      const [location] = result.locations;
      const region = location?.physicalLocation.region ?? { startLine: 0, startColumn: 0, endLine: 0, endColumn: 0 };
      expect(Math.min(...Object.values(region))).toBeGreaterThan(0);
      expect(region.endLine * 1e6 + region.endColumn).toBeGreaterThanOrEqual(region.startLine * 1e6 + region.startColumn);
      expect(new URL(location?.physicalLocation.artifactLocation.uri ?? '', 'file:///repo/').protocol).toBe('file:');
      expect(Object.values(result.partialFingerprints)[0]).toMatch(/^[0-9a-f]{32}$/);
    }
    expect(results[2]?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'prompts/a.prompt.yml' },
      region: { startLine: 8, startColumn: 26, endLine: 8, endColumn: 38 },
    });
  });

  it('knows a result again after lines above it were added, and tells equal ones apart', async () => {
    using folder = cliFolder(FILES);
    const prints = async (): Promise<readonly string[]> => {
      const log = JSON.parse((await folder.run(['lint', '--format', 'sarif'])).out) as Sarif;
      return (log.runs[0]?.results ?? []).map(({ partialFingerprints }) => Object.values(partialFingerprints)[0] ?? '');
    };
    const before = await prints();
    expect(new Set(before).size).toBe(before.length);
    writeFileSync(path.join(folder.path, 'prompts/a.prompt.yml'), `# one more line\n\n${FILES['prompts/a.prompt.yml']}`);
    expect(await prints()).toEqual(before);
  });

  it('escapes names of files as addresses', async () => {
    using folder = cliFolder({ 'a b/ü#?:x.prompt.yml': PROMPT });
    const log = JSON.parse((await folder.run(['lint', '--format', 'sarif'])).out) as Sarif;
    const uri = log.runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri ?? '';
    expect(decodeURIComponent(new URL(uri, 'file:///r/').pathname)).toBe('/r/a b/ü#?:x.prompt.yml');
  });
});

describe('evenkeel lint --fix', () => {
  it('puts in the obvious mends, says which, and leaves the model to a person', async () => {
    using folder = cliFolder(FILES);
    const { out, code } = await folder.run(['lint', '--fix']);
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 3)).toEqual([
      'prompts/a.prompt.yml: fixed: Write `maxTokens` (model.dropped-parameter)',
      'prompts/a.prompt.yml: fixed: Write `{{ticket}}` (template.spaced-placeholder)',
      expect.stringMatching(/^prompts\/a\.prompt\.yml:1:8 warning model\.deprecated /),
    ]);
    const text = readFileSync(path.join(folder.path, 'prompts/a.prompt.yml'), 'utf8');
    expect(text).toBe(FILES['prompts/a.prompt.yml'].replace('max_tokens', 'maxTokens').replace('{{ ticket }}', '{{ticket}}'));
    expect(readFileSync(path.join(folder.path, 'evenkeel.yml'), 'utf8')).toContain('  model.deprecated: off\n');
    expect(readFileSync(path.join(folder.path, 'prompts/a.jsonl'), 'utf8')).toBe(FILES['prompts/a.jsonl']);
    const again = await folder.run(['lint', '--fix']);
    expect(again.out).not.toContain('fixed:');
  });

  it('goes on where one mend makes room for another', async () => {
    using folder = cliFolder({
      'a.prompt.yml': `modelParameters:\n  temprature: 0\n  max_tokens: 9\nmesages:\n  - role: asistant\n    content: Hello.\n  - role: user\n    content: Say hello.\nmodel: sandbox/extractor-2026-05\n`,
    });
    const { out, code } = await folder.run(['lint', '--fix']);
    expect(out).toContain('1 file: nothing found.');
    expect(code).toBe(0);
    expect(readFileSync(path.join(folder.path, 'a.prompt.yml'), 'utf8')).toBe(
      `modelParameters:\n  temperature: 0\n  maxTokens: 9\nmessages:\n  - role: assistant\n    content: Hello.\n  - role: user\n    content: Say hello.\nmodel: sandbox/extractor-2026-05\n`,
    );
  });

  it('removes suppressions that are of no use', async () => {
    using folder = cliFolder({
      'a.prompt.yml': `# evenkeel-disable-file model.retired -- old\n${PROMPT.replace('max_tokens', 'maxTokens').replace(' {{ ticket }}', '')}`,
    });
    await folder.run(['lint', '--fix']);
    expect(readFileSync(path.join(folder.path, 'a.prompt.yml'), 'utf8')).toMatch(/^model: /);
  });

  it('writes nothing without it', async () => {
    using folder = cliFolder(FILES);
    await folder.run(['lint']);
    expect(readFileSync(path.join(folder.path, 'prompts/a.prompt.yml'), 'utf8')).toBe(FILES['prompts/a.prompt.yml']);
  });
});
