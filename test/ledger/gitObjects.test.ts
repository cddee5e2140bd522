import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommitGraph, graphParser } from '../../ledger/git/commitGraph.ts';
import { openObjects } from '../../ledger/git/objectReader.ts';
import { resolveVersion, updateHistory } from '../../ledger/index.ts';
import { TRUSTED, UNTRUSTED } from '../../safety/index.ts';
import { LARGEST_FILE, openWorkspace } from '../../workspace/index.ts';
import { type TestRepository, testRepository } from '../support/gitHistories.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = testRepository();
});
afterEach(() => repository.remove());

/** The output in pieces, so that every boundary is met. */
function parseGraph(out: Buffer, size = out.length || 1): CommitGraph {
  const parser = graphParser();
  for (let at = 0; at < out.length; at += size) parser.take(out.subarray(at, at + size));
  return parser.graph();
}

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString('utf8');

describe('reading objects of git through one process', () => {
  it('gives each question its answer, in any order and any number', async () => {
    const { write, commit, top } = repository;
    const names = Array.from({ length: 300 }, (_, at) => `f${at}.txt`);
    for (const [at, name] of names.entries()) write(name, at % 7 === 0 ? '' : `${at} missing\n`.repeat(at * 20));
    write('a b.txt', 'with a space');
    commit('all');
    const objects = openObjects(top, TRUSTED);
    const asked = names.flatMap((name) => [objects.read(`HEAD:${name}`), objects.read(`HEAD:no ${name}`)]);
    for (const [at, name] of names.entries()) {
      expect(text((await asked[2 * at])?.bytes)).toBe(fs.readFileSync(path.join(top, name), 'utf8'));
      expect(await asked[2 * at + 1]).toBeUndefined();
    }
    expect(text((await objects.read('HEAD:a b.txt'))?.bytes)).toBe('with a space');
    expect(await objects.read('HEAD:a\nHEAD')).toBeUndefined();
    expect(await objects.read('')).toBeUndefined();
    expect(await objects.oidOf('HEAD')).toBe(repository.git('rev-parse', 'HEAD'));
    expect((await objects.read('HEAD^{tree}'))?.type).toBe('tree');
    objects.close();
    await expect(objects.read('HEAD')).rejects.toThrow(/closed/);
  });

  it('keeps nothing of what is larger than a file may be', async () => {
    const { write, commit, top } = repository;
    write('large.txt', 'x'.repeat(LARGEST_FILE + 1));
    write('small.txt', 'small');
    commit('large');
    const objects = openObjects(top, TRUSTED);
    const [large, small] = await Promise.all([objects.read('HEAD:large.txt'), objects.read('HEAD:small.txt')]);
    expect(large).toMatchObject({ size: LARGEST_FILE + 1, bytes: undefined });
    expect(text(small?.bytes)).toBe('small');
    objects.close();
  });

  it('refuses what was asked when it is closed, and where no process may run', async () => {
    repository.commit('first');
    const objects = openObjects(repository.top, TRUSTED);
    const asked = objects.read('HEAD');
    objects.close();
    await expect(asked).rejects.toThrow(/closed/);
    await expect(async () => openObjects(repository.top, UNTRUSTED).read('HEAD')).rejects.toThrow(/not trusted/);
    await expect(openObjects(path.dirname(repository.top), TRUSTED).read('HEAD')).rejects.toThrow(/cannot read its objects/);
  });
});

describe('the history', () => {
  it('lets the repository run nothing: no signature check, no text conversion, no external diff, no monitor', async () => {
    const { write, commit, git, top } = repository;
    const marker = path.join(top, '.git', 'ran');
    const program = path.join(top, '.git', 'run.sh');
    fs.writeFileSync(program, `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
    write('a.prompt.yml', 'messages: []\n');
    write('.gitattributes', '*.yml diff=evil\n');
    commit('first');
    const signed = git('cat-file', 'commit', 'HEAD').replace(
      /\n\n/,
      '\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n\n',
    );
    const made = execFileSync('git', ['-C', top, 'hash-object', '-t', 'commit', '-w', '--stdin'], {
      input: `${signed}\n`,
      encoding: 'utf8',
    }).trim();
    git('reset', '-q', '--hard', made);
    for (const [key, value] of [
      ['gpg.program', program],
      ['log.showSignature', 'true'],
      ['core.fsmonitor', program],
      ['diff.external', program],
      ['core.pager', program],
      ['diff.evil.textconv', program],
      ['diff.evil.command', program],
      ['log.follow', 'true'],
      ['log.diffMerges', 'separate'],
      ['color.ui', 'always'],
      ['diff.noprefix', 'true'],
      ['diff.renames', 'copies'],
    ] as const)
      git('config', key, value);
    const here = openWorkspace({ root: top, capabilities: TRUSTED });
    expect((await updateHistory(here, 'a.prompt.yml')).entries).toHaveLength(1);
    await resolveVersion(here, 'HEAD');
    expect(fs.existsSync(marker)).toBe(false);
    // The trap is one: without our settings it springs.
    execFileSync('git', ['-C', top, 'log', '-1'], { stdio: 'ignore' });
    expect(fs.existsSync(marker)).toBe(true);
  });

  it('takes no name and no subject for something else, whatever git prints', () => {
    const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
    const zero = '0'.repeat(40);
    const raw = [
      `\x02${b}`,
      a,
      '2026-01-02T00:00:00Z',
      ':100644 An author',
      '\x02subject',
      `\n::100644 100644 100644 ${a} ${b} ${a} MM`,
      '\x02name',
      `:000000 160000 ${zero} ${a} A`,
      'module',
      '',
      `\x02${a}`,
      '',
      '2026-01-01T00:00:00Z',
      '',
      '',
      `\n:000000 100644 ${zero} ${b} A`,
      ':100644',
      `:000000 120000 ${zero} ${b} A`,
      'link',
      '',
    ].join('\0');
    const { nodes, changes } = parseGraph(Buffer.from(raw));
    expect(nodes).toEqual([
      { commit: b, parents: [1], isMerge: false, at: '2026-01-02T00:00:00Z', author: ':100644 An author', subject: '\x02subject' },
      { commit: a, parents: [], isMerge: false, at: '2026-01-01T00:00:00Z', author: '', subject: '' },
    ]);
    expect(Object.fromEntries([...changes].map(([name, of]) => [name, [...of]]))).toEqual({
      '\x02name': [[0, a]],
      module: [[0, undefined]],
      ':100644': [[1, b]],
      link: [[1, undefined]],
    });
    for (const size of [1, 2, 7, 50]) expect(parseGraph(Buffer.from(raw), size)).toEqual({ nodes, changes });
    expect(parseGraph(Buffer.alloc(0))).toEqual({ nodes: [], changes: new Map() });
    for (let end = 0; end < raw.length; end += 7) expect(() => parseGraph(Buffer.from(raw.slice(0, end)))).not.toThrow();
  });
});
