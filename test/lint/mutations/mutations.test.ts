import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../engine/drift/cases/random.ts';
import { RULES } from '../../../lint/index.ts';
import { cleanDraft, FORMATS } from './cleanDraft.ts';
import { datasetMutations } from './datasetMutations.ts';
import { type Draft, filesOf, findingsOf } from './draft.ts';
import type { Mutation } from './mutation.ts';
import { outputMutations } from './outputMutations.ts';
import { promptMutations, workMutations } from './promptMutations.ts';
import { releaseMutations } from './releaseMutations.ts';
import { evaluatorFormMutations, schemaMutations } from './schemaMutations.ts';
import { securityMutations } from './securityMutations.ts';
import { cleanTemplateDraft, templateMutations } from './templateMutations.ts';

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  ...schemaMutations,
  ...evaluatorFormMutations,
  ...promptMutations,
  ...workMutations,
  ...datasetMutations,
  ...outputMutations,
  ...securityMutations,
  ...releaseMutations,
  ...templateMutations,
};

/** An empty dataset is said to be empty at the prompt that names it, and in the file itself. */
const IN_BOTH_FILES = new Set(['dataset.empty']);

/** Formats of datasets that can be wrong in this way. */
const FORMAT_OF: Readonly<Record<string, readonly string[]>> = {
  'dataset.invalid-row': ['jsonl'],
  'dataset.ragged-row': ['csv'],
  'dataset.duplicate-column': ['csv'],
};

const MUTATED = 5;
const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);

describe('clean files', () => {
  it.each(SEEDS.slice(0, 24))('seed %i gives no finding at all', async (seed) => {
    const draft = cleanDraft(seed);
    expect(await told(draft), filesOf(draft)[draft.promptPath]).toEqual([]);
  });

  it.each(SEEDS.slice(0, 8))('template seed %i gives no finding at all', async (seed) => {
    const draft = cleanTemplateDraft(seed);
    expect(await told(draft), filesOf(draft)[draft.promptPath]).toEqual([]);
  });
});

describe('a rule that exists can be provoked', () => {
  it('has a mutation', () => {
    const missing = RULES.map(({ code }) => code).filter((code) => !Object.hasOwn(MUTATIONS, code));
    expect(missing).toEqual([]);
    const known = new Set(RULES.map(({ code }) => code));
    expect(Object.keys(MUTATIONS).filter((code) => !known.has(code))).toEqual([]);
  });
});

describe(`${MUTATED} seeded mutations of clean files`, () => {
  it.each(Object.entries(MUTATIONS))('%s is exactly what is found', async (code, mutate) => {
    const texts = new Set<string>();
    for (const seed of SEEDS) {
      const draft = Object.hasOwn(templateMutations, code) ? cleanTemplateDraft(seed) : cleanDraft(seed, FORMAT_OF[code] ?? FORMATS);
      const before = JSON.stringify(filesOf(draft));
      if (mutate(draft, seededRandom(`${code} ${seed}`)) === false) continue;
      const after = JSON.stringify(filesOf(draft));
      if (!code.startsWith('release.')) expect(after, draft.name).not.toBe(before);
      if (texts.has(after)) continue;
      texts.add(after);
      const found = await told(draft);
      const expected = IN_BOTH_FILES.has(code) ? [code, code] : [code];
      expect(
        found.map((one) => one.split(' ')[0]),
        `${draft.name}, seed ${seed}:\n${found.join('\n')}\n${filesOf(draft)[draft.promptPath]?.slice(0, 6000)}`,
      ).toEqual(expected);
      if (texts.size === MUTATED) return;
    }
    expect.fail(`only ${texts.size} clean files could be made wrong like this`);
  });
});

async function told(draft: Draft): Promise<readonly string[]> {
  return (await findingsOf(draft)).map(({ code, message, file, range }) => `${code} ${file}:${range.start} ${message}`);
}
