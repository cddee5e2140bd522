import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES, type Rule, ruleOf } from '../../lint/index.ts';
import { fingerprintOf, type PromptFacts, parsePrompt, type Release } from '../../prompts-schema/index.ts';
import { releaseOf, testedWith } from '../support/releases.ts';
import { CORPUS, EMPTY_FACTS, lintText, type World } from './checkRules.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** A release of the prompt that the examples have. */
const HELLO = releaseOf('1.0.0', fingerprintOf(parsePrompt('messages:\n  - role: user\n    content: Say hello.\n'), EMPTY_FACTS));

function lockOf(...releases: readonly Release[]): Partial<PromptFacts> {
  return { lock: { status: 'read', path: 'prompts/test.prompt.yml.lock', value: { status: 'read', lock: { releases }, unsealed: [] } } };
}

/** What must be true around the bad example of a rule that looks beyond the text. */
const WORLDS: Readonly<Record<string, World>> = {
  'dataset.missing-file': { facts: { dataset: { status: 'missing', path: 'trage.cases.jsonl', message: 'does not exist' } } },
  'dataset.outside-root': { facts: { dataset: { status: 'outside', path: 'cases.jsonl', message: 'outside' } } },
  'reference.missing-file': { facts: { outputSchema: { status: 'missing', path: 'anser.schema.json', message: 'does not exist' } } },
  'reference.outside-root': { facts: { outputSchema: { status: 'outside', path: '/etc/answer.json', message: 'outside' } } },
  'model.missing': { facts: { defaultModel: undefined } },
  'release.changed-without-bump': { facts: lockOf(releaseOf('1.0.0')) },
  'release.untested': { facts: lockOf(HELLO) },
  'release.model-untested': {
    facts: lockOf({ ...HELLO, version: '1.1.0', tested: [testedWith('anthropic/claude-haiku-4-5-20251001')] }),
  },
  'release.invalid-version': { facts: lockOf(releaseOf('1.0.0')) },
};

/** The same for good examples: what they name is there. */
const GOOD_WORLD: World = { dataset: { path: 'triage.cases.jsonl', text: '{"ticket":"The printer is on fire."}\n' } };

function examples({ explain }: Rule): readonly string[] {
  return [...explain.matchAll(/```yaml\n([\s\S]*?)\n```/g)].map((match) => match[1] ?? '');
}

describe('the rule table', () => {
  it('has each code once, dotted and in kebab-case, and finds rules by it', () => {
    const codes = RULES.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^[a-z]+\.[a-z]+(-[a-z]+)*$/.test(code))).toEqual([]);
    expect(codes.every((code) => ruleOf(code)?.code === code)).toBe(true);
    expect(ruleOf('constructor')).toBeUndefined();
  });

  it('has a rule for everything a reader of prompts and datasets reports', () => {
    const source = readFileSync(path.join(ROOT, 'prompts-schema/parse/issue.ts'), 'utf8');
    const codes = [...source.matchAll(/'((?:schema|evaluator|dataset)\.[a-z-]+)'/g)].map((match) => match[1] ?? '');
    expect(codes.length).toBeGreaterThan(15);
    expect(codes.filter((code) => !ruleOf(code))).toEqual([]);
  });

  const withExamples = RULES.filter((rule) => examples(rule).length > 0);

  it('explains most rules by examples', () => {
    expect(withExamples.length).toBeGreaterThan(RULES.length * 0.7);
    expect(withExamples.filter((rule) => examples(rule).length !== 2).map(({ code }) => code)).toEqual([]);
  });

  it.each(withExamples.map((rule) => [rule.code, rule] as const))('%s finds its bad example and not its good one', (code, rule) => {
    const [bad = '', good = ''] = examples(rule);
    const inBad = lintText(`${bad}\n`, WORLDS[code] ?? {}).findings.map((finding) => finding.code);
    expect(inBad).toContain(code);
    const needsDataset = good.includes('dataset:') ? GOOD_WORLD : {};
    const inGood = lintText(`${good}\n`, needsDataset).findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
    expect(inGood).toEqual([]);
  });

  it('has a page in the docs for every rule, as scripts/generateRuleDocs.ts writes it', () => {
    for (const rule of RULES) {
      const page = readFileSync(path.join(ROOT, 'docs/rules', `${rule.code}.md`), 'utf8');
      expect(page, rule.code).toContain(rule.explain);
    }
  });
});

describe.skipIf(!existsSync(CORPUS))('the corpus of GitHub Models files (skipped without ../shared/corpus)', () => {
  it('has no error but these', () => {
    const errors = readdirSync(CORPUS, { recursive: true })
      .map(String)
      .filter((file) => /\.ya?ml$/.test(file))
      .sort()
      .flatMap((file) => {
        const text = readFileSync(path.join(CORPUS, file), 'utf8');
        const { findings } = lintText(text, { facts: { defaultModel: undefined } });
        return findings
          .filter(({ severity }) => severity === 'error')
          .map(({ code, range }) => `${file}:${text.slice(0, range.start).split('\n').length} ${code}`);
      });
    expect(errors).toEqual([
      // formats.md 1: "messages[] {role: system|user|assistant, …}"
      'actions+ai-inference/__fixtures__/prompts/invalid-role.prompt.yml:2 schema.wrong-value',
      // formats.md 1: "`{{name}}` only … no dotted paths; unknown ones stay as text": `{{.input}}` is sent as it stands
      'github+gh-models/failing_test_prompt.yml:16 template.undefined-variable',
      'github+gh-models/sample_prompt.yml:16 template.undefined-variable',
    ]);
  });
});

describe('any text', () => {
  it('is linted without an exception', () => {
    const whole = `model: "openai/o3"\ninputs: { a: string, b: }\nmodelParameters: { temperature: 0 }\nmessages:\n  - role: user\n    content: "{{a}} {{ b }} {{c}}"\ntestData: [{ a: 1 }]\nevaluators:\n  - { name: x, path: $.a, equals: { case: expected.b } }\n`;
    for (let end = 0; end <= whole.length; end++) expect(() => lintText(whole.slice(0, end))).not.toThrow();
    for (const text of ['', '[]', '- 1', 'model:', 'model: []', 'inputs:', 'messages: {}', 'model: ""', '{', '\u0000', 'model: &a *a'])
      expect(() => lintText(text), text).not.toThrow();
  });
});
