import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { cliFolder } from './support.ts';

const CONFIG = `prompts:
  - label: plain
    raw: "Answer with exactly one of these words: cat, dog. {{animal}}"
providers: [sandbox:extractor-2026-05]
tests:
  - vars: { animal: a cat that purrs }
    threshold: 0.5
    assert:
      - { type: contains-any, value: [cat, dog] }
      - { type: equals, value: "horse\\e[2J", metric: "a horse\\e[2J" }
      - { type: javascript, value: "true", weight: 0 }
`;

it('the checks of a set are told below it: of an eval with --verbose, and of a case of a comparison', async () => {
  using folder = cliFolder({ 'evenkeel.yml': 'formatVersion: 1\n', 'promptfooconfig.yaml': CONFIG });
  const promptId = 'promptfooconfig.yaml#plain';
  const short = await folder.run(['eval', promptId]);
  expect(short).toMatchObject({ code: 0 });
  expect(short.out).not.toContain('›');
  const { out } = await folder.run(['eval', promptId, '--verbose']);
  const lines = out.split('\n').filter((line) => line.includes('›'));
  expect(lines).toEqual([
    expect.stringMatching(/^ {6}✓ .+ › contains-any/),
    expect.stringMatching(/^ {6}✗ .+ › a horse\S*\[2J: .*horse/),
    expect.stringMatching(/^ {6}\? .+ › javascript.*: unscored, .*code.*executed/),
  ]);
  expect(out).not.toContain('\u001b[2J');

  expect(await folder.run(['baseline', 'capture', promptId, '--samples', '3', '--yes'])).toMatchObject({ code: 0 });
  const file = path.join(folder.path, 'promptfooconfig.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('cat, dog.', 'horse, cow.'));
  await folder.run(['compare', promptId, '--review', '--yes']);
  const { json } = await folder.run(['review', 'list', '--json']);
  const listing = json.find(({ type }) => type === 'toReview')?.['listing'] as {
    readonly reviewable: readonly { readonly caseId: string }[];
  };
  const shown = await folder.run(['review', 'show', listing.reviewable[0]?.caseId ?? '']);
  const told = shown.out.split('\n').filter((line) => /^ {2}\S.*(?:passed|unscored)/.test(line));
  expect(told).toEqual([
    '  contains-any "cat, dog": passed 3 of 3 approved, 0 of 15 new',
    expect.stringMatching(/^ {2}a horse\S*\[2J: passed 0 of 3 approved, 0 of 15 new$/),
    expect.stringMatching(/^ {2}javascript.*: unscored, .*executed/),
  ]);
  expect(shown.out).not.toContain('\u001b[2J');
});
