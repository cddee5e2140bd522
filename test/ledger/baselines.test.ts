import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type Baseline,
  changeBaseline,
  distinctOutputs,
  encodeBaseline,
  entryFor,
  hasBaseline,
  inputsHash,
  pruneBaseline,
  readBaselines,
  summarizeBaseline,
  withEntries,
} from '../../ledger/index.ts';
import { TRUSTED, UNTRUSTED } from '../../safety/index.ts';
import { openWorkspace, type Workspace } from '../../workspace/index.ts';
import { removeTemporaryFolders, temporaryFolder } from '../workspace/temporaryFolder.ts';
import { BASELINE, MODEL, OLD_SOURCE, outputOf, PROMPT } from './comparisonOf.ts';

removeTemporaryFolders();

const open = (files: Readonly<Record<string, string>> = {}, capabilities = TRUSTED): Workspace =>
  openWorkspace({ root: temporaryFolder({ [PROMPT]: 'messages: []', ...files }), capabilities });

const baselineOf = (entries: Readonly<Record<string, string>>, promptId = PROMPT, model = MODEL): Baseline => ({
  promptId,
  model,
  wanted: 3,
  sources: [OLD_SOURCE],
  cases: new Map(
    Object.entries(entries).map(([id, text]) => [
      id,
      { inputs: inputsHash({ text: id }), source: 0, outputs: distinctOutputs([outputOf(text), outputOf(text)]) },
    ]),
  ),
});

const put =
  (id: string, text: string) =>
  (current: Baseline | undefined): Baseline =>
    withEntries(current ?? baselineOf({}), [
      {
        caseId: id,
        entry: { inputs: inputsHash({ text: id }), source: OLD_SOURCE, outputs: distinctOutputs([outputOf(text)]) },
        follows: null,
      },
    ]);

const casesOf = (...ids: string[]) => ids.map((id) => ({ id, variables: { text: id } }));

describe('the baselines of a prompt', () => {
  it('are none where there is no folder', async () => {
    const workspace = open();
    expect(await readBaselines(workspace, PROMPT)).toEqual([]);
    expect(await hasBaseline(workspace, PROMPT)).toBe(false);
  });

  it('are one a model, and not those of other prompts beside it', async () => {
    const workspace = open({
      [BASELINE]: encodeBaseline(baselineOf({ a: 'x' })),
      'prompts/__baselines__/triage.prompt.yml@other.json': encodeBaseline(baselineOf({ a: 'y' }, PROMPT, 'other')),
      'prompts/__baselines__/second.prompt.yml@other.json': encodeBaseline(baselineOf({ a: 'z' }, 'prompts/second.prompt.yml', 'other')),
      'prompts/__baselines__/notes.json': '{',
    });
    expect((await readBaselines(workspace, PROMPT)).map(({ path, baseline }) => [path, baseline.model])).toEqual([
      ['prompts/__baselines__/triage.prompt.yml@other.json', 'other'],
      [BASELINE, MODEL],
    ]);
    expect(await hasBaseline(workspace, PROMPT)).toBe(true);
  });

  it('are said to be damaged with their file', async () => {
    const workspace = open({ [BASELINE]: '{' });
    await expect(readBaselines(workspace, PROMPT)).rejects.toMatchObject({ code: 'configuration', place: { file: BASELINE, line: 1 } });
  });

  it('are not what lies under another model’s name', async () => {
    const workspace = open({ [BASELINE]: encodeBaseline(baselineOf({ a: 'x' }, PROMPT, 'other')) });
    await expect(readBaselines(workspace, PROMPT)).rejects.toThrow(
      /belongs in prompts\/__baselines__\/triage.prompt.yml@other.json\. Rename it/,
    );
  });

  it('are not read through a link that leads out', async () => {
    const outside = temporaryFolder({ 'triage.prompt.yml@sandbox%2Fsmall.json': encodeBaseline(baselineOf({ a: 'x' })) });
    const workspace = open();
    symlinkSync(outside, join(workspace.root, 'prompts/__baselines__'));
    expect(await readBaselines(workspace, PROMPT)).toEqual([]);
    await expect(changeBaseline(workspace, PROMPT, MODEL, put('a', 'x'))).rejects.toMatchObject({ code: 'configuration' });
    expect(readdirSync(outside)).toHaveLength(1);
  });
});

describe('a prompt that was renamed', () => {
  const renamed = (): Workspace =>
    open({ 'prompts/__baselines__/old.prompt.yml@sandbox%2Fsmall.json': encodeBaseline(baselineOf({ a: 'x' }, 'prompts/old.prompt.yml')) });

  it('keeps its baseline when the fingerprint is the same', async () => {
    const workspace = renamed();
    expect(await readBaselines(workspace, PROMPT, { fingerprint: 'ek1:old' })).toMatchObject([{ renamedFrom: 'prompts/old.prompt.yml' }]);
    expect(await readBaselines(workspace, PROMPT, { fingerprint: 'ek1:other' })).toEqual([]);
    expect(await readBaselines(workspace, PROMPT)).toEqual([]);
  });

  it('does not take the baseline of a prompt that is there', async () => {
    const workspace = renamed();
    writeFileSync(join(workspace.root, 'prompts/old.prompt.yml'), '');
    expect(await readBaselines(workspace, PROMPT, { fingerprint: 'ek1:old' })).toEqual([]);
  });

  it('takes it along at the next change', async () => {
    const workspace = renamed();
    await changeBaseline(workspace, PROMPT, MODEL, put('b', 'y'));
    expect(readdirSync(join(workspace.root, 'prompts/__baselines__'))).toEqual(['triage.prompt.yml@sandbox%2Fsmall.json']);
    const [stored] = await readBaselines(workspace, PROMPT);
    expect([...(stored?.baseline.cases.keys() ?? [])].sort()).toEqual(['a', 'b']);
    expect(stored).toMatchObject({ path: BASELINE, baseline: { promptId: PROMPT } });
  });

  it('along with its folder has its baselines at once', async () => {
    const workspace = open({ [BASELINE]: encodeBaseline(baselineOf({ a: 'x' })) });
    renameSync(join(workspace.root, 'prompts'), join(workspace.root, 'moved'));
    expect(await readBaselines(workspace, 'moved/triage.prompt.yml')).toMatchObject([{ renamedFrom: PROMPT }]);
  });
});

describe('changing a baseline', () => {
  it('makes folder and file, and tells the new hash', async () => {
    const workspace = open();
    const made = await changeBaseline(workspace, PROMPT, MODEL, put('a', 'x'));
    expect(made.path).toBe(BASELINE);
    expect((await readBaselines(workspace, PROMPT))[0]).toEqual(made);
  });

  it('lets all win who change different cases at once', async () => {
    const workspace = open();
    const ids = Array.from({ length: 12 }, (_, at) => `c${at}`);
    await Promise.all(ids.map((id) => changeBaseline(workspace, PROMPT, MODEL, put(id, id))));
    const [stored] = await readBaselines(workspace, PROMPT);
    expect([...(stored?.baseline.cases.keys() ?? [])].sort()).toEqual([...ids].sort());
  });

  it('is asked again when somebody who knows no lock wrote in between', async () => {
    const workspace = open({ [BASELINE]: encodeBaseline(baselineOf({ a: 'x' })) });
    let asked = 0;
    await changeBaseline(workspace, PROMPT, MODEL, (current) => {
      if (asked++ === 0) writeFileSync(join(workspace.root, BASELINE), encodeBaseline(baselineOf({ a: 'x', z: 'theirs' })));
      return put('b', 'mine')(current);
    });
    const [stored] = await readBaselines(workspace, PROMPT);
    expect([asked, ...(stored?.baseline.cases.keys() ?? [])]).toEqual([2, 'b', 'a', 'z']);
  });

  it('does not touch a file that stays the same', async () => {
    const workspace = open({ [BASELINE]: encodeBaseline(baselineOf({ a: 'x' })) });
    const before = await workspace.stat(BASELINE);
    await changeBaseline(workspace, PROMPT, MODEL, (current) => current ?? baselineOf({}));
    expect(await workspace.stat(BASELINE)).toEqual(before);
  });

  it('needs trust', async () => {
    const workspace = open({}, UNTRUSTED);
    await expect(changeBaseline(workspace, PROMPT, MODEL, put('a', 'x'))).rejects.toMatchObject({ code: 'untrusted' });
    expect(existsSync(join(workspace.root, 'prompts/__baselines__'))).toBe(false);
  });

  it('does not overwrite a damaged one', async () => {
    const workspace = open();
    mkdirSync(join(workspace.root, 'prompts/__baselines__'));
    writeFileSync(join(workspace.root, BASELINE), '<<<<<<< HEAD\n');
    await expect(changeBaseline(workspace, PROMPT, MODEL, put('a', 'x'))).rejects.toThrow(/merge conflict/);
    expect(readFileSync(join(workspace.root, BASELINE), 'utf8')).toBe('<<<<<<< HEAD\n');
  });
});

describe('what fits the dataset', () => {
  const entries = { a: 'x', b: 'y', gone: 'z' };
  const cases = [...casesOf('a', 'new'), { id: 'b', variables: { text: 'other inputs' } }];

  it('is summarized', async () => {
    const workspace = open({ [BASELINE]: encodeBaseline(baselineOf(entries)) });
    const [stored] = await readBaselines(workspace, PROMPT);
    expect(stored && summarizeBaseline(stored, PROMPT, cases)).toEqual({
      path: BASELINE,
      promptId: PROMPT,
      model: MODEL,
      answeredBy: ['small-1'],
      fingerprint: 'ek1:old',
      capturedOn: ['2026-11-01'],
      cases: 3,
      least: 2,
      most: 2,
      wanted: 3,
      lacking: ['new'],
      stale: ['b'],
      orphaned: ['gone'],
    });
  });

  it('follows a case that was only renamed', () => {
    const baseline = baselineOf({ a: 'x' });
    expect(entryFor(baseline, 'renamed', inputsHash({ text: 'a' }))).toBe(baseline.cases.get('a'));
    expect(entryFor(baseline, 'a', inputsHash({ text: 'changed' }))).toBeUndefined();
    const summary = summarizeBaseline({ path: BASELINE, hash: '', baseline }, PROMPT, [{ id: 'renamed', variables: { text: 'a' } }]);
    expect(summary).toMatchObject({ lacking: [], stale: [], orphaned: [] });
  });

  it('stays when the rest is pruned', async () => {
    const workspace = open({ [BASELINE]: encodeBaseline(baselineOf(entries)) });
    expect(await pruneBaseline(workspace, PROMPT, cases)).toEqual([{ path: BASELINE, caseIds: ['b', 'gone'] }]);
    expect([...((await readBaselines(workspace, PROMPT))[0]?.baseline.cases.keys() ?? [])]).toEqual(['a']);
    expect(await pruneBaseline(workspace, PROMPT, cases)).toEqual([]);
  });

  it('and with nothing left there is no file', async () => {
    const workspace = open({ [BASELINE]: encodeBaseline(baselineOf(entries)) });
    await pruneBaseline(workspace, PROMPT, []);
    expect(existsSync(join(workspace.root, BASELINE))).toBe(false);
  });
});
