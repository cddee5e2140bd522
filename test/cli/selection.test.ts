import { expect, it } from 'vitest';
import { cliFolder } from './support.ts';

const PROMPT =
  'model: sandbox/extractor-2026-05\nmessages:\n  - { role: user, content: "{{input}}" }\nevaluators:\n  - { name: filled, notEmpty: true }\ntestData:\n  - { input: x }\n';
const FILES = {
  'a.prompt.yml': PROMPT,
  'archive/b.prompt.yml': `${PROMPT}extra: 1\n`,
  'archive/_c.prompt': '{{#if x}}',
  'drafts/d.prompt.yml': `${PROMPT}extra: 1\n`,
};
const config = (prompts: string): string => `formatVersion: 1\nprompts: ${prompts}\n`;

it.each([
  ['{ exclude: [archive/, drafts/] }', ['a.prompt.yml']],
  ['{ include: ["drafts/**"] }', ['drafts/d.prompt.yml']],
  ['{ include: ["**/*.prompt.yml"], exclude: [drafts/] }', ['a.prompt.yml', 'archive/b.prompt.yml']],
  ['{}', ['a.prompt.yml', 'archive/b.prompt.yml', 'drafts/d.prompt.yml']],
])('commands over a tree take the prompts that evenkeel.yml takes: prompts: %s', async (prompts, taken) => {
  using folder = cliFolder({ ...FILES, 'evenkeel.yml': config(prompts) });
  const status = await folder.run(['status', '--json']);
  expect(status.json.map(({ promptId }) => promptId)).toEqual(taken);
  const models = await folder.run(['models', '--json']);
  expect(models.json.map((row) => row['prompts'])).toEqual([taken]);
  const evals = await folder.run(['eval', '--json']);
  expect(evals.json.flatMap((line) => (line['type'] === 'planned' ? [(line['plan'] as { promptId: string }).promptId] : []))).toEqual(
    taken,
  );
  const lint = await folder.run(['lint', '--json']);
  const wrong = lint.json.map(({ file, code }) => `${String(file)} ${String(code)}`);
  expect(wrong).toEqual([
    ...(prompts === '{}' ? ['archive/_c.prompt template.unclosed-tag'] : []),
    ...taken.slice(1).map((file) => `${file} schema.unknown-key`),
    ...(taken[0] === 'drafts/d.prompt.yml' ? ['drafts/d.prompt.yml schema.unknown-key'] : []),
  ]);
});

it('a file that is named is taken, whatever evenkeel.yml says, and a folder without prompts says why', async () => {
  using folder = cliFolder({ ...FILES, 'evenkeel.yml': config('{ exclude: [archive/, drafts/] }') });
  const named = await folder.run(['lint', '--json', 'archive/b.prompt.yml', 'archive/_c.prompt']);
  expect(named.json.map(({ code }) => code)).toEqual(['schema.unknown-key', 'template.unclosed-tag']);
  for (const command of ['lint', 'models', 'status', 'eval'])
    expect(await folder.run([command, 'archive'])).toMatchObject({
      code: 2,
      err: expect.stringContaining(
        'evenkeel.yml takes no prompt file under archive for a prompt. Correct its prompts.include and prompts.exclude, or name a file.',
      ),
    });
});

it('a partial is checked by lint, and is no prompt for anything else', async () => {
  using folder = cliFolder({
    'p/a.prompt': '---\nmodel: sandbox/extractor-2026-05\nevenkeel.evaluators: [{ name: filled, notEmpty: true }]\n---\n{{> style}}\n',
    'p/_style.prompt': 'Be kind.\n{{#unles done}}Go on.{{/unles}}\n{{> tone}}\n',
  });
  const { out, code } = await folder.run(['lint']);
  expect(code).toBe(0);
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ').slice(0, 3).join(' ')),
  ).toEqual(['p/_style.prompt:2:4 warning template.unknown-helper', 'p/a.prompt:5:1 warning reference.missing-file', '2 files: 2']);
  expect((await folder.run(['lint', '--fix', 'p/_style.prompt'])).out).toContain('p/_style.prompt: fixed: Change to `unless`');
  expect((await folder.run(['status', '--json'])).json.map(({ promptId }) => promptId)).toEqual(['p/a.prompt']);
  expect(await folder.run(['eval', 'p/_style.prompt'])).toMatchObject({ code: 2, err: expect.stringContaining('is a partial') });
});
