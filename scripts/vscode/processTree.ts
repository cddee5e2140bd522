import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/** One process under another; `rssMiB` is its resident memory in MiB. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly rssMiB: number;
  readonly command: string;
}

/** A process and all that it started, directly or not. Read from /proc on Linux, where `ps` may be missing; by `ps` on macOS; empty on Windows. */
export function processTree(root: number): readonly ProcessInfo[] {
  const all = process.platform === 'linux' ? fromProc() : process.platform === 'win32' ? [] : fromPs();
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
  // A number may by now belong to a process of somebody else: only a command line that is still the same is ours.
  const alive = new Map((process.platform === 'linux' ? fromProc() : fromPs()).map((each) => [each.pid, each.command]));
  for (const { pid, command } of known) {
    if (alive.get(pid) !== command) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Ended in between.
    }
  }
}

function fromProc(): readonly ProcessInfo[] {
  return fs.readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // The name in brackets may hold anything, brackets too: the fields start after the last one.
      const stat = fs.readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const command = fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      if (fields[0] === 'Z') return [];
      return [{ pid: Number(name), parent: Number(fields[1]), rssMiB: Math.round((Number(fields[21]) * 4096) / 2 ** 20), command }];
    } catch {
      return []; // It ended while we were looking.
    }
  });
}

function fromPs(): readonly ProcessInfo[] {
  const text = execFileSync('ps', ['-eo', 'pid=,ppid=,rss=,args='], { encoding: 'utf8', maxBuffer: 1 << 24 });
  return text.split('\n').flatMap((line) => {
    const [, pid, parent, rss, command] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), rssMiB: Math.round(Number(rss) / 1024), command }];
  });
}
