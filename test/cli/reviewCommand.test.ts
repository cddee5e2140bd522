import { describe, expect, it } from 'vitest';
import { BASELINE_ACTIONS, baselineAction } from '../../cli/commands/baseline.ts';
import { REVIEW_ACTIONS, reviewAction } from '../../cli/commands/review.ts';
import { COMMANDS } from '../../cli/commands/table.ts';
import { helpText } from '../../cli/help.ts';
import type { Comparison, ReviewState } from '../../protocol/index.ts';
import { caseOf, comparisonOf } from '../engine/compareView/comparisons.ts';
import { BASELINE, type Fake, fakeRun } from './fakeEngine.ts';
import { cliFolder } from './support.ts';

const PROMPT = 'name: A\nmodel: sandbox/extractor-2026-05\nmessages:\n  - { role: user, content: "{{x}}" }\n';
const FILES = { 'evenkeel.yml': 'formatVersion: 1\n', 'a.prompt.yml': PROMPT, 'b.prompt.yml': PROMPT };

const DRIFTED = caseOf('drifted', [['billing', 10]], [['refunds', 8]], { leads: '' });
const SAME = caseOf('same', [['billing', 10]], [['billing', 3]], { caseId: 't-002' });

const drifted = (id: string, promptId: string): Comparison => comparisonOf([DRIFTED, SAME], { id, promptId });
const steady = (id: string, promptId: string): Comparison => comparisonOf([SAME], { id, promptId });

/** Runs `evenkeel review …` over these comparisons, the newest first. */
async function review(words: readonly string[], fake: Fake, options: Record<string, unknown> = {}) {
  using folder = cliFolder(FILES);
  const run = fakeRun(folder.path, fake, options as never);
  const result = await reviewAction(words, run.context).catch((error: Error) => error.message);
  const acts = run.asked.filter(([method]) => ['review', 'undoReview', 'dropComparison', 'openReport', 'comparisonCase'].includes(method));
  return {
    result,
    out: run.out(),
    acts: acts.map(([, params]) => params as Record<string, unknown>),
    json: options['json'] ? run.json() : [],
  };
}

describe('evenkeel review list', () => {
  it('shows what waits, by group, and exits with 1', async () => {
    const { result, out } = await review(['list'], { comparisons: [drifted('c-1', 'a.prompt.yml'), steady('c-2', 'b.prompt.yml')] });
    expect(result).toBe(1);
    expect(out).toContain('a.prompt.yml · comparison c-1');
    expect(out).toContain('t-001');
    expect(out).not.toContain('c-2');
    expect(out).toContain('1 pending, 0 rejected.');
  });

  it.each([
    ['accepted', 0],
    ['knownNoise', 0],
    ['rejected', 1],
  ] as const)('with every case %s it exits with %i', async (state, code) => {
    const states: Record<string, ReviewState> = { 't-001': { state, reason: 'not \u001b[2Jthis' } };
    const { result, out } = await review(['list'], { comparisons: [drifted('c-1', 'a.prompt.yml')], states });
    expect(result).toBe(code);
    expect(out).not.toContain('\u001b');
  });

  it('takes the newest of a prompt with something open, or the one that is named', async () => {
    const comparisons = [steady('c-3', 'a.prompt.yml'), drifted('c-2', 'a.prompt.yml'), drifted('c-1', 'a.prompt.yml')];
    expect((await review(['list'], { comparisons })).out).toContain('comparison c-2');
    expect((await review(['list'], { comparisons }, { comparison: 'c-1' })).out).toContain('comparison c-1');
    const named = await review(['list'], { comparisons }, { comparison: 'c-3' });
    expect(named).toMatchObject({ result: 0 });
    expect(named.out).toContain('Nothing waits for review.');
  });

  it('recorded outputs that belong to no prompt wait for nobody, and can be looked at', async () => {
    const comparisons = [drifted('c-1', '')];
    expect(await review(['list'], { comparisons })).toMatchObject({ result: 0, out: 'Nothing waits for review.\n' });
    const named = await review(['list'], { comparisons }, { comparison: 'c-1' });
    expect(named).toMatchObject({ result: 0, out: expect.stringContaining('recorded outputs · comparison c-1') });
    expect((await review(['show', 't-001'], { comparisons })).out).toContain('t-001 · drifted');
  });

  it('--json gives the listing with the states', async () => {
    const { json } = await review(['list'], { comparisons: [drifted('c-1', 'a.prompt.yml')] }, { json: true });
    expect(json).toEqual([
      expect.objectContaining({ type: 'toReview', exitCode: 1, listing: expect.objectContaining({ comparisonId: 'c-1', pending: 1 }) }),
    ]);
  });
});

describe('evenkeel review accept, reject, noise', () => {
  const comparisons = [drifted('c-1', 'a.prompt.yml')];

  it.each([
    [['accept', 't-001', 't-009'], {}, { action: 'accept', scope: { kind: 'cases', ids: ['t-001', 't-009'] } }],
    [['accept'], { all: true }, { action: 'accept', scope: { kind: 'remaining' } }],
    [['noise'], { group: 'g1', reason: ' flaky ' }, { action: 'knownNoise', scope: { kind: 'group', id: 'g1' }, reason: 'flaky' }],
    [['reject', 't-001'], { reason: 'wrong team' }, { action: 'reject', scope: { kind: 'cases', ids: ['t-001'] }, reason: 'wrong team' }],
  ])('%j %j', async (words, options, asked) => {
    const { result, acts, out } = await review(words, { comparisons }, options);
    expect(result).toBe(0);
    expect(acts).toEqual([expect.objectContaining({ comparisonId: 'c-1', ...asked })]);
    expect(out).toBe('Accepted 1 case.\n  wrote __baselines__/a.json\n');
  });

  it.each([
    [[], {}, 'evenkeel review wants an action: list, show, accept, reject, noise, undo, open, drop. See evenkeel review --help.'],
    [['approve', 't-001'], {}, 'evenkeel review has no action “approve”'],
    [['constructor'], {}, 'evenkeel review has no action “constructor”'],
    [['accept'], {}, 'Name cases, or --group <id>, or --all'],
    [['accept', 't-001'], { all: true }, 'one of the three'],
    [['reject', 't-001'], {}, 'say why: --reason'],
    [['reject', 't-001'], { reason: '  ' }, 'say why: --reason'],
    [['show'], {}, 'Name a case'],
    [['undo', 't-001'], {}, 'takes no case'],
    [['open'], {}, 'Name one report'],
    [['drop'], {}, '--comparison <id>'],
    [['accept', 't-001'], { comparison: 'c-9' }, 'There is no stored comparison c-9 here.'],
  ])('%j %j does nothing and says what to do', async (words, options, message) => {
    const { result, acts } = await review(words, { comparisons }, options);
    expect(result).toContain(message);
    expect(acts).toEqual([]);
  });

  it('asks for --prompt where several have something pending', async () => {
    const both = [drifted('c-1', 'a.prompt.yml'), drifted('c-2', 'b.prompt.yml')];
    expect((await review(['accept'], { comparisons: both }, { all: true })).result).toBe(
      'Several prompts qualify: a.prompt.yml (1 pending), b.prompt.yml (1 pending). Name one with --prompt.',
    );
    const { acts } = await review(['accept'], { comparisons: both }, { all: true, prompt: 'b.prompt.yml' });
    expect(acts).toEqual([expect.objectContaining({ comparisonId: 'c-2' })]);
  });

  it('a case that was rejected can be accepted after all', async () => {
    const states = { 't-001': { state: 'rejected', reason: 'x' } } as const;
    const { acts } = await review(['accept', 't-001'], { comparisons, states });
    expect(acts).toEqual([expect.objectContaining({ action: 'accept' })]);
  });

  it('with nothing stored it says how to get something', async () => {
    expect((await review(['accept'], { comparisons: [] }, { all: true })).result).toContain('evenkeel drift');
  });
});

describe('evenkeel review show, undo, open, drop', () => {
  it('shows both sides of a case with what is said of it; text of others cannot move the cursor', async () => {
    const hostile = caseOf('drifted', [['bill\u001b[2Jing', 10]], [['refunds\u202e', 8]], { leads: '', caseId: 't-\u00079' });
    const { out, result } = await review(['show', 't-\u00079'], { comparisons: [comparisonOf([hostile], { promptId: 'a.prompt.yml' })] });
    expect(result).toBe(0);
    expect(out).toContain('t-\\u{7}9 · drifted');
    expect(out).toContain('10 approved ↔ 8 new');
    expect(out).toContain('subject: Charged twice');
    expect(out).toMatch(/\n {2}- bill.*×10\n {2}\+ refunds.*×8\n/);
    expect(out).not.toMatch(/[\u0007\u001b\u202e]/);
  });

  it('undo takes back what was said last, in whichever comparison', async () => {
    const comparisons = [drifted('c-2', 'b.prompt.yml'), drifted('c-1', 'a.prompt.yml')];
    const later = comparisonOf([{ ...DRIFTED, caseId: 't-007' }], { id: 'c-0', promptId: 'a.prompt.yml' });
    const states: Record<string, ReviewState> = {
      't-001': { state: 'accepted', at: '2026-11-20T10:00:00.000Z' },
      't-007': { state: 'rejected', at: '2026-11-21T10:00:00.000Z', reason: 'x' },
    };
    expect((await review(['undo'], { comparisons: [...comparisons, later], states })).acts).toEqual([
      expect.objectContaining({ comparisonId: 'c-0' }),
    ]);
    const carried = { 't-001': { state: 'accepted', at: '2026-11-20T10:00:00.000Z', carried: true } } as const;
    expect((await review(['undo'], { comparisons, states: carried })).result).toBe('There is nothing to take back.');
  });

  it('opens a report of elsewhere and lists it', async () => {
    const { acts, out, result } = await review(['open', 'report.json'], { comparisons: [drifted('c-1', 'a.prompt.yml')] });
    expect(result).toBe(1);
    expect(String(acts[0]?.['path'])).toMatch(/evenkeel-cli-.*report\.json$/);
    expect(out).toContain('comparison c-1');
  });

  it('drops a comparison that is named', async () => {
    const { acts } = await review(['drop'], { comparisons: [steady('c-1', 'a.prompt.yml')] }, { comparison: 'c-1' });
    expect(acts).toEqual([expect.objectContaining({ comparisonId: 'c-1' })]);
  });
});

describe('evenkeel baseline', () => {
  /** Runs `evenkeel baseline …`; gives also which engine methods were asked. */
  async function baseline(
    words: readonly string[],
    fake: Fake,
    options: Record<string, unknown> = {},
    more: { readonly confirm?: boolean } = {},
  ) {
    using folder = cliFolder(FILES);
    const run = fakeRun(folder.path, fake, options as never, more);
    const result = await baselineAction(words, run.context).catch((error: Error) => error.message);
    return { result, out: run.out(), asked: run.asked, json: options['json'] ? run.json() : [] };
  }
  const captured = {
    events: [{ type: 'compareFinished', jobId: 'j', end: 'finished', message: 'Captured 50 cases × 10 samples.' }],
  } as const;

  it('captures, and asks before approved samples are replaced', async () => {
    const first = await baseline(['capture', 'a.prompt.yml'], captured);
    expect(first).toMatchObject({ result: 0, out: expect.stringContaining('Captured 50 cases × 10 samples.') });
    const again = { ...captured, baselines: [BASELINE] };
    const silent = await baseline(['capture', 'a.prompt.yml'], again);
    expect(silent).toMatchObject({ result: 2, out: expect.stringContaining('It replaces the approved samples of 50 cases') });
    expect(silent.asked.map(([method]) => method)).not.toContain('startCompare');
    expect((await baseline(['capture', 'a.prompt.yml'], again, {}, { confirm: false })).result).toBe(3);
    expect((await baseline(['capture', 'a.prompt.yml'], again, { yes: true })).result).toBe(0);
    expect((await baseline(['capture', 'a.prompt.yml'], { ...again, plan: { models: ['other/model'] } })).result).toBe(0);
  });

  it('hands mode and options to the engine', async () => {
    const { asked } = await baseline(['capture', 'a.prompt.yml'], captured, { model: 'x/y', samples: '30', case: ['t-1'], seed: '4' });
    expect(asked[0]).toEqual([
      'planCapture',
      expect.objectContaining({ promptId: 'a.prompt.yml', mode: 'capture', model: 'x/y', samples: 30, caseIds: ['t-1'], seed: 4 }),
    ]);
  });

  it('a capture that did not come to its end exits with 3', async () => {
    const events = [{ type: 'compareFinished', jobId: 'j', end: 'failed', message: 'Nothing was captured.' }] as const;
    expect(await baseline(['capture', 'a.prompt.yml'], { events })).toMatchObject({
      result: 3,
      out: expect.stringContaining('Nothing was captured.'),
    });
  });

  it('a capture whose calls failed in part exits with 3: a case holds fewer samples than it should', async () => {
    const short = { ...captured, baselines: [{ ...BASELINE, least: 7 }] };
    expect((await baseline(['capture', 'a.prompt.yml'], short, { yes: true })).result).toBe(3);
    expect((await baseline(['capture', 'a.prompt.yml'], short, { yes: true, case: ['t-1'] })).result).toBe(0);
  });

  it('tops up what lacks, and leaves full baselines alone', async () => {
    const full = await baseline(['top-up'], { ...captured, baselines: [BASELINE] });
    expect(full).toMatchObject({ result: 0, out: expect.stringContaining('nothing to top up') });
    expect(full.asked.map(([method]) => method)).not.toContain('planCapture');
    const lacking = await baseline(['top-up'], { ...captured, baselines: [{ ...BASELINE, lacking: ['t-9'] }] });
    expect(lacking.asked).toContainEqual(['planCapture', expect.objectContaining({ mode: 'topUp' })]);
    const more = await baseline(['top-up'], { ...captured, baselines: [BASELINE] }, { samples: '30' });
    expect(more.asked).toContainEqual(['planCapture', expect.objectContaining({ mode: 'topUp', samples: 30 })]);
  });

  it.each([
    [0.43, 'steady', 0, 'in 43 of 100 checks (p = 0.43). The approved samples and a fresh run are alike'],
    [0.004, 'changed', 1, 'in 4 of 1,000 checks (p = 0.004). 1 case stands out. The answers vary more from run to run'],
    [0.00001, 'changed', 1, 'in fewer than 1 of 1,000 checks'],
    [null, 'insufficientData', 3, 'cannot be checked: that takes at least 3 approved samples'],
  ] as const)('check says its p of %s in words', async (p, word, code, words) => {
    const base = comparisonOf([SAME], { promptId: 'a.prompt.yml', attribution: { differs: [], same: [], unknown: [] } });
    const tests = p === null ? {} : { distribution: { p, adjusted: p, rejected: p < 0.025 } };
    const comparison = { ...base, suite: { ...base.suite, word, tests, gated: 1 } };
    const run = await baseline(['check', 'a.prompt.yml'], { comparisons: [comparison], baselines: [BASELINE] });
    expect(run.result).toBe(code);
    expect(run.out).toContain(words);
  });

  it('a check whose sides differ is none, and says so', async () => {
    const { json } = await baseline(
      ['check', 'a.prompt.yml'],
      { comparisons: [steady('c-1', 'a.prompt.yml')], baselines: [BASELINE] },
      { json: true },
    );
    expect(json.at(-1)).toMatchObject({ type: 'check', differs: ['model'], sentence: expect.stringContaining('no check of the baseline') });
  });

  it('prune lists what would go, and removes it when told to', async () => {
    const baselines = [{ ...BASELINE, stale: ['t-1'], orphaned: ['t-2'] }];
    const removed = (run: { readonly asked: readonly (readonly [string, unknown])[] }) =>
      run.asked.some(([method]) => method === 'pruneBaselines');
    const dry = await baseline(['prune'], { baselines });
    expect(dry).toMatchObject({ result: 0, out: expect.stringContaining('would go: t-1, t-2') });
    const [refused, agreed] = [
      await baseline(['prune'], { baselines }, {}, { confirm: false }),
      await baseline(['prune'], { baselines }, {}, { confirm: true }),
    ];
    const yes = await baseline(['prune', 'a.prompt.yml'], { baselines }, { yes: true, json: true });
    expect([dry, refused, agreed, yes].map(removed)).toEqual([false, false, true, true]);
    expect([refused.result, agreed.result]).toEqual([3, 0]);
    expect(yes.json).toEqual([{ type: 'pruned', promptId: 'a.prompt.yml', path: BASELINE.path, caseIds: ['t-1', 't-2'] }]);
    expect((await baseline(['prune'], { baselines: [BASELINE] }, { yes: true })).out).toContain('nothing to prune');
  });

  it('list shows what each baseline holds and what of it no longer fits', async () => {
    const baselines = [
      { ...BASELINE, least: 3, lacking: ['t-9'], orphaned: ['t-\u001b'], answeredBy: ['extractor-2026-11'], renamedFrom: 'old.prompt.yml' },
    ];
    const { out, result } = await baseline(['list'], { baselines });
    expect(result).toBe(0);
    expect(out).toContain(
      'a.prompt.yml · sandbox/extractor-2026-05\n  50 cases × 3 to 10 samples · 2026-11-12, 2026-11-13 · answered by extractor-2026-11\n',
    );
    for (const words of ['fewer than 10', '1 lacking: t-9', '1 orphaned (no such case): t-\\u{1b}', 'captured for old.prompt.yml'])
      expect(out).toContain(words);
    expect(out).toContain('b.prompt.yml: no baseline.');
  });

  it('every action of every command is in its help', () => {
    for (const [command, actions] of [
      ['review', REVIEW_ACTIONS],
      ['baseline', BASELINE_ACTIONS],
    ] as const) {
      const words = Object.keys(COMMANDS[command].actions ?? {}).map((line) => line.split(' ')[0]);
      expect(words).toEqual(Object.keys(actions));
      for (const action of words) expect(helpText(command)).toContain(`  ${action}`);
    }
  });
});
