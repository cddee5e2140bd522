/// <reference path="../../scripts/bootstrapTypes.d.ts" />
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildOnce, withLock } from '../../scripts/bootstrap.mjs';
import { packageLauncher } from '../../scripts/packageLauncher.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'evenkeel-test-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('buildOnce', () => {
  const lock = () => path.join(ROOT, '.cache', `${path.basename(folder)}-home.lock`);
  const home = () => path.join(folder, `${path.basename(folder)}-home`);
  const builder = (built: string[]) => async (building: string) => {
    built.push(path.basename(building));
    fs.mkdirSync(building, { recursive: true });
    await new Promise((resolve) => setTimeout(resolve, 20));
    fs.writeFileSync(path.join(building, 'file'), String(built.length));
  };

  it('builds for a new stamp only, and once for many who ask', async () => {
    const built: string[] = [];
    await Promise.all([1, 2, 3].map(() => buildOnce(home(), 'a', builder(built))));
    expect(built).toHaveLength(1);
    await buildOnce(home(), 'a', builder(built));
    expect(built).toHaveLength(1);
    await buildOnce(home(), 'b', builder(built));
    expect(built).toHaveLength(2);
    expect(fs.readFileSync(path.join(home(), 'file'), 'utf8')).toBe('2');
    expect(fs.existsSync(lock())).toBe(false);
  });

  it('keeps what is there when a build fails, and builds again at the next call', async () => {
    const built: string[] = [];
    await buildOnce(home(), 'a', builder(built));
    await expect(buildOnce(home(), 'b', () => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
    expect(fs.readFileSync(path.join(home(), 'file'), 'utf8')).toBe('1');
    expect(fs.existsSync(lock())).toBe(false);
    await buildOnce(home(), 'b', builder(built));
    expect(built).toHaveLength(2);
  });

  it('takes over the lock of a process that has died', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    fs.mkdirSync(path.dirname(lock()), { recursive: true });
    fs.writeFileSync(lock(), String(pid));
    const built: string[] = [];
    await buildOnce(home(), 'a', builder(built));
    expect(built).toHaveLength(1);
  });
});

describe('withLock', () => {
  it('lets one work at a time and gives back what it made', async () => {
    let inside = 0;
    const work = async () => {
      inside++;
      expect(inside).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside--;
      return 'made';
    };
    const name = path.basename(folder);
    expect(await Promise.all([1, 2, 3].map(() => withLock(name, work)))).toEqual(['made', 'made', 'made']);
  });
});

describe('run.mjs', () => {
  const run = (...args: string[]) => spawnSync(process.execPath, [path.join(ROOT, 'scripts/run.mjs'), ...args], { encoding: 'utf8' });

  it('passes arguments and exit code, and puts its Node first on PATH', () => {
    const script = path.join(folder, 'script.ts');
    fs.writeFileSync(
      script,
      "const words: string[] = process.argv.slice(2); console.log(words.join('+'), process.env.PATH); process.exitCode = 7;",
    );
    const { status, stdout } = run(script, 'a', '--b');
    expect(status).toBe(7);
    expect(stdout).toMatch(/^a\+--b /);
    expect(stdout).toContain(path.dirname(process.execPath));
  });

  it('says how it is used', () => {
    const { status, stderr } = run();
    expect([status, stderr]).toEqual([1, 'Usage: node scripts/run.mjs SCRIPT ARGS..., or node scripts/run.mjs --npm ARGS...\n']);
  });
});

describe('packageLauncher', () => {
  it.each([
    ['20.19.0', false],
    ['22.11.0', false],
    ['22.12.0', true],
    ['24.0.0', true],
  ])('on Node %s starts the CLI: %s', (version, starts) => {
    const file = path.join(folder, 'evenkeel.cjs');
    fs.writeFileSync(file, packageLauncher('22.12'));
    fs.mkdirSync(path.join(folder, 'cli'));
    fs.writeFileSync(path.join(folder, 'cli/main.mjs'), "console.log('started')");
    const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); require(${JSON.stringify(file)});`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', pretend], { encoding: 'utf8' });
    expect([status, stdout.trim()]).toEqual(starts ? [0, 'started'] : [2, '']);
    if (!starts)
      expect(stderr).toBe(`evenkeel needs Node 22.12 or later, and this is Node ${version}: install a newer one from nodejs.org.\n`);
  });
});
