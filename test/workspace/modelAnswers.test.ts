import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readModelAnswers, type StoredModelAnswers, writeModelAnswers } from '../../workspace/index.ts';

const ANSWERS: StoredModelAnswers = {
  platform: 'openai',
  asOf: '2026-11-27',
  source: 'https://api.openai.com/v1/models',
  models: [{ id: 'gpt-4.1', released: '2025-04-14', retiresOn: '2027-01-14' }, { id: 'gpt-6-luna' }],
};

describe('answers of providers in the user’s own folder', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'evenkeel-data-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const file = (): string => path.join(folder, 'models/openai.json');

  it('are read as they were written, one file a provider', async () => {
    await writeModelAnswers(path.join(folder, 'new'), ANSWERS);
    await writeModelAnswers(path.join(folder, 'new'), { ...ANSWERS, platform: 'google', models: [{ id: 'g', contextWindow: 5 }] });
    expect(readdirSync(path.join(folder, 'new')).sort()).toEqual(['models']);
    expect(readdirSync(path.join(folder, 'new/models')).sort()).toEqual(['google.json', 'openai.json']);
    expect(await readModelAnswers(path.join(folder, 'new'))).toEqual([
      ANSWERS,
      { ...ANSWERS, platform: 'google', models: [{ id: 'g', contextWindow: 5 }] },
    ]);
  });

  it('are none where there is no folder', async () => {
    expect(await readModelAnswers(path.join(folder, 'nowhere'))).toEqual([]);
  });

  it.each<readonly [what: string, text: string]>([
    ['no JSON', '{'],
    ['too deep', '['.repeat(100_000)],
    ['no version', JSON.stringify(ANSWERS)],
    ['no day', JSON.stringify({ formatVersion: 1, ...ANSWERS, asOf: 'today' })],
    ['a day of no calendar', JSON.stringify({ formatVersion: 1, ...ANSWERS, models: [{ id: 'a', retiresOn: '2026-13-01' }] })],
    ['another provider', JSON.stringify({ formatVersion: 1, ...ANSWERS, platform: 'google' })],
    ['an id without end', JSON.stringify({ formatVersion: 1, ...ANSWERS, models: [{ id: 'x'.repeat(201) }] })],
    ['a limit below zero', JSON.stringify({ formatVersion: 1, ...ANSWERS, models: [{ id: 'a', contextWindow: -1 }] })],
  ])('that are damaged are none, and replaced: %s', async (_what, text) => {
    await writeModelAnswers(folder, ANSWERS);
    writeFileSync(file(), text);
    expect(await readModelAnswers(folder)).toEqual([]);
    await writeModelAnswers(folder, ANSWERS);
    expect(await readModelAnswers(folder)).toEqual([ANSWERS]);
  });

  it('of a newer program are left alone', async () => {
    await writeModelAnswers(folder, ANSWERS);
    const newer = readFileSync(file(), 'utf8').replace('"formatVersion": 1', '"formatVersion": 2');
    writeFileSync(file(), newer);
    expect(await readModelAnswers(folder)).toEqual([]);
    await expect(writeModelAnswers(folder, ANSWERS)).rejects.toThrow(/newer version of Evenkeel/);
    expect(readFileSync(file(), 'utf8')).toBe(newer);
  });
});
