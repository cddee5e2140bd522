import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliFolder } from './support.ts';

const CONFIG = `description: animals
prompts:
  - label: plain
    raw: "Answer with exactly one of these words: cat, dog. {{animal}}"
  - file://chat.json
  - file://made.py
providers: [sandbox:extractor-2026-05]
defaultTest:
  assert: [{ type: not-contains, value: horse }]
tests:
  - vars: { animal: [a cat that purrs, my dog barks] }
    assert: [{ type: contains-any, value: [cat, dog] }]
  - file://more.csv
`;
const CHAT = '[{"role":"system","content":"Answer with exactly one of these words: cat, dog."},{"role":"user","content":"{{animal}}"}]';
const FILES = {
  'evenkeel.yml': 'formatVersion: 1\n',
  'eval/promptfooconfig.yaml': CONFIG,
  'eval/chat.json': CHAT,
  'eval/more.csv': 'animal,__expected\nthe cat sleeps,dog\n',
};

/** The prompt ids that runs were planned for. */
function ran(json: readonly Record<string, unknown>[]): readonly string[] {
  return json.flatMap((event) => (event.type === 'runStarted' ? [(event.header as { promptId: string }).promptId] : []));
}

describe('a file of several prompts', () => {
  it('runs all of them, and what cannot be run says why', async () => {
    using folder = cliFolder(FILES);
    const { code, json, err } = await folder.run(['eval', 'eval/promptfooconfig.yaml', '--json']);
    expect(ran(json)).toEqual(['eval/promptfooconfig.yaml#plain', 'eval/promptfooconfig.yaml#chat']);
    expect([...json.filter(({ type }) => type === 'runFinished').map(({ totals }) => totals)]).toMatchObject([
      { cases: 3, passed: 2, failed: 1, unscored: 0, errors: 0 },
      { cases: 3, passed: 2, failed: 1, unscored: 0, errors: 0 },
    ]);
    expect(`${JSON.stringify(json)}${err}`).toContain('made.py` is code that makes a prompt');
    expect(code).toBe(2);
  });

  it('runs the one that is named, with its own journal', async () => {
    using folder = cliFolder(FILES);
    const { code, json } = await folder.run(['eval', 'eval/promptfooconfig.yaml#chat', '--json']);
    expect(code).toBe(1);
    expect(ran(json)).toEqual(['eval/promptfooconfig.yaml#chat']);
    const again = await folder.run(['eval', 'eval/promptfooconfig.yaml#chat', '--rescore', '--json']);
    expect(again.json.at(-1)).toMatchObject({ type: 'runFinished', totals: { passed: 2, failed: 1 } });
  });

  it('names those it has where another one is asked for, or one has to be', async () => {
    using folder = cliFolder(FILES);
    expect(
      (await folder.run(['eval', 'eval/promptfooconfig.yaml#nope'])).err +
        (await folder.run(['eval', 'eval/promptfooconfig.yaml#nope'])).out,
    ).toContain('No prompt of this file is called `nope`. It has `plain`, `chat`, `made`.');
    const { code, err } = await folder.run(['history', 'eval/promptfooconfig.yaml']);
    expect(code).toBe(2);
    expect(err).toContain(
      'evenkeel history is about one prompt; here are eval/promptfooconfig.yaml#plain, eval/promptfooconfig.yaml#chat, eval/promptfooconfig.yaml#made. Name one.',
    );
  });

  it('takes files by patterns, and runs no code that fits one', async () => {
    using folder = cliFolder({
      ...FILES,
      'eval/promptfooconfig.yaml': 'prompts: ["file://p/*"]\nproviders: [sandbox:extractor-2026-05]\ntests: ["file://t/*"]\n',
      'eval/p/b.txt': 'Say {{animal}}.',
      'eval/p/a.md': 'Name {{animal}}.',
      'eval/p/c.js': 'require("fs").writeFileSync("ran", "");',
      'eval/t/1.yaml': '- vars: { animal: cat }\n  assert: [{ type: contains, value: cat }]\n',
      'eval/t/2.py': 'open("ran", "w")',
    });
    const { code, json, err } = await folder.run(['eval', 'eval/promptfooconfig.yaml', '--json']);
    expect(ran(json)).toEqual(['eval/promptfooconfig.yaml#a', 'eval/promptfooconfig.yaml#b']);
    expect(`${JSON.stringify(json)}${err}`).toContain('`p/c.js` is code that makes a prompt');
    expect(code).toBe(2);
    const lint = await folder.run(['lint', '--json']);
    expect(lint.json.flatMap(({ line, message, code: rule }) => (rule === undefined ? [] : [`${line} ${message}`]))).toEqual([
      '1 `p/c.js` is code that makes a prompt, and nothing of a repository is executed here. Write its text to a file (.txt, .json) and name that.',
      '3 `t/2.py` is code, and nothing of a repository is executed here. Run it once, write what it makes to a file (.yaml, .json or .csv), and name that.',
    ]);
    expect(existsSync(path.join(folder.path, 'ran')) || existsSync(path.join(folder.path, 'eval/ran'))).toBe(false);
  });

  it('whose pattern leads outside or fits nothing is not run', async () => {
    for (const [pattern, why] of [
      ['../../*.yaml', 'leads outside the folder; only files inside it are read.'],
      ['none/*.yaml', 'No file fits none/*.yaml.'],
    ]) {
      using folder = cliFolder({ ...FILES, 'eval/promptfooconfig.yaml': `prompts: [x]\ntests: ["file://${pattern}"]\n` });
      const { code, out, err } = await folder.run(['eval', 'eval/promptfooconfig.yaml#prompt-1']);
      expect(code).toBe(2);
      expect(out + err).toContain(`eval/promptfooconfig.yaml:2: \`${pattern}\` cannot be used: `);
      expect(out + err).toContain(why);
    }
  });

  it('with a case that cannot be asked as the file means it runs the others, and is incomplete', async () => {
    const config = `prompts: [{ label: p, raw: "Answer with exactly one of these words: cat, dog. {{animal}} {{said}}" }]
providers: [sandbox:extractor-2026-05]
defaultTest: { assert: [{ type: contains-any, value: [cat, dog] }] }
tests:
  - { vars: { animal: a cat }, options: { storeOutputAs: said } }
  - { vars: { animal: a dog } }
`;
    using folder = cliFolder({ ...FILES, 'eval/promptfooconfig.yaml': config });
    const { code, out, err } = await folder.run(['eval', 'eval/promptfooconfig.yaml#p']);
    expect(out + err).toContain('1 of 2 cases is refused, and the run is incomplete.');
    expect(out + err).toContain('eval/promptfooconfig.yaml:6: It takes `said` from the answer to an earlier test');
    expect(code).toBe(3);
  });

  it('is found below a folder, and linted as one file', async () => {
    using folder = cliFolder({ ...FILES, 'eval/chat.json': CHAT.replace('{{animal}}', '{{animl}}') });
    const { json, code } = await folder.run(['lint', '--json']);
    const found = json.flatMap(({ file, line, severity, code: rule }) =>
      rule === undefined ? [] : [`${file}:${line} ${severity} ${rule}`],
    );
    expect(found).toEqual([
      'eval/promptfooconfig.yaml:5 warning template.undefined-variable',
      'eval/promptfooconfig.yaml:6 warning schema.unsupported-value',
    ]);
    expect(code).toBe(0);
  });

  it('that names a file which is not there is not run without it', async () => {
    const { 'eval/more.csv': _gone, ...rest } = FILES;
    using folder = cliFolder(rest);
    const { code, out, err } = await folder.run(['eval', 'eval/promptfooconfig.yaml#plain']);
    expect(code).toBe(2);
    expect(out + err).toContain(
      'eval/promptfooconfig.yaml:13: `more.csv` cannot be used: eval/more.csv does not exist. Create it or correct the path.',
    );
  });

  it('keeps a baseline and a lock for each by its name', async () => {
    using folder = cliFolder(FILES);
    const captured = await folder.run(['baseline', 'capture', 'eval/promptfooconfig.yaml#chat', '--samples', '2', '--yes']);
    expect(captured.code, captured.err).toBe(0);
    expect(existsSync(path.join(folder.path, 'eval/__baselines__/promptfooconfig.yaml%23chat@sandbox%2Fextractor-2026-05.json'))).toBe(
      true,
    );
    const released = await folder.run(['release', 'eval/promptfooconfig.yaml#plain', '1.0.0']);
    expect(released.out).toContain('Released 1.0.0.');
    expect(readFileSync(path.join(folder.path, 'eval/promptfooconfig.yaml'), 'utf8')).toBe(
      CONFIG.replace('prompts:', 'evenkeel:\n  versions:\n    plain: 1.0.0\nprompts:'),
    );
    expect(readFileSync(path.join(folder.path, 'eval/promptfooconfig.yaml.lock'), 'utf8')).toContain('prompt: plain');
  });

  it('in JavaScript is named, never executed, and keeps nothing else from running', async () => {
    using folder = cliFolder({ ...FILES, 'other/promptfooconfig.js': 'require("fs").writeFileSync("ran", "");' });
    const { json } = await folder.run(['eval', '.', '--json']);
    expect(ran(json)).toHaveLength(2);
    const lint = await folder.run(['lint', 'other', '--json']);
    expect(lint.json.filter(({ code }) => code !== undefined)).toMatchObject([
      { code: 'schema.unsupported-value', message: expect.stringMatching(/that is code is not read/) },
    ]);
    expect(existsSync(path.join(folder.path, 'other/ran'))).toBe(false);
    expect(readFileSync(path.join(folder.path, 'eval/promptfooconfig.yaml'), 'utf8')).toBe(CONFIG);
  });
});
