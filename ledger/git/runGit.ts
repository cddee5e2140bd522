import { type Capabilities, UserError } from '../../safety/index.ts';
import { notStarted, spawnGit } from './spawnGit.ts';

/** What git answered: its output and its exit code. */
export interface GitAnswer {
  readonly code: number;
  readonly out: Buffer;
  readonly err: string;
}

export interface GitOptions {
  readonly timeoutMs?: number;
  /** Output beyond this many bytes ends git; the answer then says that it was too large. */
  readonly most?: number;
  /** What git reads from its standard input; nothing when left out. */
  readonly input?: string;
  /** Takes the output piece by piece; `out` of the answer is then empty. */
  readonly take?: (piece: Buffer) => void;
}

/**
 * Runs git to its end, as harmless as `spawnGit` makes it. Needs the capability `processes`. A UserError where git is not installed or
 * takes too long.
 */
export async function runGit(
  cwd: string,
  capabilities: Capabilities,
  args: readonly string[],
  { timeoutMs = 20_000, most = 64 * 1024 * 1024, input = '', take }: GitOptions = {},
): Promise<GitAnswer> {
  const child = spawnGit(cwd, capabilities, args);
  child.stdin.end(input);
  const out: Buffer[] = [];
  let size = 0;
  let err = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(
        new UserError('incomplete', `git did not answer within ${timeoutMs / 1000} s. Look whether the repository is being repacked.`),
      );
    }, timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) take ? take(chunk) : out.push(chunk);
      else {
        child.kill('SIGKILL');
        reject(new UserError('incomplete', `git's answer is larger than ${most / 1024 / 1024} MB.`));
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (err.length < MOST_ERROR) err += chunk.toString('utf8');
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(notStarted(error));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, out: Buffer.concat(out), err: err.trim() });
    });
  });
}

const MOST_ERROR = 4000;
