import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parseLock, type Release } from '../../prompts-schema/index.ts';
import { type CompareFixture, compareFixture, PROMPT } from './support/compareFixture.ts';
import { triageFiles } from './support/runFixture.ts';

const made: CompareFixture[] = [];
afterEach(async () => {
  for (const fixture of made.splice(0)) await fixture.remove();
});

const MODEL = 'sandbox/extractor-latest';
const LOCK = `${PROMPT}.lock`;

async function fixtureOf(count = 6): Promise<CompareFixture> {
  const fixture = await compareFixture(triageFiles(count, { model: MODEL }));
  made.push(fixture);
  return fixture;
}

async function releasesIn({ root }: CompareFixture): Promise<readonly Release[]> {
  const parsed = parseLock(await readFile(join(root, LOCK), 'utf8'));
  if (parsed.status !== 'read') throw new Error(parsed.message);
  expect(parsed.unsealed).toEqual([]);
  return parsed.lock.releases;
}

describe('the engine', () => {
  it('releases a prompt, tested with the eval that was run before, with the figures of its run', async () => {
    const { root, engine, run, ...rest } = await fixtureOf(12);
    const { last, runId } = await run({ models: [MODEL] });
    const result = await engine.release({ root, promptId: PROMPT, bump: 'minor' });
    expect(result).toMatchObject({
      tested: [MODEL],
      files: expect.arrayContaining([LOCK]),
      message: expect.stringContaining(`Tested with ${MODEL}.`),
    });
    const [release] = await releasesIn({ root, engine, run, ...rest });
    const { cases, passed, failed, interval } = last.totals;
    const [test] = release?.tested ?? [];
    expect(test).toMatchObject({ model: MODEL, run: runId, how: 'eval', cases, passed, scored: passed + failed });
    expect(test?.interval?.low).toBeCloseTo(interval?.low ?? -1, 4);
    expect(test?.dataset).toMatch(/^[0-9a-f]{64}$/);
    expect(release?.fingerprint).toBe(result.fingerprint);
  });

  it('counts a release as tested when a drift review of it is accepted to the end', async () => {
    const fixture = await fixtureOf();
    const { root, engine } = fixture;
    await fixture.capture({ samples: 5 });
    await engine.release({ root, promptId: PROMPT, bump: 'minor' });
    expect((await releasesIn(fixture))[0]?.tested).toEqual([]);
    fixture.changeModel('extractor-2026-09');
    const { comparison } = await fixture.compare();
    const result = await engine.review({ root, comparisonId: comparison.id, action: 'accept', scope: { kind: 'remaining' } });
    expect(result.files).toContain(LOCK);
    const [test] = (await releasesIn(fixture))[0]?.tested ?? [];
    expect(test).toMatchObject({ model: MODEL, how: 'review', cases: 6 });
    expect(comparison.candidate.runIds).toContain(test?.run);
    expect(test?.dataset).toBe(comparison.candidate.dataset);
  });

  it('repairs a lock file from git', async () => {
    const fixture = await fixtureOf(2);
    const { root, engine, git } = fixture;
    git('init', '-q', '-b', 'main');
    await writeFile(join(root, '.gitignore'), '.evenkeel\n');
    await engine.release({ root, promptId: PROMPT, bump: 'major' });
    git('add', '-A');
    git('commit', '-qm', 'first');
    const text = await readFile(join(root, LOCK), 'utf8');
    await writeFile(join(root, LOCK), text.replace(/fingerprint: ek1:..../, 'fingerprint: ek1:0000'));
    await expect(engine.release({ root, promptId: PROMPT, bump: 'major' })).rejects.toMatchObject({
      message: expect.stringContaining('was edited by hand'),
    });
    expect((await engine.repairLock({ root, promptId: PROMPT })).files).toEqual([LOCK]);
    expect((await releasesIn(fixture))[0]?.fingerprint).toBe(/ek1:[0-9a-f]{64}/.exec(text)?.[0]);
  });

  it('takes no request that is none', async () => {
    const { root, engine } = await fixtureOf(1);
    await expect(engine.release({ root, promptId: PROMPT, bump: 'huge' as 'major' })).rejects.toThrow();
    await expect(engine.release({ root, promptId: '../x.prompt.yml', bump: 'major' })).rejects.toMatchObject({ name: 'UserError' });
    await expect(engine.release({ root, promptId: 'package.json', bump: 'major' })).rejects.toMatchObject({ name: 'UserError' });
  });
});
