import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/** One process under another; `rssMiB` is its resident memory in MiB. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly rssMiB: number;
  /** When it started, in the system's own words: with the pid it names a process for good, as pids come again. */
  readonly started: string;
  readonly command: string;
}

/** A process and all that it started, directly or not. Read from /proc on Linux, where `ps` may be missing; by `ps` on macOS; empty on Windows. */
export function processTree(root: number): readonly ProcessInfo[] {
  const all = allProcesses();
  const found = new Set([root]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return all.filter(({ pid }) => found.has(pid));
}

/** Ends a process and all that it started, at once. Who has ended by now is no error. */
export function killTree(root: number, known: readonly ProcessInfo[] = processTree(root)): void {
  if (process.platform === 'win32') {
    try {
      execFileSync('taskkill', ['/pid', String(root), '/t', '/f'], { stdio: 'ignore' });
    } catch {
      // Ended by itself.
    }
    return;
  }
  const alive = new Map(allProcesses().map(({ pid, started }) => [pid, started]));
  for (const { pid, started } of known) {
    if (alive.get(pid) !== started) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Ended in between.
    }
  }
}

function allProcesses(): readonly ProcessInfo[] {
  return process.platform === 'linux' ? fromProc() : process.platform === 'win32' ? [] : fromPs();
}

function fromProc(): readonly ProcessInfo[] {
  return fs.readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const status = fs.readFileSync(`/proc/${name}/status`, 'utf8');
      const field = (key: string) => new RegExp(`^${key}:\\s+(\\S+)`, 'm').exec(status)?.[1];
      if (field('State') === 'Z') return [];
      // The program's name stands in brackets and may hold anything, brackets too: the plain fields come after the last one.
      const stat = fs.readFileSync(`/proc/${name}/stat`, 'utf8');
      const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
      const command = fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return [
        { pid: Number(name), parent: Number(field('PPid')), rssMiB: Math.round(Number(field('VmRSS') ?? 0) / 1024), started, command },
      ];
    } catch {
      return []; // It ended while we were looking.
    }
  });
}

function fromPs(): readonly ProcessInfo[] {
  const text = execFileSync('ps', ['-eo', 'pid=,ppid=,rss=,lstart=,args='], {
    encoding: 'utf8',
    maxBuffer: 1 << 24,
    env: { ...process.env, LC_ALL: 'C' },
  });
  return text.split('\n').flatMap((line) => {
    const [, pid, parent, rss, started, command] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+((?:\S+\s+){4}\d{4})\s+(.*)$/.exec(line) ?? [];
    if (started === undefined || command === undefined) return [];
    return [{ pid: Number(pid), parent: Number(parent), rssMiB: Math.round(Number(rss) / 1024), started, command }];
  });
}
