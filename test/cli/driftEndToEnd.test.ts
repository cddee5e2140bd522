import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ComparisonListing } from '../../protocol/index.ts';
import { serveSandbox } from '../../sandbox/serve.ts';
import { type CliFolder, type CliResult, cliFolder, EXAMPLE } from './support.ts';

/** The example with a baseline; each block of tests works on its own. */
async function exampleWithBaseline(samples = '10'): Promise<CliFolder> {
  const folder = cliFolder({ copyOf: EXAMPLE });
  const { code, out } = await folder.run(['baseline', 'capture', 'triage.prompt.yml', '--samples', samples, '--yes']);
  expect(code, out).toBe(0);
  return folder;
}

const comparisonOf = ({ json, out }: CliResult) => {
  const found = json.find(({ type }) => type === 'comparison');
  if (!found) throw new Error(`no comparison in ${out}`);
  return found as { readonly comparisonId: string; readonly word: string; readonly exitCode: number };
};

const listingOf = ({ json }: CliResult) => json.find(({ type }) => type === 'toReview')?.['listing'] as ComparisonListing | undefined;

describe('a drift review on the command line', () => {
  let folder: CliFolder;
  beforeAll(async () => {
    folder = await exampleWithBaseline();
  }, 60_000);
  afterAll(() => folder[Symbol.dispose]());

  it('without a baseline it says how to get one', async () => {
    using bare = cliFolder({ copyOf: EXAMPLE });
    expect(await bare.run(['drift'])).toMatchObject({ code: 2, err: expect.stringContaining('evenkeel baseline capture') });
    const named = await bare.run(['drift', 'triage.prompt.yml']);
    expect(named.code).toBe(2);
    expect(named.out).toContain('There is no baseline');
  });

  it('asks before so many calls', async () => {
    using bare = cliFolder({ copyOf: EXAMPLE });
    const { code, out } = await bare.run(['baseline', 'capture', 'triage.prompt.yml']);
    expect(code).toBe(2);
    expect(out).toContain('500 calls');
    expect(out).toContain('--yes');
    expect(existsSync(path.join(bare.path, '__baselines__'))).toBe(false);
  });

  it('the same prompt and model is steady, and the others are left out', async () => {
    const result = await folder.run(['drift', '--yes', '--json']);
    expect(comparisonOf(result)).toMatchObject({ word: 'steady', exitCode: 0 });
    expect(result.code).toBe(0);
    expect(result.json.filter(({ type }) => type === 'skipped')).toHaveLength(3);
  });

  it('the baseline lists itself, holds against a fresh run, and is full', async () => {
    const { json } = await folder.run(['baseline', 'list', 'triage.prompt.yml', '--json']);
    expect(json).toEqual([
      expect.objectContaining({ type: 'baseline', cases: 50, least: 10, most: 10, lacking: [], stale: [], orphaned: [] }),
    ]);
    const check = await folder.run(['baseline', 'check', 'triage.prompt.yml', '--yes']);
    expect(check).toMatchObject({ code: 0, out: expect.stringContaining('the baseline holds') });
    expect((await folder.run(['baseline', 'top-up', 'triage.prompt.yml'])).out).toContain('nothing to top up');
    expect((await folder.run(['baseline', 'prune', 'triage.prompt.yml'])).out).toContain('nothing to prune');
  });

  it('another model is reviewed to the end: list, show, reject, accept, undo', async () => {
    const drift = await folder.run([
      'drift',
      'triage.prompt.yml',
      '-m',
      'sandbox/extractor-2026-10',
      '--yes',
      '--json',
      '--report',
      'drift.json',
      '--report',
      'drift.md',
    ]);
    const { comparisonId, word } = comparisonOf(drift);
    expect(['worse', 'changed']).toContain(word);
    expect(drift.code).toBe(1);
    expect(readFileSync(path.join(folder.path, 'drift.md'), 'utf8')).toContain('Ticket triage');

    const list = await folder.run(['review', 'list', '--json']);
    const listing = listingOf(list);
    expect(list.code).toBe(1);
    expect(listing).toMatchObject({ comparisonId, rejected: 0 });
    const ids = listing?.reviewable.map(({ caseId }) => caseId) ?? [];
    expect(ids.length).toBeGreaterThan(2);
    const [first = '', second = ''] = ids;

    const show = await folder.run(['review', 'show', first]);
    expect(show).toMatchObject({ code: 0, err: '' });
    expect(show.out).toContain(`${first} · `);
    expect(show.out).toContain('10 approved ↔ ');

    expect(await folder.run(['review', 'reject', first, '--reason', 'wrong team'])).toMatchObject({ code: 0, err: '' });
    expect(await folder.run(['review', 'noise', second])).toMatchObject({ code: 0, err: '' });
    const accept = await folder.run(['review', 'accept', '--all']);
    expect(accept, accept.err).toMatchObject({ code: 0 });
    expect(accept.out).toContain('__baselines__/');
    const after = await folder.run(['review', 'list', '--json']);
    expect(after.code).toBe(1);
    expect(listingOf(after)).toMatchObject({ pending: 0, rejected: 1 });

    const captured = readdirSync(path.join(folder.path, '__baselines__'));
    expect(captured).toHaveLength(3);
    expect(captured).toContain('triage.prompt.yml.reviews.jsonl');

    expect((await folder.run(['review', 'undo'])).code).toBe(0);
    expect(listingOf(await folder.run(['review', 'list', '--json']))).toMatchObject({ pending: ids.length - 2, rejected: 1 });
    expect((await folder.run(['review', 'accept', first])).code).toBe(0);
    expect((await folder.run(['review', 'accept', '--all'])).code).toBe(0);
    expect(await folder.run(['review', 'list'])).toMatchObject({ code: 0, out: 'Nothing waits for review.\n' });
  });

  it('takes a report of elsewhere over', async () => {
    using other = cliFolder({ copyOf: EXAMPLE });
    const { code, json } = await other.run(['review', 'open', path.join(folder.path, 'drift.json'), '--json']);
    expect(code).toBe(1);
    expect(json[0]).toMatchObject({ type: 'toReview', listing: { promptId: 'triage.prompt.yml' } });
    expect((await other.run(['review', 'list'])).code).toBe(1);
    expect(await other.run(['review', 'open', 'triage.prompt.yml'])).toMatchObject({
      code: 2,
      err: expect.not.stringContaining('fault of Evenkeel'),
    });
  });

  it('a stop by the user leaves nothing half done and exits with 3', async () => {
    const served = await serveSandbox({ port: 0, latencyMs: 30 });
    try {
      const stop = new AbortController();
      const off = served.sandbox.log.subscribe(({ n }) => n === 10 && stop.abort());
      const argv = ['drift', 'triage.prompt.yml', '--yes', '--json', '--sandbox-url', served.url];
      const { code, json } = await folder.run(argv, { signal: stop.signal });
      off();
      expect(code).toBe(3);
      expect(json.find(({ type }) => type === 'compareFinished')).toMatchObject({ end: 'cancelled' });
      expect(served.sandbox.log.total).toBeLessThan(150);
    } finally {
      await served.close();
    }
  });
});

describe('evenkeel compare', () => {
  it('a quick compare makes no claim and exits with 0', async () => {
    using folder = await exampleWithBaseline('3');
    const { code, out } = await folder.run(['compare', 'triage.prompt.yml', '--to', 'model:sandbox/extractor-2026-10']);
    expect(code).toBe(0);
    expect(out).toContain('No claim: one sample a case cannot tell a change from noise.');
  });

  it('a git revision against the working copy, and two stored runs', async () => {
    using folder = cliFolder({ copyOf: EXAMPLE });
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: folder.path, stdio: 'pipe' });
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'one');
    const prompt = path.join(folder.path, 'lead.prompt.yml');
    await folder.run(['eval', 'lead.prompt.yml']);
    writeFileSync(prompt, readFileSync(prompt, 'utf8').replaceAll('cold', 'icy'));
    await folder.run(['eval', 'lead.prompt.yml']);
    const changed = await folder.run(['compare', 'lead.prompt.yml', '--from', 'git:HEAD', '--json']);
    expect(changed.json.find(({ type }) => type === 'planned')).toMatchObject({ plan: { baseline: expect.stringContaining('HEAD') } });
    expect(comparisonOf(changed)).toMatchObject({ word: 'untested', exitCode: 0 });
    const stored = await folder.run(['compare', 'lead.prompt.yml', '--from', 'run:previous', '--to', 'run:latest', '--json']);
    expect(stored.json.find(({ type }) => type === 'planned')).toMatchObject({ plan: { calls: 0 } });
    expect(comparisonOf(stored).word).toBe('untested');
    const nowhere = await folder.run(['compare', 'lead.prompt.yml', '--from', 'git:nowhere']);
    expect(nowhere.code).toBe(2);
    expect(nowhere.out).toContain('nowhere');
  });

  it('recorded pairs are scored by the answer found last, and cannot be accepted without a prompt', async () => {
    const row = (id: number) => ({
      id: `q${id}`,
      input: `Is ${id} prime?`,
      expected: 'Yes',
      output_a: 'First no, then: Yes',
      output_b: 'Yes? [No]',
    });
    using folder = cliFolder({ 'pairs.jsonl': Array.from({ length: 60 }, (_, at) => JSON.stringify(row(at))).join('\n') });
    const { code, out } = await folder.run(['compare', '--recorded', 'pairs.jsonl', '--answer', '(?i)\\b(yes|no)\\b', '--name', 'Primes']);
    expect(code).toBe(1);
    expect(out).toContain('Primes: worse');
    expect(await folder.run(['review', 'list'])).toMatchObject({ code: 0, out: 'Nothing waits for review.\n' });
    const [, id = ''] = /comparison (\S+)/.exec(out) ?? [];
    expect((await folder.run(['review', 'list', '--comparison', id])).out).toContain(`recorded outputs · comparison ${id}`);
    expect((await folder.run(['review', 'accept', '--all'])).code).toBe(2);
    expect(await folder.run(['compare', '--recorded', 'nowhere.jsonl'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('nowhere.jsonl'),
    });
  });
});

describe('evenkeel drift --daily', () => {
  it('loses no state in silence, stays green without a change, turns red with one, and waits for a person', async () => {
    using folder = await exampleWithBaseline();
    const check = (date: string, ...more: readonly string[]) =>
      folder.run([
        'drift',
        'triage.prompt.yml',
        '--daily',
        '--state',
        'state',
        '--date',
        date,
        '--report',
        'report.json',
        '--json',
        ...more,
      ]);
    const colourOf = (result: CliResult) =>
      (comparisonOf(result) as unknown as { summary: { monitor?: { colour: string } } }).summary.monitor?.colour;
    const lost = await check('2026-11-01');
    expect(lost.code).toBe(3);
    expect(lost.json.at(-1)).toMatchObject({ type: 'problem', message: expect.stringContaining('--start') });
    expect(existsSync(path.join(folder.path, 'state'))).toBe(false);

    expect((await check('2026-11-01', '--start')).code).toBe(0);
    const green = await check('2026-11-02');
    expect([green.code, colourOf(green)]).toEqual([0, 'green']);

    const prompt = path.join(folder.path, 'triage.prompt.yml');
    writeFileSync(prompt, readFileSync(prompt, 'utf8').replaceAll('billing', 'invoicing').replaceAll('returns', 'sendbacks'));
    let last = green;
    let day = 3;
    while (last.code !== 1 && day < 25) last = await check(`2026-11-${String(day++).padStart(2, '0')}`);
    expect([last.code, colourOf(last)]).toEqual([1, 'red']);
    expect(comparisonOf(last).word).not.toBe('untested');

    const waiting = await check(`2026-11-${String(day).padStart(2, '0')}`);
    expect(waiting.code).toBe(1);
    expect(waiting.json.find(({ type }) => type === 'planned')).toMatchObject({ plan: { calls: 0 } });
    expect(await folder.run(['review', 'open', 'report.json'])).toMatchObject({ err: '' });
  }, 60_000);
});
