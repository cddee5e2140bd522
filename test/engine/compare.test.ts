import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { type CompareFixture, compareFixture, PROMPT } from './support/compareFixture.ts';
import { triageFiles } from './support/runFixture.ts';

const made: CompareFixture[] = [];
afterEach(async () => {
  for (const fixture of made.splice(0)) await fixture.remove();
});
const fixtureOf = async (count = 12, extra = ''): Promise<CompareFixture> => {
  const fixture = await compareFixture(triageFiles(count, { model: 'sandbox/extractor-latest', extra }));
  made.push(fixture);
  return fixture;
};
const edit = async ({ root }: CompareFixture, from: string, to: string): Promise<void> => {
  const path = join(root, PROMPT);
  const text = await readFile(path, 'utf8');
  if (!text.includes(from)) throw new Error(`There is no “${from}” in the prompt.`);
  await writeFile(path, text.replace(from, to));
};

describe('a baseline', () => {
  it('is captured with a plan before it, and a review of the same model finds nothing', async () => {
    const fixture = await fixtureOf();
    const { plan, last, events } = await fixture.capture();
    expect(plan).toMatchObject({ calls: 120, cases: 12, repeats: 10, atMostMore: 0 });
    expect(last).toMatchObject({ end: 'finished', message: expect.stringContaining('Captured 12 cases × 10 samples') });
    expect(events.filter(({ type }) => type === 'compareProgress').length).toBeGreaterThan(2);
    expect(fixture.sandbox().log.total).toBe(120);
    const [baseline] = await fixture.engine.baselines({ root: fixture.root, promptId: PROMPT });
    expect(baseline).toMatchObject({
      model: 'sandbox/extractor-latest',
      cases: 12,
      least: 10,
      most: 10,
      wanted: 10,
      lacking: [],
      stale: [],
      orphaned: [],
    });
    const { comparison } = await fixture.compare();
    expect(comparison.suite.word).toBe('steady');
    expect(comparison.cases.every(({ label }) => ['same', 'equivalent', 'noise'].includes(label))).toBe(true);
    expect(comparison.attribution.differs).toEqual([]);
  });

  it('says what to do where there is none', async () => {
    const fixture = await fixtureOf(2);
    await expect(fixture.compare()).rejects.toThrow(/There is no baseline.*Capture one first/);
    await expect(fixture.capture({ mode: 'topUp' })).rejects.toThrow(/no baseline for sandbox\/extractor-latest to top up/);
  });

  it('is topped up with what it lacks and nothing else', async () => {
    const fixture = await fixtureOf(6);
    await fixture.capture({ samples: 4 });
    const before = fixture.sandbox().log.total;
    const { last, plan } = await fixture.capture({ mode: 'topUp', samples: 7 });
    expect(plan.calls).toBe(18);
    expect(fixture.sandbox().log.total - before).toBe(18);
    expect(last.message).toContain('Added 6 cases × 3 samples');
    expect((await fixture.engine.baselines({ root: fixture.root, promptId: PROMPT }))[0]).toMatchObject({ least: 7, most: 7 });
    await expect(fixture.capture({ mode: 'topUp', samples: 7 })).rejects.toThrow(/Nothing to top up/);
  });

  it('tells stale, orphaned and lacking cases, follows a renamed one, and prunes only what no longer fits', async () => {
    const fixture = await fixtureOf(5);
    await fixture.capture({ samples: 3 });
    const path = join(fixture.root, 'triage.cases.jsonl');
    const [first = '', second = '', third = '', fourth = ''] = (await readFile(path, 'utf8')).trim().split('\n');
    const changed = second.replace('Where is', 'Tell me where is');
    const renamed = third.replace('"c2"', '"renamed"');
    const added = fourth.replace('"c3"', '"c9"').replace('Order', 'Bestellung');
    await writeFile(path, `${[first, changed, renamed, fourth, added].join('\n')}\n`);
    const [summary] = await fixture.engine.baselines({ root: fixture.root, promptId: PROMPT });
    expect(summary).toMatchObject({ lacking: ['c9'], stale: ['c1'], orphaned: ['c4'] });
    const { removed } = await fixture.engine.pruneBaselines({ root: fixture.root, promptId: PROMPT });
    expect(removed.flatMap(({ caseIds }) => caseIds).sort()).toEqual(['c1', 'c4']);
    const { comparison } = await fixture.compare({ confirm: 0 });
    expect(comparison.cases.find(({ caseId }) => caseId === 'renamed')?.approved).toHaveLength(3);
    expect(comparison.cases.filter(({ label }) => label === 'new').map(({ caseId }) => caseId)).toEqual(['c1', 'c9']);
  });

  it('keeps what was approved when a capture does not come through', async () => {
    const fixture = await fixtureOf(4);
    await fixture.capture({ samples: 3 });
    const [summary] = await fixture.engine.baselines({ root: fixture.root, promptId: PROMPT });
    const before = await readFile(join(fixture.root, summary?.path ?? ''), 'utf8');
    const { last } = await fixture.capture({ samples: 3, budget: { maxCalls: 5 } });
    expect(last).toMatchObject({ end: 'failed', message: expect.stringMatching(/approved baseline was kept as it is/) });
    expect(await readFile(join(fixture.root, summary?.path ?? ''), 'utf8')).toBe(before);
  });
});

describe('a drift review', () => {
  it('sees that the model changed underneath, and says that nothing else did', async () => {
    const fixture = await fixtureOf(24);
    await fixture.capture();
    fixture.changeModel('extractor-2026-09');
    const { plan, comparison, last } = await fixture.compare();
    expect(plan).toMatchObject({ calls: 72, atMostMore: 288 });
    expect(last.end).toBe('finished');
    expect(comparison.attribution).toMatchObject({
      differs: [{ cause: 'answeringModel', from: 'extractor-2026-05', to: 'extractor-2026-09' }],
    });
    expect(comparison.attribution.same).toEqual(
      expect.arrayContaining(['messages', 'parameters', 'requestedModel', 'dataset', 'evaluators']),
    );
    const emptied = comparison.cases.filter(({ fresh }) => fresh.some(({ output }) => /"summary":\s*""/.test(output.text)));
    expect(emptied.length).toBeGreaterThan(0);
    for (const { label } of emptied) expect(['drifted', 'broken', 'unsure']).toContain(label);
    expect(comparison.design).toMatchObject({ cases: 24, approvedLeast: 10, approvedMost: 10, screen: 3, confirm: 5, third: 7 });
    for (const { fresh } of comparison.cases) expect([3, 8, 15]).toContain(fresh.length);
  });

  it('looks a third time at cases that two looks leave open, and at no others', async () => {
    const [old, moved] = ['extractor-2026-05', 'extractor-2026-09'].map((latest) => createSandbox({ latest, logLimit: 1 }));
    let [changes, asked] = [false, new Map<string, number>()];
    /** From the change on, two answers of three to the same request come from another model. */
    const mixed: Sandbox = {
      handle: (request) => {
        const times = asked.get(request.body) ?? 0;
        asked.set(request.body, times + 1);
        return (changes && times % 3 > 0 ? moved : old)!.handle(request);
      },
      log: old!.log,
    };
    const fixture = await compareFixture(triageFiles(24, { model: 'sandbox/extractor-latest' }), { sandbox: async () => mixed });
    made.push(fixture);
    await fixture.capture();
    [changes, asked] = [true, new Map()];
    const { comparison, events, last } = await fixture.compare();
    expect(last.end).toBe('finished');
    const lengths = comparison.cases.map(({ fresh }) => fresh.length);
    const unclear = lengths.filter((length) => length === 15).length;
    expect(unclear).toBeGreaterThan(0);
    expect(lengths.filter((length) => length === 3).length).toBeGreaterThan(0);
    expect(lengths.every((length) => [3, 8, 15].includes(length))).toBe(true);
    expect(comparison.design).toMatchObject({ third: 7, unclear });
    expect(comparison.candidate.runIds).toHaveLength(3);
    expect(comparison.spent.calls).toBe(lengths.reduce((sum, length) => sum + length, 0));
    expect(events.flatMap((event) => (event.type === 'compareProgress' ? [event.phase] : []))).toContain('thirdLook');
    for (const { fresh, label, p } of comparison.cases.filter((of) => of.fresh.length === 15))
      expect([fresh.length, label !== 'same' && p !== null && p < 1]).toEqual([15, true]);
  });

  it('is the same for the same seed, whoever asks', async () => {
    const [one, other] = [await fixtureOf(10), await fixtureOf(10)];
    const reports = [];
    for (const fixture of [one, other]) {
      await fixture.capture({ seed: 5 });
      fixture.changeModel('extractor-2026-10');
      const { comparison } = await fixture.compare({ seed: 5 });
      reports.push({
        word: comparison.suite.word,
        tests: comparison.suite.tests,
        cases: comparison.cases.map(({ caseId, label, p, q }) => ({ caseId, label, p, q })),
      });
    }
    expect(reports[0]).toEqual(reports[1]);
  });

  it('accepts without a call: what was accepted is the baseline of the next review', async () => {
    const fixture = await fixtureOf(24);
    await fixture.capture();
    fixture.changeModel('extractor-2026-09');
    const { comparison } = await fixture.compare();
    const { root, engine } = fixture;
    const before = fixture.sandbox().log.total;
    const view = await engine.comparison({ root, comparisonId: comparison.id });
    expect(view.summary.reviewable).toBeGreaterThan(0);
    const result = await engine.review({ root, comparisonId: comparison.id, action: 'accept', scope: { kind: 'remaining' } });
    expect(result.cases).toHaveLength(view.summary.reviewable);
    expect(fixture.sandbox().log.total).toBe(before);
    const after = await fixture.compare({ seed: 99 });
    expect(after.comparison.cases.filter(({ caseId, label }) => result.cases.includes(caseId) && label === 'drifted')).toEqual([]);
    await engine.undoReview({ root, comparisonId: comparison.id });
    expect((await engine.comparison({ root, comparisonId: comparison.id })).summary.reviewed).toBe(0);
  });

  it('holds a git version against the working copy over the same cases, and names the part that changed', async () => {
    const fixture = await fixtureOf(6);
    fixture.git('init', '-q', '-b', 'main');
    fixture.git('add', '.');
    fixture.git('commit', '-qm', 'first');
    await edit(fixture, 'a summary of one sentence', 'a summary of two sentences, in English');
    const { comparison, plan } = await fixture.compare({
      kind: 'review',
      baseline: { kind: 'git', ref: 'HEAD' },
      candidate: { kind: 'workingCopy' },
      confirm: 0,
    });
    expect(plan.calls).toBe(6 * 10 + 6 * 3);
    expect(comparison.attribution.differs.map(({ cause }) => cause)).toEqual(['messages']);
    expect(comparison.baseline).toMatchObject({ kind: 'git', label: expect.stringMatching(/^HEAD \([0-9a-f]{7,}\)$/) });
    expect(comparison.cases.every(({ approved, fresh }) => approved.length === 10 && fresh.length === 3)).toBe(true);
  });

  it('compares two models, and two stored runs without a call', async () => {
    const fixture = await fixtureOf(6);
    const { root, engine } = fixture;
    const models = await fixture.compare({
      kind: 'quick',
      baseline: { kind: 'workingCopy', model: 'sandbox/extractor-2026-05' },
      candidate: { kind: 'workingCopy', model: 'sandbox/extractor-2026-08' },
    });
    expect(models.plan.calls).toBe(12);
    expect(models.comparison.attribution.differs.map(({ cause }) => cause)).toEqual(['requestedModel', 'answeringModel']);
    expect(models.comparison.attribution.warning).toBeUndefined();
    expect(models.comparison.suite.word).toBe('untested');
    for (const model of ['sandbox/extractor-2026-05', 'sandbox/extractor-2026-10']) {
      const plan = await engine.plan({ root, promptId: PROMPT, cases: { kind: 'all' }, models: [model], cache: false });
      await (await engine.start(plan.planId, [], () => undefined)).finished;
    }
    const before = fixture.sandbox().log.total;
    const runs = await fixture.compare({ baseline: { kind: 'run', run: 'previous' }, candidate: { kind: 'run', run: 'latest' } });
    expect(runs.plan.calls).toBe(0);
    expect(fixture.sandbox().log.total).toBe(before);
    expect(runs.comparison.baseline.model).toBe('sandbox/extractor-2026-05');
    expect(runs.comparison.notes.join(' ')).toContain('No case is tested for noise');
    // What comparisons ran is no eval.
    expect((await engine.runs({ root })).length).toBe(2);
  });

  it('ends within its budget, says so, and claims nothing of cases that it could not ask', async () => {
    const fixture = await fixtureOf(6);
    await fixture.capture({ samples: 3 });
    const { comparison } = await fixture.compare({ budget: { maxCalls: 7 } });
    expect(comparison.incomplete).toBe(true);
    expect(comparison.notes.join(' ')).toContain('budget of 7 calls');
    expect(comparison.cases.reduce((sum, { fresh }) => sum + fresh.length, 0)).toBe(7);
    expect(comparison.cases.filter(({ fresh }) => fresh.length === 0).every(({ label }) => label === 'unsure')).toBe(true);
  });

  it('takes up what did not end: a capture that was cancelled, a review that met its budget', async () => {
    const fixture = await fixtureOf(40);
    const { root, engine } = fixture;
    const plan = await engine.planCapture({ root, promptId: PROMPT, mode: 'capture', samples: 10, concurrency: 2 });
    const cancel = new AbortController();
    const events: string[] = [];
    const job = await engine.startCompare(
      plan.planId,
      [],
      (event) => {
        events.push(event.type === 'compareFinished' ? event.end : event.phase);
        if (event.type === 'compareProgress' && event.done > 3) cancel.abort();
      },
      cancel.signal,
    );
    await job.finished;
    expect(events.at(-1)).toBe('cancelled');
    const before = fixture.sandbox().log.total;
    expect(before).toBeLessThan(390);
    const again = await fixture.capture({ samples: 10 });
    expect(again.plan.notes.join(' ')).toMatch(/answers of .* are there already/);
    expect(again.last.message).toContain('Captured 40 cases × 10 samples');
    expect(fixture.sandbox().log.total).toBeLessThanOrEqual(400 + 2); // calls that were in flight when it was cancelled may be made again
    await fixture.compare({ budget: { maxCalls: 7 }, confirm: 0 });
    const rest = await fixture.compare({ confirm: 0 });
    expect(rest.plan.calls).toBe(113);
    expect(rest.comparison.incomplete).toBe(false);
    expect(rest.comparison.cases.every(({ fresh }) => fresh.length === 3)).toBe(true);
  });

  it('writes nothing but its own files', async () => {
    const fixture = await fixtureOf(3);
    await fixture.capture({ samples: 3 });
    await fixture.compare({ confirm: 0 });
    expect((await readdir(fixture.root)).sort()).toEqual(['.evenkeel', '__baselines__', 'triage.cases.jsonl', PROMPT]);
  });
});

describe('recorded outputs', () => {
  it('are compared without a prompt: the last match of the first pattern that matches is the answer', async () => {
    const fixture = await fixtureOf(1);
    const rows = Array.from({ length: 40 }, (_, at) => ({
      id: `r${at}`,
      input: `Is ${at} prime?`,
      expected: 'yes',
      model_a: 'a-1',
      model_b: 'a-2',
      output_a: `[No] is wrong, so: [Yes]`,
      output_b: at < 30 ? 'No' : 'I say yes',
    }));
    const file = join(fixture.root, 'pairs.jsonl');
    await writeFile(file, rows.map((row) => JSON.stringify(row)).join('\n'));
    const { comparisonId } = await fixture.engine.compareRecorded({
      root: fixture.root,
      files: [file],
      answer: ['(?i)\\[(yes|no)\\]', '(?i)\\b(yes|no)\\b'],
    });
    const { summary, rows: shown } = await fixture.engine.comparison({ root: fixture.root, comparisonId });
    expect(summary).toMatchObject({ kind: 'recorded', word: 'worse', canAccept: false });
    expect(summary.notes.join(' ')).toContain('No case is tested for noise');
    expect(shown).toHaveLength(40);
    await expect(
      fixture.engine.review({ root: fixture.root, comparisonId, action: 'accept', scope: { kind: 'remaining' } }),
    ).rejects.toThrow(/prompt/);
  });

  it.each([
    ['not json', /pairs\.jsonl:1.*not JSON/],
    ['{"id":"a","output_a":"x"}', /pairs\.jsonl:1.*no output_b/],
    ['[1]', /no object/],
    ['', /no rows/],
  ])('%j is refused with file and line', async (text, message) => {
    const fixture = await fixtureOf(1);
    const file = join(fixture.root, 'pairs.jsonl');
    await writeFile(file, text);
    const asked = fixture.engine.compareRecorded({ root: fixture.root, files: [file], answer: [] });
    await expect(asked.catch((error: { located: string }) => Promise.reject(new Error(error.located)))).rejects.toThrow(message);
  });
});
