import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG, parseConfig } from '../../prompts-schema/index.ts';
import { checkIssues } from './checkIssues.ts';

describe('evenkeel.yml', () => {
  it('is all defaults when empty', () => {
    expect(parseConfig('')).toMatchObject({ config: DEFAULT_CONFIG, issues: [] });
    expect(parseConfig('providers:\nrules:\nbudgets:\n  run:\n')).toMatchObject({ config: DEFAULT_CONFIG, issues: [] });
    expect(DEFAULT_CONFIG).toMatchObject({ defaults: { samples: 1, concurrency: 8 }, budgets: { askAbove: { calls: 200, cost: 1 } } });
  });

  it('is read with every field', () => {
    const { config, issues } = parseConfig(`formatVersion: 1
defaults: { model: ollama/llama3, samples: 2, concurrency: 4, seed: 7, cache: false }
providers:
  ollama:
    kind: openai-compatible
    baseUrl: http://localhost:11434/v1
    protocol: chat
    keyEnv: OLLAMA_KEY
    headers: { x-team: support }
    endMarker: false
    timeouts: { connectMs: 100, firstByteMs: 1000, idleMs: 500, totalMs: 60000 }
environments:
  production: { git: { ref: origin/production }, refreshMinutes: 1, description: the shop }
  support: { git: { tag: "support-v*" } }
  staging: { file: ./deployments.jsonl }
  canary: { http: { url: "https://app.example/deployed", keyEnv: DEPLOY_TOKEN } }
  eu:
    langfuse: { prompts: { triage.prompt.yml: support/triage } }
rules:
  model.retired: error
  prompt.version: { severity: warning, options: { after: 3 } }
budgets: { run: { maxCost: 5, maxCalls: 1000 }, askAbove: { calls: 50 } }
prompts: { include: ["prompts/**"], exclude: ["**/old/**"] }
`);
    expect(issues).toEqual([]);
    expect(config).toEqual({
      formatVersion: 1,
      defaults: { model: 'ollama/llama3', samples: 2, concurrency: 4, seed: 7, cache: false },
      providers: {
        ollama: {
          kind: 'openai-compatible',
          baseUrl: 'http://localhost:11434/v1',
          protocol: 'chat',
          keyEnv: 'OLLAMA_KEY',
          headers: { 'x-team': 'support' },
          endMarker: false,
          timeouts: { connectMs: 100, firstByteMs: 1000, idleMs: 500, totalMs: 60000 },
        },
      },
      environments: {
        production: { git: { ref: 'origin/production' }, refreshMinutes: 1, description: 'the shop' },
        support: { git: { tag: 'support-v*' }, refreshMinutes: 5 },
        staging: { file: './deployments.jsonl', refreshMinutes: 5 },
        canary: { http: { url: 'https://app.example/deployed', keyEnv: 'DEPLOY_TOKEN' }, refreshMinutes: 5 },
        eu: {
          langfuse: {
            baseUrl: 'https://cloud.langfuse.com',
            label: 'production',
            publicKeyEnv: 'LANGFUSE_PUBLIC_KEY',
            secretKeyEnv: 'LANGFUSE_SECRET_KEY',
            prompts: { 'triage.prompt.yml': 'support/triage' },
          },
          refreshMinutes: 5,
        },
      },
      rules: { 'model.retired': 'error', 'prompt.version': { severity: 'warning', options: { after: 3 } } },
      budgets: { run: { maxCost: 5, maxCalls: 1000 }, askAbove: { calls: 50, cost: 1 } },
      prompts: { include: ['prompts/**'], exclude: ['**/old/**'] },
    });
  });

  it.each([
    ['default: {}\n^^^^^^^ schema.unknown-key `defaults`'],
    ['defaults: { samples: many }\n                     ^^^^ schema.wrong-type `defaults.samples`'],
    ['defaults: { samples: 0 }\n                     ^ schema.wrong-value at least 1'],
    ['providers:\n  a: { kind: opnai }\n             ^^^^^ schema.wrong-value openai, anthropic'],
    ['providers:\n  a: { baseUrl: http://x }\n     ^^^^^^^^^^^^^^^^^^^^^ schema.missing-key `providers.a.kind`'],
    ['providers:\n  a: { kind: openai, baseUrl: ftp://x }\n                              ^^^^^^^ schema.wrong-value not in the form'],
    ['providers:\n  a: { kind: openai, baseUrl: "https://key@x/" }\n                              ^^^^^^^^^^^^^^^^ schema.wrong-value'],
    [
      'providers:\n  a: { kind: openai, headers: { Authorization: x } }\n                                ^^^^^^^^^^^^^^^^ schema.wrong-value `keyEnv`',
    ],
    ['rules:\n  a.b: loud\n       ^^^^ schema.wrong-value off, hint, info'],
    ['rules:\n  a.b: { severity: loud }\n                   ^^^^ schema.wrong-value off, hint, info'],
    [
      'environments:\n  p: { git: { ref: a }, file: ./d.jsonl }\n     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ schema.wrong-value `environments.p` has 2 sources (git, file); keep one',
    ],
    [
      'environments:\n  p: { description: x }\n     ^^^^^^^^^^^^^^^^^^ schema.wrong-value `environments.p` has no source; say git, file, http or langfuse',
    ],
    [
      'environments:\n  p: { git: { ref: a, tag: b } }\n            ^^^^^^^^^^^^^^^^^^ schema.wrong-value `environments.p.git` names either a `ref` or a `tag`',
    ],
    ['environments:\n  p: { git: origin/production }\n            ^^^^^^^^^^^^^^^^^ schema.wrong-type takes a map'],
    [
      'environments:\n  p: { http: { url: http://app.example/d, keyEnv: K } }\n                    ^^^^^^^^^^^^^^^^^^^^ schema.wrong-value begins with https:// where a token is sent',
    ],
    ['environments:\n  p: { http: { url: "https://t@app.example/" } }\n                    ^^^^^^^^^^^^^^^^^^^^^^^^ schema.wrong-value'],
    [
      'environments:\n  p: { langfuse: { baseUrl: http://lf.example } }\n                            ^^^^^^^^^^^^^^^^^ schema.wrong-value https://',
    ],
    ['formatVersion: 2\n               ^ schema.newer-format Update Evenkeel'],
    ['- a\n^^^ schema.wrong-type a map of settings'],
    ['defaults: {}\nrules: b: c\n       ^ schema.syntax two keys'],
  ])('%s', (marked) => checkIssues(marked, (text) => parseConfig(text).issues));

  it('keeps the environments that can be used', () => {
    const { config } = parseConfig(
      'environments:\n  good: { file: d.jsonl }\n  two: { file: d.jsonl, git: { ref: a } }\n  none: {}\n  here: { http: { url: "http://127.0.0.1:4010/d", keyEnv: K } }\n',
    );
    expect(Object.keys(config.environments)).toEqual(['good', 'here']);
  });

  it('keeps the rest when a part cannot be read', () => {
    const { config } = parseConfig(
      'defaults: { model: a/b, samples: x }\nproviders:\n  good: { kind: openai, surplus: 1 }\n  bad: { kind: nope }\nprompts: { include: [1, "a"] }\n',
    );
    expect(config.defaults).toMatchObject({ model: 'a/b', samples: 1 });
    expect(config.providers).toEqual({ good: { kind: 'openai' } });
    expect(config.prompts.include).toEqual(['a']);
  });
});
