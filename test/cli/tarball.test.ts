import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const DIST = path.resolve(import.meta.dirname, '../../dist');
const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'evenkeel-tarball-')));
const empty = path.join(folder, 'empty');

/** The command of the packed tarball, run in a folder with nothing else in it and no environment but the path. */
function evenkeel(...args: readonly string[]): { readonly status: number | null; readonly out: string; readonly err: string } {
  const { PATH, SystemRoot } = process.env;
  const env = { PATH, ...(SystemRoot ? { SystemRoot } : {}) } as NodeJS.ProcessEnv;
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(folder, 'package/evenkeel.cjs'), ...args], {
    cwd: empty,
    encoding: 'utf8',
    env,
  });
  return { status, out: stdout, err: stderr };
}

describe('the npm tarball', () => {
  beforeAll(() => {
    const tarball = existsSync(DIST) && readdirSync(DIST).find((file) => /^evenkeel-.*\.tgz$/.test(file));
    if (!tarball) throw new Error('There is no tarball in dist/: npm test makes it first, or run node scripts/run.mjs scripts/package.ts.');
    execFileSync('tar', ['-xzf', path.join(DIST, tarball), '-C', folder]);
    mkdirSync(empty);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  it('tells its version', () => {
    expect(evenkeel('--version')).toEqual({ status: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: '' });
  });

  it('begins in an empty folder: init, lint, eval, without a key and without node_modules', () => {
    expect(evenkeel('init')).toMatchObject({ status: 0, err: '' });
    expect(evenkeel('lint')).toMatchObject({ status: 0, out: '1 file: nothing found.\n' });
    const { status, out, err } = evenkeel('eval', '--json');
    expect(err).toBe('');
    expect(status === 0 || status === 1, out).toBe(true);
    const last = JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as unknown;
    expect(last).toMatchObject({ type: 'runFinished', end: 'finished', totals: { cases: 6, errors: 0 } });
  });

  it('is a library: imported, required, and with types that are there', () => {
    const modules = path.join(empty, 'node_modules');
    mkdirSync(modules, { recursive: true });
    symlinkSync(path.join(folder, 'package'), path.join(modules, 'evenkeel'), 'junction');
    const wanted = 'PromptError,loadPrompt,reportDeployed';
    const run = (code: string, type: string): string =>
      execFileSync(process.execPath, [`--input-type=${type}`, '-e', code], { cwd: empty, encoding: 'utf8' }).trim();
    expect(run("import * as library from 'evenkeel'; console.log(Object.keys(library).sort().join())", 'module')).toBe(wanted);
    expect(run("console.log(Object.keys(require('evenkeel')).sort().join())", 'commonjs')).toBe(wanted);
    const load =
      "import { loadPrompt } from 'evenkeel'; await loadPrompt('prompts/none.prompt.yml').catch((error) => console.log(error.code))";
    expect(run(load, 'module')).toBe('missing');
    const { exports } = JSON.parse(readFileSync(path.join(folder, 'package/package.json'), 'utf8')) as {
      readonly exports: { readonly '.': { readonly types: string; readonly default: string } };
    };
    for (const file of Object.values(exports['.'])) expect(existsSync(path.join(folder, 'package', file)), file).toBe(true);
    expect(readFileSync(path.join(folder, 'package', exports['.'].types), 'utf8')).toContain('export declare function loadPrompt');
    rmSync(modules, { recursive: true });
  });

  it('fails well: a word that is no command, a key that is not there', () => {
    expect(evenkeel('evil')).toMatchObject({ status: 2, err: expect.stringContaining('There is no command') });
    const { status, out } = evenkeel('eval', '-m', 'anthropic/claude-haiku-4-5-20251001');
    expect({ status, out }).toMatchObject({ status: 2, out: expect.stringContaining('ANTHROPIC_API_KEY') });
  });
});
