import { describe, expect, it } from 'vitest';
import { releaseOne } from '../../cli/commands/release.ts';
import { encodeLock, fingerprintPrompt, parsePrompt } from '../../prompts-schema/index.ts';
import { liveRun } from './fakeLive.ts';
import { cliFolder } from './support.ts';

const PROMPT = 'name: A\nversion: 1.4.0\nmodel: sandbox/extractor-2026-05\nmessages:\n  - { role: user, content: "{{x}}" }\n';
const RESULT = { version: '1.4.0', fingerprint: 'ek1:0', tested: [], files: ['a.prompt.yml.lock'], message: 'Released 1.4.0.' };

/** A lock file with this text released as 1.4.0. */
function lockOf(text: string): string {
  const made = fingerprintPrompt(parsePrompt(text, 'native'));
  return encodeLock({ releases: [{ prompt: undefined, version: '1.4.0', ...made, files: {}, released: '2026-11-12', tested: [] }] });
}

const released = async (files: Readonly<Record<string, string>>, words: readonly string[], options = {}) => {
  using folder = cliFolder({ 'evenkeel.yml': 'formatVersion: 1\n', ...files });
  const run = liveRun(folder.path, { release: async () => RESULT, repairLock: async () => ({ ...RESULT, message: 'Repaired.' }) }, options);
  expect(await releaseOne(words, run.context)).toBe(0);
  const [method, params] = run.asked[0] ?? [];
  const { root, ...asked } = params as { readonly root: string };
  expect(root).toBe(folder.path);
  return { method, asked, out: run.out(), json: options && 'json' in options ? run.json() : [] };
};

describe('evenkeel release', () => {
  it.each([
    ['patch', 'patch'],
    ['minor', 'minor'],
    ['major', 'major'],
    ['2.0.0-rc.1', { version: '2.0.0-rc.1' }],
  ])('%s', async (word, bump) => {
    const { method, asked } = await released({ 'a.prompt.yml': PROMPT }, ['a.prompt.yml', word]);
    expect([method, asked]).toEqual(['release', { promptId: 'a.prompt.yml', bump }]);
  });

  it('without a word it is what the file names, while that is no other release', async () => {
    const asWritten = { promptId: 'a.prompt.yml', bump: 'asWritten' };
    expect((await released({ 'a.prompt.yml': PROMPT }, ['a.prompt.yml'])).asked).toEqual(asWritten);
    const same = { 'a.prompt.yml': PROMPT, 'a.prompt.yml.lock': lockOf(PROMPT) };
    expect((await released(same, ['a.prompt.yml'])).asked).toEqual(asWritten);
    const next = { 'a.prompt.yml': PROMPT.replace('1.4.0', '1.5.0'), 'a.prompt.yml.lock': lockOf(PROMPT) };
    expect((await released(next, ['a.prompt.yml'])).asked).toEqual(asWritten);
  });

  it('lists what it could be called where that cannot be told', async () => {
    const edited = { 'a.prompt.yml': PROMPT.replace('{{x}}', 'Now {{x}}'), 'a.prompt.yml.lock': lockOf(PROMPT) };
    await expect(released(edited, ['a.prompt.yml'])).rejects.toThrow(
      '1.4.0 is released already, and the prompt was edited since. Say which release this is: patch (1.4.1), minor (1.5.0), major (2.0.0), or a version of your own.',
    );
    await expect(released({ 'a.prompt.yml': PROMPT.replace('version: 1.4.0\n', '') }, ['a.prompt.yml'])).rejects.toThrow(
      'The prompt names no version. Say which release this is: patch (0.1.0), minor (0.1.0), major (1.0.0)',
    );
  });

  it('tells what it did and which files it wrote', async () => {
    expect((await released({ 'a.prompt.yml': PROMPT }, ['a.prompt.yml', 'patch'])).out).toBe(
      'Released 1.4.0.\n  wrote a.prompt.yml.lock\n',
    );
    const { json } = await released({ 'a.prompt.yml': PROMPT }, ['a.prompt.yml', 'patch'], { json: true });
    expect(json).toEqual([{ type: 'released', promptId: 'a.prompt.yml', ...RESULT }]);
  });

  it('--repair mends the lock file and releases nothing', async () => {
    const { method, asked, json } = await released({ 'a.prompt.yml': PROMPT }, ['a.prompt.yml'], { repair: true, json: true });
    expect([method, asked]).toEqual(['repairLock', { promptId: 'a.prompt.yml' }]);
    expect(json).toMatchObject([{ type: 'repaired', message: 'Repaired.' }]);
  });

  it.each([
    [[], {}, /wants a prompt/],
    [['minor'], {}, /wants a prompt/],
    [['a.prompt.yml', 'minor', 'b.prompt.yml'], {}, /about one prompt\. Leave out “b\.prompt\.yml”/],
    [['a.prompt.yml', 'minor'], { repair: true }, /--repair is about one prompt\. Leave out “minor”/],
    [['nowhere.prompt.yml'], {}, /no file or folder nowhere/],
  ])('%j %j is a usage error', async (words, options, message) => {
    await expect(released({ 'a.prompt.yml': PROMPT }, words, options)).rejects.toThrow(message);
  });
});
