import { createInterface } from 'node:readline/promises';
import { escapeTerminalLine } from '../safety/index.ts';
import { EXIT } from './exitCodes.ts';
import { runCli } from './runCli.ts';

/** Replaced by the build with the manifest's version. */
declare const EVENKEEL_VERSION: string | undefined;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`evenkeel needs Node 22.12 or newer; this is ${process.versions.node}.\n`);
  process.exitCode = EXIT.usage;
} else {
  const stop = new AbortController();
  process.on('SIGINT', () => {
    if (stop.signal.aborted) process.exit(EXIT.incomplete); // a second Ctrl+C does not wait
    stop.abort();
  });
  process.on('SIGTERM', () => stop.abort());
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.passed : EXIT.usage));
  const terminal = process.stdout.isTTY === true && !process.env['CI'];
  process.exitCode = await runCli(
    process.argv.slice(2),
    {
      cwd: process.cwd(),
      env: process.env,
      out: (text) => process.stdout.write(text),
      err: (text) => process.stderr.write(text),
      isTerminal: terminal,
      columns: process.stdout.columns || 100,
      colors: terminal && !process.env['NO_COLOR'],
      confirm: terminal && process.stdin.isTTY ? confirm : undefined,
      signal: stop.signal,
    },
    typeof EVENKEEL_VERSION === 'string' ? EVENKEEL_VERSION : '0.0.0-source',
  );
}

async function confirm(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${escapeTerminalLine(question)} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
