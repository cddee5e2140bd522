import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readIndex } from '../../ledger/history/historyFile.ts';
import { findRelease, promptNow, readHistory, readPromptAt, updateHistories, updateHistory } from '../../ledger/index.ts';
import { DEFAULT_CONFIG } from '../../prompts-schema/index.ts';
import { TRUSTED, UNTRUSTED } from '../../safety/index.ts';
import { openWorkspace, type Workspace } from '../../workspace/index.ts';
import { type TestRepository, testRepository } from '../support/gitHistories.ts';
import { oracleHistory } from '../support/historyOracle.ts';
import { inOracleWords } from '../support/oracleOf.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = testRepository();
});
afterEach(() => repository.remove());

const at = (root: string, capabilities = TRUSTED): Workspace => openWorkspace({ root, capabilities });

interface PromptOptions {
  readonly say?: string;
  readonly version?: string;
  readonly model?: string;
  readonly schema?: string;
}

function prompt({ say = 'hello', version = '1.0.0', model = 'openai/gpt-6-luna', schema }: PromptOptions = {}): string {
  return `name: Greeter
version: ${version}
model: ${model}
messages:
  - role: system
    content: You greet people who come in, and you say ${say} to each of them.
  - role: user
    content: "{{name}}"
${schema === undefined ? '' : `jsonSchema: { file: ${schema} }\n`}`;
}

function schema(field: string): string {
  return JSON.stringify({ type: 'object', properties: { [field]: { type: 'string' } } });
}

/** What a history says, newest first: subject, what changed, `edit` where it is one. */
async function told(root: string, promptId: string): Promise<readonly string[]> {
  const history = await updateHistory(at(root), promptId);
  expect(inOracleWords(history)).toEqual(oracleHistory(root, promptId));
  return history.entries.map(
    ({ subject, changed, edit }) => `${subject}: ${changed.length === 7 ? 'all' : changed.join()}${edit ? ', edit' : ''}`,
  );
}

describe('the history of a prompt', () => {
  it('has the commits that changed what the prompt does, its model, its version or its path', async () => {
    const { write, commit, git, top } = repository;
    write('a.prompt.yml', prompt());
    commit('first');
    write('a.prompt.yml', `# a comment\n${prompt()}`);
    commit('comment');
    write('b.txt', 'x');
    commit('another file');
    write('a.prompt.yml', prompt({ say: 'good day' }));
    commit('politer');
    write('a.prompt.yml', prompt({ say: 'good day', model: 'openai/gpt-6-sol' }));
    commit('model');
    write('a.prompt.yml', prompt({ say: 'good day', model: 'openai/gpt-6-sol', version: '1.1.0' }));
    commit('version');
    git('mv', 'a.prompt.yml', 'greet.prompt.yml');
    commit('rename');
    write('greet.prompt.yml', prompt({ say: 'good day', model: 'openai/gpt-6-sol', version: '1.1.0' }).replaceAll('\n', '\r\n'));
    commit('line ends');
    write('greet.prompt.yml', prompt());
    commit('back to the first');
    expect(await told(top, 'greet.prompt.yml')).toEqual([
      'back to the first: messages,model,version, edit',
      'rename: path',
      'version: version',
      'model: model',
      'politer: messages, edit',
      'first: all, edit',
    ]);
  });

  it('counts schemas and tools that the prompt names, also where only they changed', async () => {
    const { write, commit, git, top } = repository;
    write('p/a.prompt.yml', prompt({ schema: './a.schema.json' }));
    commit('without its schema');
    write('p/a.schema.json', schema('team'));
    commit('schema');
    write('p/a.schema.json', schema('summary'));
    commit('another schema');
    write('p/a.schema.json', `${schema('summary')}\n`);
    commit('only a line feed');
    git('mv', 'p', 'q');
    commit('folder');
    write('shared/b.json', schema('team'));
    write('q/a.prompt.yml', prompt({ schema: '../shared/b.json' }));
    commit('a shared schema');
    write('shared/b.json', schema('reply'));
    commit('shared edited');
    write('q/a.schema.json', schema('nobody reads this'));
    commit('the old schema edited');
    expect(await told(top, 'q/a.prompt.yml')).toEqual([
      'shared edited: output, edit',
      'a shared schema: output, edit',
      'folder: path',
      'another schema: output, edit',
      'schema: output, edit',
      'without its schema: all, edit',
    ]);
  });

  it('counts partials and those within them, wherever the nearest of a name is', async () => {
    const { write, commit, git, top } = repository;
    write('_head.prompt', 'A desk.\n');
    write('p/q/ask.prompt', '---\nmodel: openai/gpt-5\n---\n{{>head}}{{>style}}\n{{question}}\n');
    commit('without its partial');
    write('_head.prompt', 'A support desk.\n');
    commit('far above');
    write('p/_style.prompt', 'Be short. {{>tone}}\n');
    commit('a partial');
    write('_tone.prompt', 'Be kind.\n');
    commit('one within it, at the top');
    write('p/_tone.prompt', 'Be kinder.\n');
    commit('a nearer one');
    write('_tone.prompt', 'Nobody looks here any more.\n');
    commit('the farther one');
    write('p/q/_tone.prompt', '{{!-- the same --}}Be kinder.\n');
    commit('the nearest');
    git('rm', '-q', 'p/_style.prompt');
    commit('gone');
    git('revert', '--no-edit', 'HEAD');
    git('mv', 'p/q/ask.prompt', 'p/ask.prompt');
    commit('moved');
    expect(await told(top, 'p/ask.prompt')).toEqual([
      'moved: messages,path, edit',
      'Revert "gone": messages, edit',
      'gone: messages, edit',
      'the nearest: messages, edit',
      'a nearer one: messages, edit',
      'one within it, at the top: messages, edit',
      'a partial: messages, edit',
      'far above: messages, edit',
      'without its partial: all, edit',
    ]);
    const history = await updateHistory(at(top), 'p/ask.prompt');
    expect(history.fingerprint).toBe((await promptNow(at(top), 'p/ask.prompt', DEFAULT_CONFIG))?.fingerprint);
  });

  it('follows the files that a pattern stands for, also in a folder below the top', async () => {
    const { write, commit, git, top } = repository;
    const config = "prompts: ['file://texts/*.txt']\nproviders: [openai:gpt-5-mini]\ntests: ['file://tests/*.yaml']\n";
    write('p/texts/greet.txt', 'Greet {{name}}.');
    write('p/promptfooconfig.yaml', config);
    commit('first');
    write('p/texts/bye.txt', 'Bye {{name}}.');
    write('p/tests/a.yaml', '- vars: { name: Ada }\n');
    commit('another text and a test');
    write('p/texts/greet.txt', 'Greet {{name}} warmly.');
    commit('warmer');
    write('p/promptfooconfig.yaml', config.replace('gpt-5-mini', 'gpt-5'));
    commit('model');
    git('rm', '-q', 'p/texts/bye.txt');
    commit('no bye');
    const changes = async (promptId: string) =>
      (await updateHistory(at(`${top}/p`), promptId)).entries.map(({ subject, changed }) => [
        subject,
        changed.length === 7 ? 'all' : changed.join(),
      ]);
    expect(await changes('promptfooconfig.yaml#greet')).toEqual([
      ['model', 'model'],
      ['warmer', 'messages'],
      ['first', 'all'],
    ]);
    write('p/texts/greet.txt', 'Greet {{name}} coldly.');
    commit('colder');
    expect((await changes('promptfooconfig.yaml#greet'))[0]).toEqual(['colder', 'messages']);
    const now = await updateHistory(at(`${top}/p`), 'promptfooconfig.yaml#greet');
    expect(now.fingerprint).toBe((await promptNow(at(`${top}/p`), 'promptfooconfig.yaml#greet', DEFAULT_CONFIG))?.fingerprint);
  });

  it('has a merge only where it made something of its own', async () => {
    const { write, commit, git, top } = repository;
    write('a.prompt.yml', prompt({ schema: './s.json' }));
    write('s.json', schema('one'));
    commit('base');
    git('checkout', '-qb', 'side');
    write('s.json', schema('two'));
    commit('side schema');
    git('checkout', '-q', 'main');
    write('a.prompt.yml', prompt({ say: 'welcome', schema: './s.json' }));
    const main = commit('main text');
    git('merge', '-q', '--no-ff', '-m', 'clean merge', 'side');
    const clean = git('rev-parse', 'HEAD');
    git('checkout', '-qb', 'dropped');
    write('a.prompt.yml', prompt({ say: 'nothing', schema: './s.json' }));
    commit('never arrives');
    git('checkout', '-q', 'main');
    write('x.txt', 'x');
    commit('x');
    git('merge', '-q', '-s', 'ours', '-m', 'keeps ours', 'dropped');
    expect(await told(top, 'a.prompt.yml')).toEqual([
      'clean merge: output, edit',
      'side schema: output, edit',
      'main text: messages, edit',
      'base: all, edit',
    ]);
    const { entries } = await updateHistory(at(top), 'a.prompt.yml');
    expect(new Set(entries.find(({ commit: of }) => of === clean)?.parents)).toEqual(new Set([main, git('rev-parse', 'side')]));
  });

  it('follows renames that differ in case alone, and names with anything in them', async () => {
    const { write, commit, git, top } = repository;
    const odd = 'p/a b\t"ü#1 — ok.prompt.yml';
    write('p/Greet.prompt.yml', prompt());
    commit('\x02first: with a strange\tsubject');
    git('mv', 'p/Greet.prompt.yml', 'p/greet.prompt.yml');
    commit('case');
    fs.renameSync(path.join(top, 'p/greet.prompt.yml'), path.join(top, odd));
    commit(':100644 100644 odd');
    write(odd, prompt({ say: 'hi' }));
    commit('edit');
    expect(await told(top, odd)).toEqual([
      'edit: messages, edit',
      ':100644 100644 odd: path',
      'case: path',
      '\x02first: with a strange\tsubject: all, edit',
    ]);
  });

  it('passes links and submodules over, and says which texts are no prompts', async () => {
    const { write, commit, git, top } = repository;
    write('a.prompt.yml', 'messages: [');
    commit('half written');
    write('a.prompt.yml', prompt());
    commit('whole');
    fs.rmSync(path.join(top, 'a.prompt.yml'));
    fs.symlinkSync('b.txt', path.join(top, 'a.prompt.yml'));
    commit('a link');
    fs.rmSync(path.join(top, 'a.prompt.yml'));
    git('update-index', '--add', '--cacheinfo', `160000,${git('rev-parse', 'HEAD')},a.prompt.yml`);
    git('commit', '-qm', 'a submodule');
    git('rm', '-q', '--cached', 'a.prompt.yml');
    write('a.prompt.yml', prompt({ say: 'hi' }));
    commit('again');
    expect(await told(top, 'a.prompt.yml')).toEqual(['again: all, edit', 'whole: messages,model,version, edit', 'half written: all, edit']);
    expect((await updateHistory(at(top), 'a.prompt.yml')).entries.map(({ broken }) => broken === true)).toEqual([false, false, true]);
  });

  it('is of the root, wherever that lies: a folder, a worktree, a submodule, a detached head', async () => {
    const { write, commit, git, top } = repository;
    write('a.prompt.yml', prompt());
    commit('at the top');
    git('mv', 'a.prompt.yml', 'moved.prompt.yml');
    fs.mkdirSync(path.join(top, 'sub/deep'), { recursive: true });
    git('mv', 'moved.prompt.yml', 'sub/deep/a.prompt.yml');
    commit('into the root');
    write('sub/deep/a.prompt.yml', prompt({ say: 'hi' }));
    commit('edit');
    const lines = ['edit: messages, edit', 'into the root: path', 'at the top: all, edit'];
    expect(await told(path.join(top, 'sub'), 'deep/a.prompt.yml')).toEqual(lines);
    const { entries } = await updateHistory(at(path.join(top, 'sub')), 'deep/a.prompt.yml');
    expect(entries.map((entry) => entry.path)).toEqual(['deep/a.prompt.yml', 'deep/a.prompt.yml', '../a.prompt.yml']);
    expect(
      await readPromptAt(
        at(path.join(top, 'sub')),
        { ...(await updateHistory(at(path.join(top, 'sub')), 'deep/a.prompt.yml')) },
        git('rev-parse', 'HEAD~2'),
        'deep/a.prompt.yml',
      ),
    ).toEqual({ path: '../a.prompt.yml', text: prompt() });

    const worktree = path.join(top, '..', `${path.basename(top)}-worktree`);
    git('worktree', 'add', '-q', '--detach', worktree, 'HEAD~1');
    expect(await told(worktree, 'sub/deep/a.prompt.yml')).toEqual(lines.slice(1));
    git('worktree', 'remove', '--force', worktree);

    const outer = testRepository();
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', top, 'inner');
    outer.commit('inner');
    expect(await told(path.join(outer.top, 'inner'), 'sub/deep/a.prompt.yml')).toEqual(lines);
    outer.remove();
  });

  it('tells a shallow clone from a beginning', async () => {
    const { write, commit, top } = repository;
    write('a.prompt.yml', prompt());
    commit('first');
    for (const say of ['one', 'two', 'three']) {
      write('a.prompt.yml', prompt({ say }));
      commit(say);
    }
    write('b.prompt.yml', prompt({ say: 'a prompt of its own, in its own words' }));
    commit('b');
    const clone = fs.mkdtempSync(path.join(os.tmpdir(), 'evenkeel-shallow-'));
    execFileSync('git', ['clone', '-q', '--depth', '3', `file://${top}`, clone]);
    const here = at(clone);
    const history = await updateHistory(here, 'a.prompt.yml');
    expect(history).toMatchObject({ shallow: true, entries: [{ subject: 'three' }, { subject: 'two' }] });
    expect(await updateHistory(here, 'b.prompt.yml')).toMatchObject({ shallow: false, entries: [{ subject: 'b' }] });
    const { fingerprint } = (await updateHistory(at(top), 'a.prompt.yml')).entries.at(-1)!;
    expect(await findRelease(here, 'a.prompt.yml', { fingerprint, version: '1.0.0' })).toMatchObject({
      found: false,
      why: 'shallow',
      message: expect.stringContaining('git fetch --unshallow'),
    });
    execFileSync('git', ['-C', clone, 'fetch', '-q', '--unshallow']);
    expect(await updateHistory(here, 'a.prompt.yml')).toMatchObject({ shallow: false, entries: { length: 4 } });
    expect(await findRelease(here, 'a.prompt.yml', { fingerprint })).toMatchObject({ found: true, text: prompt() });
    fs.rmSync(clone, { recursive: true });
  });

  it('says what is missing: a commit, a repository, git itself, trust', async () => {
    const { write, top } = repository;
    write('a.prompt.yml', prompt());
    expect(await updateHistory(at(top), 'a.prompt.yml')).toMatchObject({ entries: [], shallow: false });
    const bare = fs.mkdtempSync(path.join(os.tmpdir(), 'evenkeel-nogit-'));
    await expect(updateHistory(at(bare), 'a.prompt.yml')).rejects.toThrow(/in no git repository/);
    repository.commit('first');
    await updateHistory(at(top), 'a.prompt.yml');
    const kept = process.env['PATH'];
    process.env['PATH'] = bare;
    try {
      await expect(updateHistory(at(top), 'a.prompt.yml')).rejects.toThrow(/git is not installed/);
      expect(await findRelease(at(top), 'a.prompt.yml', { fingerprint: 'ek1:none' })).toMatchObject({ found: false, why: 'git' });
      expect(await updateHistory(at(top, UNTRUSTED), 'a.prompt.yml')).toMatchObject({ entries: [{ subject: 'first' }] });
    } finally {
      process.env['PATH'] = kept;
      fs.rmSync(bare, { recursive: true });
    }
  });
});

describe('the index of a history', () => {
  it('is what those read who may not ask git, and is only added to', async () => {
    const { write, commit, top, git } = repository;
    write('a.prompt.yml', prompt());
    commit('first');
    const here = at(top);
    expect(await readHistory(here, 'a.prompt.yml')).toBeUndefined();
    await updateHistory(here, 'a.prompt.yml');
    for (const say of ['one', 'two']) {
      write('a.prompt.yml', prompt({ say }));
      commit(say);
      await updateHistory(here, 'a.prompt.yml');
    }
    const stored = await readHistory(at(top, UNTRUSTED), 'a.prompt.yml');
    expect(stored).toMatchObject({
      head: git('rev-parse', 'HEAD'),
      entries: [{ subject: 'two' }, { subject: 'one' }, { subject: 'first' }],
    });
    expect(stored?.fingerprint).toBe(stored?.entries[0]?.fingerprint);
    expect(git('status', '--porcelain')).toBe('');
  });

  it('is left alone where nothing may be written, and where a newer program wrote it', async () => {
    const { write, commit, top } = repository;
    write('a.prompt.yml', prompt());
    commit('first');
    const { entries } = await updateHistory(at(top, { ...TRUSTED, write: false }), 'a.prompt.yml');
    expect(entries).toHaveLength(1);
    expect(fs.existsSync(path.join(top, '.evenkeel'))).toBe(false);
    await updateHistory(at(top), 'a.prompt.yml');
    const folder = path.join(top, '.evenkeel/history');
    const file = path.join(folder, fs.readdirSync(folder)[0]!);
    const newer = JSON.stringify({ ...JSON.parse(fs.readFileSync(file, 'utf8')), formatVersion: 99 });
    fs.writeFileSync(file, newer);
    write('a.prompt.yml', prompt({ say: 'hi' }));
    commit('second');
    expect((await updateHistory(at(top), 'a.prompt.yml')).entries).toHaveLength(2);
    expect(fs.readFileSync(file, 'utf8')).toBe(newer);
  });

  it.each(['', '{', '[]', '{"formatVersion":1}', '\0'])('is made again where it holds %j', async (text) => {
    const { write, commit, top } = repository;
    write('a.prompt.yml', prompt());
    commit('first');
    await updateHistory(at(top), 'a.prompt.yml');
    const folder = path.join(top, '.evenkeel/history');
    const file = path.join(folder, fs.readdirSync(folder)[0]!);
    fs.writeFileSync(file, text);
    expect(await readHistory(at(top), 'a.prompt.yml')).toBeUndefined();
    expect((await updateHistory(at(top), 'a.prompt.yml')).entries).toHaveLength(1);
    expect(await readHistory(at(top), 'a.prompt.yml')).toMatchObject({ entries: { length: 1 } });
  });

  it('is made again when the history was rewritten, and then tells where a text went', async () => {
    const { write, commit, top, git } = repository;
    write('a.prompt.yml', prompt());
    commit('first');
    write('a.prompt.yml', prompt({ say: 'a secret' }));
    commit('secret');
    const here = at(top);
    const { fingerprint } = (await updateHistory(here, 'a.prompt.yml')).entries[0]!;
    git('reset', '-q', '--hard', 'HEAD~1');
    write('a.prompt.yml', prompt({ say: 'no secret' }));
    commit('instead');
    expect(await told(top, 'a.prompt.yml')).toEqual(['instead: messages, edit', 'first: all, edit']);
    expect(await findRelease(here, 'a.prompt.yml', { fingerprint, version: '2.0.0' })).toMatchObject({ found: false, why: 'rewritten' });
    expect(await findRelease(here, 'a.prompt.yml', { fingerprint: 'ek1:0', version: '3.0.0' })).toMatchObject({
      found: false,
      why: 'neverCommitted',
      message: expect.stringContaining('3.0.0'),
    });
  });

  it('is read only as far as was asked, and further when somebody asks', async () => {
    const { write, commit, top } = repository;
    for (let version = 0; version < 12; version++) {
      write('a.prompt.yml', prompt({ say: `number ${version}` }));
      write('b.prompt.yml', prompt({ say: `another number ${version}`, version: `1.${version}.0` }));
      commit(`c${version}`);
    }
    const here = at(top);
    const some = await updateHistories(here, ['a.prompt.yml', 'b.prompt.yml'], { enough: (_, entries) => entries.length >= 3 });
    expect([...some.values()].map(({ open, entries }) => [open, entries.length])).toEqual([
      [true, 3],
      [true, 3],
    ]);
    expect((await readIndex(here, 'a.prompt.yml'))?.versions.length).toBeLessThan(6);
    expect(await told(top, 'a.prompt.yml')).toHaveLength(12);
    expect((await updateHistory(here, 'a.prompt.yml')).open).toBeUndefined();
  });
});
