import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a program used from its start to its end. */
export interface Usage {
  readonly wallMs: number;
  /** User and system time. */
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly output: string;
}

/** Runs a Node program and accounts for it. Throws with the end of its error output when it exits with anything but the allowed codes. */
export async function measureNode(
  args: readonly string[],
  {
    folder,
    env = {},
    allowedCodes = [0],
  }: { readonly folder: string; readonly env?: Record<string, string>; readonly allowedCodes?: readonly number[] },
): Promise<Usage> {
  const file = join(folder, 'usage.json');
  rmSync(file, { force: true });
  const hook = pathToFileURL(join(import.meta.dirname, 'reportUsage.mjs')).href;
  const started = performance.now();
  const { code, output, errors } = await run(['--import', hook, ...args], {
    cwd: folder,
    env: { ...process.env, ...env, BENCH_USAGE: file },
  });
  const wallMs = performance.now() - started;
  if (code === null || !allowedCodes.includes(code)) throw new Error(`${args.join(' ')} ended with ${code}:\n${errors.slice(-2000)}`);
  const usage = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly userCPUTime: number;
    readonly systemCPUTime: number;
    readonly maxRSS: number;
  };
  return { wallMs, cpuMs: (usage.userCPUTime + usage.systemCPUTime) / 1000, peakMb: usage.maxRSS / 1024, output };
}

/** Wall time of a Node program, with nothing preloaded. */
export async function wallOfNode(args: readonly string[], folder: string): Promise<number> {
  const started = performance.now();
  const { code, errors } = await run(args, { cwd: folder, env: process.env });
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${errors.slice(-2000)}`);
  return performance.now() - started;
}

async function run(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }> {
  const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.on('data', (piece) => {
    output += piece;
  });
  child.stderr.on('data', (piece) => {
    errors += piece;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, output, errors };
}
