import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Something that a text did and must not. */
export interface Found {
  readonly target: string;
  readonly message: string;
  readonly text: string;
}

/** What came of the files of one kind. */
export interface ChildResult {
  readonly done: number;
  /** Milliseconds of the slowest file. */
  readonly slowest: number;
  /** Most memory that the process had, in MB. */
  readonly peakMemory: number;
  readonly found: readonly Found[];
  /** Whether the process came to its end by itself. */
  readonly survived: boolean;
}

/** A child that says nothing for so long hangs; its files are done fifty at a time. */
const SILENT_MS = 90_000;

const CHILD = path.join(path.dirname(fileURLToPath(import.meta.url)), 'child.ts');

/** What a process is to do. */
export interface ChildWork {
  /** The binary of Node. */
  readonly node: string;
  readonly target: string;
  readonly seed: number;
  readonly files: number;
  /** Where the process notes the text that it is about to read. */
  readonly current: string;
  /** For tests: another program in place of child.ts, and less patience. */
  readonly script?: string;
  readonly silentMs?: number;
}

/** Runs the files of one kind in a process of that Node, and finds out what ended it where it did not end by itself. */
export function runChild({ node, target, seed, files, current, script = CHILD, silentMs = SILENT_MS }: ChildWork): Promise<ChildResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, ['--disable-warning=ExperimentalWarning', script, target, String(seed), String(files), current], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const found: Found[] = [];
    let result = { done: 0, slowest: 0, peakMemory: 0 };
    let finished = false;
    let silent = false;
    let said = '';
    const arm = (): NodeJS.Timeout =>
      setTimeout(() => {
        silent = true;
        child.kill('SIGKILL');
      }, silentMs);
    let timer = arm();
    createInterface({ input: child.stdout }).on('line', (line) => {
      clearTimeout(timer);
      timer = arm();
      const message = JSON.parse(line) as Message;
      if (message.type === 'found') found.push(message);
      else if (message.type === 'progress') result = { ...result, done: message.done };
      else {
        finished = true;
        result = message;
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const survived = finished && code === 0;
      if (!survived)
        found.push({ target, message: death(silent ? silentMs : undefined, code, signal, said), text: readFileSync(current, 'utf8') });
      resolve({ ...result, found, survived });
    });
  });
}

type Message =
  | ({ readonly type: 'found' } & Found)
  | { readonly type: 'progress'; readonly done: number }
  | { readonly type: 'finished'; readonly done: number; readonly slowest: number; readonly peakMemory: number };

function death(silentMs: number | undefined, code: number | null, signal: NodeJS.Signals | null, said: string): string {
  if (silentMs !== undefined) return `the process hung: nothing for ${silentMs / 1000} s`;
  return `the process died (${signal ?? `exit ${code}`}): ${said.trim()}`;
}
