import { describe, expect, it } from 'vitest';
import { showStatus } from '../../cli/commands/status.ts';
import type { ComparisonListing, DeployedRow, StatusRow } from '../../protocol/index.ts';
import { liveRun, PRODUCTION } from './fakeLive.ts';
import { cliFolder } from './support.ts';

const PROMPT = 'name: A\nmessages:\n  - { role: user, content: "{{x}}" }\n';
const CONFIG = `environments:
  production: { git: { ref: origin/production } }
  canary: { http: { url: "https://app.example/deployed" } }
  staging: { file: ./d.jsonl }
`;
const FILES = { 'evenkeel.yml': CONFIG, 'a.prompt.yml': PROMPT, 'b.prompt.yml': PROMPT };
const production: DeployedRow = {
  ...PRODUCTION,
  deployed: PRODUCTION.prompts[0]?.deployed,
  relation: { kind: 'behind', edits: 2 },
};
const ROW: StatusRow = {
  promptId: 'a.prompt.yml',
  promptName: 'A',
  version: '1.4.0',
  release: 'released',
  environments: [production, { environment: 'staging', source: 'file', origin: 'd.jsonl' }],
  model: 'anthropic/claude-haiku-4-5',
  modelDaysLeft: 53,
  lastEval: { at: '2026-11-24T12:00:00Z', line: '41 of 50 passed, 2 days ago', passed: 41, scored: 50, edited: false },
  drift: 'steady',
};
const BARE: StatusRow = { promptId: 'b.prompt.yml', promptName: 'B', release: 'noLock', environments: [] };
const WAITING = { promptId: 'a.prompt.yml', pending: 7 } as ComparisonListing;

const shown = async (rows: readonly StatusRow[], options = {}, comparisons: readonly ComparisonListing[] = []) => {
  using folder = cliFolder(FILES);
  const refreshDeployments = async ({ root }: { readonly root: string }) => ({ root, environments: [] });
  const answers = { status: async () => rows, comparisons: async () => comparisons, refreshDeployments };
  const run = liveRun(folder.path, answers, options);
  return { code: await showStatus([], run.context), run, root: folder.path };
};

describe('evenkeel status', () => {
  it('is one line a prompt: version, environments, model and days left, last eval, drift', async () => {
    const { code, run, root } = await shown([ROW, BARE]);
    expect(code).toBe(0);
    expect(run.out()).toBe(
      [
        'a.prompt.yml  1.4.0       production 1.3.0 · 2 edits behind  anthropic/claude-haiku-4-5 (53 days left)  41 of 50 passed, 2 days ago  steady',
        'b.prompt.yml  no version  -                                  no model                                   never evaluated              -',
        '',
      ].join('\n'),
    );
    expect(run.asked.find(([method]) => method === 'status')?.[1]).toEqual({ root, promptIds: ['a.prompt.yml', 'b.prompt.yml'] });
  });

  it('looks first at the sources on this machine, and at none that would be asked over the network', async () => {
    const { run, root } = await shown([ROW]);
    expect(run.asked.filter(([method]) => method === 'refreshDeployments')).toEqual([
      ['refreshDeployments', { root, environments: ['production', 'staging'], keys: [] }],
    ]);
  });

  it.each<readonly [what: string, more: Partial<StatusRow>, attention: readonly string[], waits: boolean]>([
    ['nothing', {}, [], false],
    ['a version that is still to be released', { release: 'unreleased' }, [], false],
    ['an edit without a bump', { release: 'edited' }, ['edited without a new version'], false],
    ['a broken lock file', { release: 'lockBroken' }, ['the lock file is broken'], false],
    ['a retired model', { modelDaysLeft: 0 }, ['the model is retired'], false],
    ['drift to be reviewed', {}, ['drift is to be reviewed'], true],
    [
      'all at once',
      { release: 'edited', modelDaysLeft: -3 },
      ['edited without a new version', 'the model is retired', 'drift is to be reviewed'],
      true,
    ],
  ])('--check exits with 1 where a prompt needs attention: %s', async (_what, more, attention, waits) => {
    const comparisons = waits ? [WAITING] : [];
    const checked = await shown([{ ...ROW, ...more }], { check: true, json: true }, comparisons);
    expect([checked.code, checked.run.json()[0]?.['attention']]).toEqual([attention.length ? 1 : 0, attention]);
    expect((await shown([{ ...ROW, ...more }], {}, comparisons)).code).toBe(0);
  });

  it('a prompt that cannot be read says why, and exits with 2', async () => {
    const { code, run } = await shown([ROW, { ...BARE, problem: 'b.prompt.yml:3: This is not YAML.' }]);
    expect(code).toBe(2);
    expect(run.out().split('\n')[1]).toBe('b.prompt.yml: b.prompt.yml:3: This is not YAML.');
  });

  it('says that a model has ended, and that a prompt was edited since its eval', async () => {
    const { run } = await shown([{ ...ROW, modelDaysLeft: -1, release: 'edited', lastEval: { ...ROW.lastEval!, edited: true } }]);
    expect(run.out()).toContain('1.4.0 edited');
    expect(run.out()).toContain('anthropic/claude-haiku-4-5 (retired)');
    expect(run.out()).toContain('41 of 50 passed, 2 days ago, edited since');
  });
});
