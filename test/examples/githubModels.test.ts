import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePrompt } from '../../prompts-schema/index.ts';
import { cliFolder } from '../cli/support.ts';

const CORPUS = path.resolve(import.meta.dirname, '../../../shared/corpus/github-models');

/** Files that a rule of the format rejects: file → the rule. Everything else must run. */
const NEGATIVE: Readonly<Record<string, string>> = {
  'actions+ai-inference/__fixtures__/prompts/invalid-role.prompt.yml': 'line 2: messages[].role is system, user or assistant',
};

describe.runIf(existsSync(CORPUS))('GitHub Models files that others wrote', () => {
  const files = existsSync(CORPUS) ? promptFiles() : [];

  it('there are enough of them', () => expect(files.length).toBeGreaterThan(25));

  it.each(files)('%s runs in the sandbox', async (file) => {
    using folder = cliFolder({ 'evenkeel.yml': 'formatVersion: 1\n' });
    const name = path.basename(file).replace(/(\.prompt)?\.ya?ml$/, '.prompt.yml');
    cpSync(path.join(CORPUS, file), path.join(folder.path, name));
    const { json, out, code } = await folder.run([
      'eval',
      name,
      '-m',
      'sandbox/extractor-2026-05',
      '--json',
      ...withCases(path.join(folder.path, name)),
    ]);
    if (NEGATIVE[file]) {
      expect(code, out).toBe(2);
      return;
    }
    const end = json.at(-1) as {
      readonly type: string;
      readonly end: string;
      readonly totals: { readonly cases: number; readonly errors: number };
    };
    expect(end, out).toMatchObject({ type: 'runFinished', end: 'finished', totals: { errors: 0 } });
    expect(end.totals.cases).toBeGreaterThan(0);
    for (const score of scoresOf(json)) {
      if (score.status === 'unscored') expect(score.reason, file).toMatch(/judge/i);
    }
  });
});

it.runIf(!existsSync(CORPUS))('the corpus of GitHub Models files is not beside this repository: nothing of it was run', () =>
  expect(existsSync(CORPUS)).toBe(false),
);

function promptFiles(): readonly string[] {
  return readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file) && /^messages:/m.test(readFileSync(path.join(CORPUS, file), 'utf8')))
    .sort();
}

/** A file without cases gets one with filler values, as a person trying it out would type. */
function withCases(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  const document = parsePrompt(text);
  if (document.testData?.length || document.dataset) return [];
  const names = [...new Set(document.messages.flatMap(({ placeholders }) => placeholders.map(({ name }) => name)))];
  const row = JSON.stringify(Object.fromEntries([['id', 'filler'], ...names.map((name) => [name, `some ${name}`])]));
  const without = text.replace(/^testData:.*$/m, ''); // an empty list, as some files have it
  writeFileSync(file, `${without.trimEnd()}\ntestData:\n  - ${row}\n`);
  return [];
}

function scoresOf(json: readonly Record<string, unknown>[]): readonly { readonly status: string; readonly reason?: string }[] {
  return json.filter(({ type }) => type === 'sampleScored').flatMap(({ scores }) => scores as { status: string; reason?: string }[]);
}
