/**
 * `npm test [-- OPTIONS OF VITEST]`: check, packages, VS Code and a browser, then all tests in one run of Vitest.
 * The last line is always `N passed, N failed`: a step before the tests that fails counts as one failed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { UserError } from '../safety/index.ts';
import { isForPeople } from './asProgram.ts';
import { ROOT } from './bootstrap.mjs';
import { ensureBrowser } from './browser.ts';
import { check } from './check.ts';
import { packageAll } from './package.ts';
import { installVSCode } from './vscode/install.ts';
import { killTree, type ProcessInfo, processTree } from './vscode/processTree.ts';

const CLOSING_LINE = /^\d+ passed, \d+ failed/m;

process.exitCode = await test(process.argv.slice(2));

async function test(options: readonly string[]): Promise<number> {
  try {
    if (!check()) throw new UserError('configuration', 'The check failed: see above. The tests were not run.');
    await packageAll();
    if (needsWindow(options)) {
      await installVSCode();
      ensureBrowser();
    }
  } catch (error) {
    console.log(isForPeople(error) ? `\n${error.message}` : error);
    console.log('\n0 passed, 1 failed');
    return 1;
  }
  return runVitest(options);
}

/** Unit tests alone need no VS Code. */
function needsWindow(options: readonly string[]): boolean {
  const projects = options.flatMap((option, index) =>
    option === '--project' ? [options[index + 1]] : option.startsWith('--project=') ? [option.slice(10)] : [],
  );
  return projects.length === 0 || projects.some((project) => project !== 'unit');
}

/**
 * Colours and a live view for a person at a terminal; plain text, read along for its closing line, for everybody else.
 * The tests have a temporary folder of their own, and what they started ends with them, so that an interrupted run leaves nothing.
 */
async function runVitest(options: readonly string[]): Promise<number> {
  const terminal = process.stdout.isTTY && !process.env.CI;
  const temporary = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'evenkeel-tests-'));
  const env = { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary, ...(terminal ? {} : { NO_COLOR: '1' }) };
  const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', ...options], {
    cwd: ROOT,
    env,
    stdio: ['inherit', terminal ? 'inherit' : 'pipe', 'inherit'],
  });
  let tail = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-2000);
    process.stdout.write(text);
  });
  let started: readonly ProcessInfo[] = [];
  const pass = (signal: NodeJS.Signals): void => {
    const tree = processTree(child.pid ?? 0);
    if (tree.length) started = tree;
    child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, pass);
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + os.constants.signals[signal ?? 'SIGTERM']));
  });
  if (started.length) killTree(child.pid ?? 0, started);
  await finished(child);
  fs.rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  if (child.stdout && !CLOSING_LINE.test(tail)) console.log('\n0 passed, 1 failed');
  return code;
}

/** Its output has been read to the end; not longer than a second, as a process that it left might hold the pipe. */
async function finished(child: ChildProcess): Promise<void> {
  if (!child.stdout || child.stdout.readableEnded) return;
  await Promise.race([once(child.stdout, 'end'), setTimeout(1000, undefined, { ref: false })]);
}
