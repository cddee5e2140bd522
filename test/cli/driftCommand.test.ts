import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { comparePrompt } from '../../cli/commands/compare.ts';
import { checkDay } from '../../cli/commands/daily.ts';
import { reviewDrift } from '../../cli/commands/drift.ts';
import type { Comparison, SuiteWord } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { caseOf, comparisonOf } from '../engine/compareView/comparisons.ts';
import { BASELINE, fakeRun, PLAN } from './fakeEngine.ts';
import { cliFolder } from './support.ts';

const PROMPT = 'name: A\nmodel: sandbox/extractor-2026-05\nmessages:\n  - { role: user, content: "{{x}}" }\n';
const ONE = { 'evenkeel.yml': 'formatVersion: 1\n', 'a.prompt.yml': PROMPT };
const TWO = { ...ONE, 'b.prompt.yml': PROMPT };

function reviewed(word: SuiteWord, more: Partial<Comparison> = {}): Comparison {
  const base = comparisonOf([caseOf('drifted', [['billing', 10]], [['refunds', 8]], { leads: '' })], { promptId: 'a.prompt.yml' });
  return { ...base, suite: { ...base.suite, word }, ...more };
}

describe('evenkeel drift', () => {
  it('tells the plan with its cost, the verdict, the cases and the comparison’s id', async () => {
    using folder = cliFolder(ONE);
    const run = fakeRun(folder.path, { comparisons: [reviewed('worse')], baselines: [BASELINE] });
    expect(await reviewDrift([], run.context)).toBe(1);
    const lines = run.out().split('\n');
    expect(lines[0]).toBe('Ticket triage · baseline · sandbox/extractor-2026-05  ↔  working copy · sandbox/extractor-2026-05');
    expect(lines[1]).toBe('  150 calls, up to 250 more · about $0.31, at most $0.90');
    expect(run.out()).toContain('Ticket triage: worse');
    expect(run.out()).toContain('t-001');
    expect(run.out()).toContain('comparison 20261125T091400-abcdef');
  });

  it('hands its options to the engine as a request', async () => {
    using folder = cliFolder(ONE);
    const options = {
      model: 'x/y',
      against: 'git:main~3',
      case: ['a', 'b'],
      samples: '2',
      confirm: '0',
      seed: '7',
      concurrency: '4',
      'max-cost': '1.5',
      'max-calls': '9',
      'sandbox-url': 'http://127.0.0.1:1',
    };
    const run = fakeRun(folder.path, { comparisons: [reviewed('steady')] }, options);
    expect(await reviewDrift(['a.prompt.yml'], run.context)).toBe(0);
    expect(run.asked.find(([method]) => method === 'planCompare')?.[1]).toEqual({
      root: folder.path,
      promptId: 'a.prompt.yml',
      kind: 'review',
      baseline: { kind: 'git', ref: 'main~3' },
      candidate: { kind: 'workingCopy', model: 'x/y' },
      caseIds: ['a', 'b'],
      samples: 2,
      confirm: 0,
      seed: 7,
      concurrency: 4,
      budget: { maxCost: 1.5, maxCalls: 9 },
      sandboxUrl: 'http://127.0.0.1:1',
    });
  });

  it('asks what the plan wants asked, and starts nothing without a yes', async () => {
    using folder = cliFolder(ONE);
    const fake = { comparisons: [reviewed('steady')], baselines: [BASELINE], plan: { askFirst: ['This makes 900 calls to x.'] } };
    const started = (run: ReturnType<typeof fakeRun>) => run.asked.some(([method]) => method === 'startCompare');
    const silent = fakeRun(folder.path, fake);
    expect(await reviewDrift([], silent.context)).toBe(2);
    expect(silent.out()).toContain('This makes 900 calls to x. Say yes with --yes');
    const refused = fakeRun(folder.path, fake, {}, { confirm: false });
    expect(await reviewDrift([], refused.context)).toBe(3);
    const [agreed, said] = [fakeRun(folder.path, fake, {}, { confirm: true }), fakeRun(folder.path, fake, { yes: true })];
    expect(await reviewDrift([], agreed.context)).toBe(0);
    expect(await reviewDrift([], said.context)).toBe(0);
    expect([silent, refused, agreed, said].map(started)).toEqual([false, false, true, true]);
  });

  it('leaves out prompts of a folder that have no baseline and names them, but not those named', async () => {
    using folder = cliFolder(TWO);
    const fake = { comparisons: [reviewed('steady')], baselines: [BASELINE] };
    const run = fakeRun(folder.path, fake, { json: true });
    expect(await reviewDrift([], run.context)).toBe(0);
    expect(run.json()[0]).toEqual({ type: 'skipped', promptId: 'b.prompt.yml', message: 'no baseline, left out.' });
    expect(run.asked.filter(([method]) => method === 'planCompare')).toHaveLength(1);
    const named = fakeRun(folder.path, fake);
    await reviewDrift(['b.prompt.yml', '.'], named.context);
    expect(named.asked.filter(([method]) => method === 'planCompare')).toHaveLength(2);
    await expect(reviewDrift([], fakeRun(folder.path, { comparisons: [] }).context)).rejects.toThrow(/evenkeel baseline capture/);
  });

  it('a problem with one prompt does not keep the others from their turn', async () => {
    using folder = cliFolder(TWO);
    const baselines = [BASELINE, { ...BASELINE, promptId: 'b.prompt.yml' }];
    const throws = { planCompare: new UserError('configuration', 'No model \u001b[31m.', { file: 'a.prompt.yml', line: 2 }) };
    const run = fakeRun(folder.path, { comparisons: [reviewed('steady')], baselines, throws });
    expect(await reviewDrift([], run.context)).toBe(2);
    expect(run.out()).toContain('✗ a.prompt.yml: line 2: No model \\u{1b}[31m.');
    expect(run.out()).toContain('✗ b.prompt.yml: a.prompt.yml:2: No model');
  });

  it('an end without a comparison is incomplete and says why', async () => {
    using folder = cliFolder(ONE);
    const events = [{ type: 'compareFinished', jobId: 'j', end: 'cancelled', message: 'Cancelled; nothing was compared.' }] as const;
    const run = fakeRun(folder.path, { baselines: [BASELINE], events });
    expect(await reviewDrift([], run.context)).toBe(3);
    expect(run.out()).toContain('Cancelled; nothing was compared.');
    expect(run.out().match(/Cancelled/g)).toHaveLength(1);
  });

  it('after Ctrl+C no further prompt is begun', async () => {
    using folder = cliFolder(ONE);
    const run = fakeRun(folder.path, { comparisons: [reviewed('steady')], baselines: [BASELINE] }, {}, { signal: AbortSignal.abort() });
    expect(await reviewDrift([], run.context)).toBe(3);
    expect(run.asked.some(([method]) => method === 'planCompare')).toBe(false);
  });

  it('--json prints events and the comparison, one object a line', async () => {
    using folder = cliFolder(ONE);
    const events = [
      { type: 'compareProgress', jobId: 'j', phase: 'firstLook', done: 3, planned: 150, costUsd: 0.01 },
      { type: 'compareFinished', jobId: 'j', end: 'finished', comparisonId: '20261125T091400-abcdef' },
    ] as const;
    const run = fakeRun(folder.path, { comparisons: [reviewed('worse')], baselines: [BASELINE], events }, { json: true });
    await reviewDrift([], run.context);
    const json = run.json();
    expect(json.map(({ type }) => type)).toEqual(['planned', 'compareProgress', 'compareFinished', 'comparison']);
    expect(json.at(-1)).toMatchObject({
      promptId: 'a.prompt.yml',
      comparisonId: '20261125T091400-abcdef',
      word: 'worse',
      exitCode: 1,
      summary: { reviewable: 1 },
      groups: [{ caseIds: ['t-001'] }],
      rows: [{ caseId: 't-001', review: { state: 'pending' } }],
    });
  });

  it('on a live terminal one line moves, on a pipe a quarter at a time is told', async () => {
    using folder = cliFolder(ONE);
    const at = (done: number) => ({ type: 'compareProgress', jobId: 'j', phase: 'secondLook', done, planned: 200, costUsd: 0.1 }) as const;
    const fake = { comparisons: [reviewed('steady')], baselines: [BASELINE] };
    const events = [at(0), at(50), at(51), at(199), at(200), { ...at(0), phase: 'computing' as const }];
    const done = { type: 'compareFinished', jobId: 'j', end: 'finished', comparisonId: '20261125T091400-abcdef' } as const;
    const pipe = fakeRun(folder.path, { ...fake, events: [...events, done] });
    await reviewDrift([], pipe.context);
    expect(pipe.out().match(/second look: \d+ of 200/g)).toEqual(['second look: 50 of 200', 'second look: 199 of 200']);
    const live = fakeRun(folder.path, { ...fake, events: [...events, done] }, {}, { terminal: true });
    await reviewDrift([], live.context);
    expect(live.out()).toContain('\r\u001b[K  second look: 0 of 200');
  });

  it('writes reports: one file for one prompt, a file each in JSON and one in Markdown for several', async () => {
    using folder = cliFolder(TWO);
    const both = [BASELINE, { ...BASELINE, promptId: 'b.prompt.yml' }];
    const fake = { comparisons: [reviewed('steady')], baselines: [BASELINE] };
    const one = fakeRun(folder.path, fake, { report: ['drift.json'] });
    await reviewDrift(['a.prompt.yml'], one.context);
    expect(JSON.parse(readFileSync(path.join(folder.path, 'drift.json'), 'utf8'))).toMatchObject({ id: '20261125T091400-abcdef' });
    const several = fakeRun(folder.path, { ...fake, baselines: both }, { report: ['all.json', 'all.md'] });
    await reviewDrift([], several.context);
    expect(existsSync(path.join(folder.path, 'all.a.prompt.yml.json'))).toBe(true);
    expect(existsSync(path.join(folder.path, 'all.json'))).toBe(false);
    expect(readFileSync(path.join(folder.path, 'all.md'), 'utf8').match(/# Ticket triage/g)).toHaveLength(2);
    expect(several.out()).toContain('wrote all.md');
  });

  it.each([
    ['drift.txt', /--report wants a file that ends in \.json or \.md, not “drift\.txt”/],
    ['nowhere/drift.json', /Create nowhere first/],
  ])('--report %s is refused before anything is paid for', async (report, message) => {
    using folder = cliFolder(ONE);
    const run = fakeRun(folder.path, { comparisons: [reviewed('steady')], baselines: [BASELINE] }, { report: [report] });
    await expect(reviewDrift([], run.context)).rejects.toThrow(message);
    expect(run.asked.map(([method]) => method)).not.toContain('planCompare');
  });
});

describe('evenkeel drift --daily', () => {
  const monitor = { sentence: 'No sign of change.', date: '2026-11-25', since: '2026-11-01', evidence: 1, canaries: 20, history: [] };
  const daily = (colour: 'green' | 'amber' | 'red') => reviewed('untested', { kind: 'daily', monitor: { ...monitor, colour } });

  it.each([
    ['green', 0],
    ['amber', 4],
    ['red', 1],
  ] as const)('%s exits with %i', async (colour, code) => {
    using folder = cliFolder(ONE);
    const options = { state: 'state', date: '2026-11-25', report: ['drift.md'] };
    const run = fakeRun(folder.path, { comparisons: [daily(colour)], baselines: [BASELINE] }, options);
    expect(await checkDay([], run.context)).toBe(code);
    expect(run.asked.find(([method]) => method === 'planDaily')?.[1]).toEqual({
      root: folder.path,
      promptId: 'a.prompt.yml',
      state: path.join(folder.path, 'state'),
      start: false,
      date: '2026-11-25',
    });
    expect(existsSync(path.join(folder.path, 'drift.md'))).toBe(true);
  });

  it('lost state exits with 3 and is not begun anew; --start begins it', async () => {
    using folder = cliFolder(ONE);
    const planDaily = async ({ start }: { readonly start: boolean }) => {
      if (!start) throw new UserError('incomplete', 'There is no daily state at x.');
      return PLAN;
    };
    const fake = { comparisons: [daily('green')], baselines: [BASELINE], methods: { planDaily } };
    const lost = fakeRun(folder.path, fake, { state: 's' });
    expect(await checkDay([], lost.context)).toBe(3);
    expect(lost.out()).toContain('There is no daily state');
    const begun = fakeRun(folder.path, fake, { state: 's', start: true });
    expect(await checkDay([], begun.context)).toBe(0);
    expect(begun.out()).toContain('the daily check begins here');
  });

  it('--start goes on with a state that is there, and mends no other error', async () => {
    using folder = cliFolder(ONE);
    const starts = (run: ReturnType<typeof fakeRun>) =>
      run.asked.flatMap(([method, params]) => (method === 'planDaily' ? [(params as { start: boolean }).start] : []));
    const there = fakeRun(folder.path, { comparisons: [daily('green')], baselines: [BASELINE] }, { state: 's', start: true });
    expect(await checkDay([], there.context)).toBe(0);
    const throws = { planDaily: new UserError('configuration', 'No baseline.') };
    const broken = fakeRun(folder.path, { baselines: [BASELINE], throws }, { state: 's', start: true });
    expect(await checkDay([], broken.context)).toBe(2);
    expect([starts(there), starts(broken)]).toEqual([[false], [false]]);
  });

  it.each([
    [{}, /name it with --state <dir>/],
    [{ state: 's', date: '2026-02-30' }, /--date wants a day like 2026-11-21/],
    [{ state: 's', date: 'today' }, /--date wants a day/],
    [{ state: 's', samples: '4' }, /--samples does not go with --daily/],
    [{ state: 's', against: 'git:main' }, /--against does not go with --daily/],
  ])('%j is a usage error', async (options, message) => {
    using folder = cliFolder(ONE);
    await expect(checkDay([], fakeRun(folder.path, { baselines: [BASELINE] }, options).context)).rejects.toThrow(message);
  });

  it('its options are no options of a review', async () => {
    using folder = cliFolder(ONE);
    expect(await folder.run(['drift', '--state', 's'])).toMatchObject({ code: 2, err: expect.stringContaining('evenkeel drift --daily') });
  });
});

describe('evenkeel compare', () => {
  it('is quick unless --review is said, and takes any two sides', async () => {
    using folder = cliFolder(ONE);
    const asked = async (options: Record<string, string | boolean>) => {
      const run = fakeRun(folder.path, { comparisons: [reviewed('untested')] }, options);
      expect(await comparePrompt([], run.context)).toBe(0);
      return run.asked.find(([method]) => method === 'planCompare')?.[1];
    };
    const place = { root: folder.path, promptId: 'a.prompt.yml' };
    expect(await asked({})).toEqual({ ...place, kind: 'quick' });
    expect(await asked({ from: 'run:previous', to: 'run:latest', quick: true })).toEqual({
      ...place,
      kind: 'quick',
      baseline: { kind: 'run', run: 'previous' },
      candidate: { kind: 'run', run: 'latest' },
    });
    expect(await asked({ review: true, samples: '4', to: 'model:x/y' })).toEqual({
      ...place,
      kind: 'review',
      candidate: { kind: 'workingCopy', model: 'x/y' },
      samples: 4,
    });
  });

  it('--since holds what was stored then against the prompt as it is', async () => {
    using folder = cliFolder(ONE);
    const chosen = {
      kind: 'run' as const,
      label: 'run of 12 Nov 09:14 UTC',
      detail: '1.3.0 · x/y · 50 of 50 passed',
      side: { kind: 'run' as const, run: 'r1' },
    };
    const methods = { workingPoints: async () => ({ points: [chosen], candidate: { kind: 'run' as const, run: 'r2' }, chosen }) };
    const run = fakeRun(folder.path, { comparisons: [reviewed('untested')], methods }, { since: 'last-green', case: ['a'] });
    expect(await comparePrompt([], run.context)).toBe(0);
    const place = { root: folder.path, promptId: 'a.prompt.yml' };
    expect(run.asked.slice(0, 2)).toEqual([
      ['workingPoints', { ...place, since: 'last-green' }],
      [
        'planCompare',
        { ...place, kind: 'quick', baseline: { kind: 'run', run: 'r1' }, candidate: { kind: 'run', run: 'r2' }, caseIds: ['a'] },
      ],
    ]);
    expect(run.out().split('\n')[0]).toBe('Since the run of 12 Nov 09:14 UTC: 1.3.0 · x/y · 50 of 50 passed');
  });

  it('looks first at an environment that it is to compare with, and tells what could not be asked', async () => {
    using folder = cliFolder(ONE);
    const problem = { kind: 'down' as const, message: '', since: '', failures: 1, retryAt: '' };
    const of = (environment: string) => ({ environment, source: 'http' as const, origin: 'x', prompts: [], problem });
    const methods = {
      deploymentKeys: async () => [],
      refreshDeployments: async () => ({ root: folder.path, environments: [of('production'), of('staging')] }),
    };
    const fake = { comparisons: [reviewed('steady')], methods };
    const [compared, drifted] = [
      fakeRun(folder.path, fake, { from: 'env:production' }),
      fakeRun(folder.path, fake, { against: 'env:production' }),
    ];
    expect(await comparePrompt([], compared.context)).toBe(0);
    expect(await reviewDrift(['a.prompt.yml'], drifted.context)).toBe(0);
    for (const run of [compared, drifted]) {
      expect(run.asked.slice(0, 3).map(([method, params]) => [method, (params as { environments?: unknown }).environments])).toEqual([
        ['deploymentKeys', ['production']],
        ['refreshDeployments', ['production']],
        ['planCompare', undefined],
      ]);
      expect(run.out()).toContain('production: no answer yet: the source is down.');
      expect(run.out()).not.toContain('staging');
    }
  });

  it('hands recorded outputs over with absolute paths, with and without a prompt', async () => {
    using folder = cliFolder(ONE);
    const options = { recorded: ['a.jsonl', 'b.jsonl'], answer: ['Yes|No'], name: 'PRIME', seed: '3' };
    const run = fakeRun(folder.path, { comparisons: [reviewed('worse', { kind: 'recorded' })] }, options);
    expect(await comparePrompt([], run.context)).toBe(1);
    const files = ['a.jsonl', 'b.jsonl'].map((file) => path.join(folder.path, file));
    const request = { root: folder.path, files, answer: ['Yes|No'], name: 'PRIME', seed: 3 };
    expect(run.asked[0]).toEqual(['compareRecorded', request]);
    const scored = fakeRun(folder.path, { comparisons: [reviewed('steady')] }, options);
    await comparePrompt(['a.prompt.yml'], scored.context);
    expect(scored.asked[0]).toEqual(['compareRecorded', { ...request, promptId: 'a.prompt.yml' }]);
  });

  it.each([
    [[], { quick: true, review: true }, /--quick or --review, not both/],
    [[], { samples: '3' }, /Use --samples with --review/],
    [[], { answer: ['x'] }, /--answer belongs to recorded outputs/],
    [[], { from: 'main' }, /“main” is no side/],
    [[], { since: 'last-green', from: 'baseline' }, /--from does not go with --since/],
    [[], { since: 'last-green', review: true }, /--review does not go with --since/],
    [[], { recorded: ['a.jsonl'], to: 'working' }, /--to does not go with --recorded/],
    [['a.prompt.yml', 'b.prompt.yml'], {}, /is about one prompt; here are a\.prompt\.yml, b\.prompt\.yml\. Name one\./],
  ])('%j %j is a usage error', async (paths, options, message) => {
    using folder = cliFolder(TWO);
    const given = paths.length ? paths : ['a.prompt.yml'];
    const run = fakeRun(folder.path, { comparisons: [reviewed('steady')] }, options);
    await expect(comparePrompt('recorded' in options ? [] : given, run.context)).rejects.toThrow(message);
    expect(run.asked).toEqual([]);
  });
});
