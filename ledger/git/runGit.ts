import { spawn } from 'node:child_process';
import { type Capabilities, requireCapability, UserError } from '../../safety/index.ts';
import { errorCode } from '../../workspace/index.ts';

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
}

/**
 * Runs git in a folder without letting the repository run anything: no hooks, no file-system monitor, no text conversion, no external diff,
 * no pager, no editor, no questions, no lazy fetch. Needs the capability `processes`. A UserError where git is not installed or takes too long.
 */
export async function runGit(
  cwd: string,
  capabilities: Capabilities,
  args: readonly string[],
  { timeoutMs = 20_000, most = 64 * 1024 * 1024 }: GitOptions = {},
): Promise<GitAnswer> {
  requireCapability(capabilities, 'processes', 'ask git');
  const child = spawn('git', [...HARMLESS, ...args], { cwd, env: gitEnvironment(), stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
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
      if (size <= most) out.push(chunk);
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
      const next =
        errorCode(error) === 'ENOENT' ? 'git is not installed, or not on the path. Install it to compare with versions.' : error.message;
      reject(new UserError('configuration', next));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, out: Buffer.concat(out), err: err.trim() });
    });
  });
}

const MOST_ERROR = 4000;

/** Settings that a repository's own configuration could turn into commands, off. */
const HARMLESS: readonly string[] = [
  '--no-pager',
  '--no-optional-locks',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.sshCommand=false',
  '-c',
  'diff.external=',
  '-c',
  'core.quotePath=false',
  '-c',
  'protocol.allow=never',
];

function gitEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => KEPT.has(name.toUpperCase()));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ASKPASS: '',
    GIT_PAGER: '',
  };
}

/** All of the environment that git needs; no key of a provider is among it. */
const KEPT: ReadonlySet<string> = new Set([
  'PATH',
  'HOME',
  'USERPROFILE',
  'HOMEDRIVE',
  'HOMEPATH',
  'APPDATA',
  'LOCALAPPDATA',
  'SYSTEMROOT',
  'XDG_CONFIG_HOME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'USER',
  'LOGNAME',
  'USERNAME',
]);
