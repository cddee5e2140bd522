import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { type Capabilities, requireCapability, UserError } from '../../safety/index.ts';
import { errorCode } from '../../workspace/index.ts';

/** A git under way; its input stays open. */
export type GitProcess = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * Starts git in a folder without letting the repository run anything: no hooks, no file-system monitor, no text conversion, no external diff,
 * no signature check, no pager, no editor, no questions, no lazy fetch. Needs the capability `processes`. Every git of ours begins here.
 */
export function spawnGit(cwd: string, capabilities: Capabilities, args: readonly string[]): GitProcess {
  requireCapability(capabilities, 'processes', 'ask git');
  const child = spawn('git', [...HARMLESS, ...args], { cwd, env: gitEnvironment(), stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  child.stdin.on('error', () => undefined); // a git that ended takes no more input; its end tells why
  return child;
}

/** What a git that could not be started means for people. */
export function notStarted(error: Error): UserError {
  const next =
    errorCode(error) === 'ENOENT' ? 'git is not installed, or not on the path. Install it to compare with versions.' : error.message;
  return new UserError('configuration', next);
}

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
  'log.showSignature=false',
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
