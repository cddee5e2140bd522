import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runCli } from '../../cli/index.ts';

/** What a command line printed and ended with. */
export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** The lines of `--json`, parsed. */
  readonly json: readonly Record<string, unknown>[];
}

export interface CliFolder {
  readonly path: string;
  readonly run: (
    argv: readonly string[],
    options?: {
      readonly env?: Record<string, string>;
      readonly signal?: AbortSignal;
      readonly confirm?: boolean;
      readonly terminal?: boolean;
    },
  ) => Promise<CliResult>;
  readonly [Symbol.dispose]: () => void;
}

/** The example workspace of this repository. */
export const EXAMPLE = path.resolve(import.meta.dirname, '../../examples/support-desk');

/** A temporary folder with these files, or a copy of a folder; commands run in it with no environment of their own. */
export function cliFolder(files: Readonly<Record<string, string>> | { readonly copyOf: string }): CliFolder {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'evenkeel-cli-')));
  if (typeof files.copyOf === 'string') cpSync(files.copyOf, folder, { recursive: true, filter: (file) => !file.includes('.evenkeel') });
  else {
    for (const [name, text] of Object.entries(files as Record<string, string>)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
  }
  return {
    path: folder,
    run: async (argv, { env = {}, signal = new AbortController().signal, confirm, terminal = false } = {}) => {
      let out = '';
      let err = '';
      const code = await runCli(
        argv,
        {
          cwd: folder,
          env,
          out: (text) => {
            out += text;
          },
          err: (text) => {
            err += text;
          },
          isTerminal: terminal,
          columns: 100,
          colors: false,
          confirm: confirm === undefined ? undefined : async () => confirm,
          signal,
        },
        '1.2.3',
      );
      return { code, out, err, json: argv.includes('--json') ? linesOf(out) : [] };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function linesOf(out: string): Record<string, unknown>[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
