import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../engine/index.ts';
import { TRUSTED } from '../../safety/index.ts';

const PAIRS = path.resolve(import.meta.dirname, '../../../shared/corpus/datasets/lchen001+LLMDrift/paired');
const isThere = fs.existsSync(PAIRS);
/** The last bracketed yes or no, else the last word yes or no, ignoring case. */
const ANSWER = ['(?i)\\[(yes|no)\\]', '(?i)\\b(yes|no)\\b'];

describe.runIf(isThere)('GPT-4 and GPT-3.5 on PRIME, March and June 2023', () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'evenkeel-prime-'));
  const engine = createEngine({ capabilities: TRUSTED, interactive: false });
  afterAll(() => fs.rmSync(root, { recursive: true, force: true }));
  const compare = async (file: string) => {
    const { comparisonId } = await engine.compareRecorded({ root, files: [path.join(PAIRS, file)], answer: ANSWER });
    const { text } = await engine.exportReport({ root, comparisonId, format: 'json' });
    return { view: await engine.comparison({ root, comparisonId }), comparison: JSON.parse(text) };
  };

  it('GPT-4 is worse: 84.0 % → 51.1 %, and its answers collapse in length', async () => {
    const { view, comparison } = await compare('prime_full__gpt-4-0314__gpt-4-0613.jsonl');
    expect(view.summary.word).toBe('worse');
    expect(view.summary.verdict.map(({ text }) => text).join('')).toMatch(/84\.0 %.*51\.1 %/);
    expect(comparison.suite.passRate).toMatchObject({ words: expect.stringContaining('worse') });
    expect(view.summary.shifts.join(' ')).toMatch(/shorter/);
    expect(view.summary.notes.join(' ')).toContain('No case is tested for noise');
    expect(comparison.cases.every(({ p }: { p: number | null }) => p === null)).toBe(true);
  }, 60_000);

  it('GPT-3.5 is better: 52.9 % → 76.1 %', async () => {
    const { view } = await compare('prime_full__gpt-3.5-turbo-0301__gpt-3.5-turbo-0613.jsonl');
    expect(view.summary.word).toBe('better');
    expect(view.summary.verdict.map(({ text }) => text).join('')).toMatch(/52\.9 %.*76\.1 %/);
  }, 60_000);
});

it.runIf(!isThere)('the corpus of paired outputs is not beside the repository: PRIME is not compared here', () => {
  expect(fs.existsSync(PAIRS)).toBe(false);
});
