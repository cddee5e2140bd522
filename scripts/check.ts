/** `npm run check`: types, lint, format, generated files, tidy. Every step runs; what failed is told at the end. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './bootstrap.mjs';
import { staleFiles } from './generateConfig.ts';
import { tidy } from './tidy.ts';

/** A step's complaint, as text; empty when all is well. */
type Step = () => string;

const STEPS: Readonly<Record<string, Step>> = {
  types: () => tool('typescript/bin/tsc', '-b'),
  lint: () => tool('@biomejs/biome/bin/biome', 'lint', '--diagnostic-level=error', '--max-diagnostics=200'),
  format: () => tool('@biomejs/biome/bin/biome', 'format', '--max-diagnostics=20'),
  generated: () =>
    staleFiles()
      .map((file) => `${file} is not what the house says: run node scripts/run.mjs scripts/generateConfig.ts`)
      .join('\n'),
  tidy: () => tidy().join('\n'),
};

/** Runs all steps, printing each with its time; true when none complained. */
export function check(): boolean {
  const failures: string[] = [];
  for (const [name, step] of Object.entries(STEPS)) {
    const started = performance.now();
    const complaint = step().trim();
    console.log(`${complaint ? 'FAILED' : 'ok    '} ${name.padEnd(10)} ${((performance.now() - started) / 1000).toFixed(2)} s`);
    if (complaint) failures.push(`--- ${name}\n${complaint}`);
  }
  // On stdout, as all that is told here: on two streams the last line would not always come last.
  if (failures.length) console.log(`\n${failures.join('\n\n')}`);
  return failures.length === 0;
}

/** Runs a tool of node_modules; what it printed if it failed. */
function tool(script: string, ...args: readonly string[]): string {
  const env = { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) };
  const file = path.join(ROOT, 'node_modules', script);
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [file, ...args], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (error) return String(error);
  return status === 0 ? '' : `${stdout}${stderr}`.trim() || `${path.basename(script)} ended with ${status}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = check() ? 0 : 1;
