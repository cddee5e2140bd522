import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, type FileSystem, writeAll } from './fileSystem.ts';

/** A lock that was taken: whether it is still ours, and the way to give it back. */
export interface PoliteLock {
  readonly isMine: () => Promise<boolean>;
  readonly release: () => Promise<void>;
}

/**
 * Waits until nobody else holds the lock for `target`, at most `patienceMs`; undefined when somebody still does. The lock of a process of
 * this machine that has died is taken over at once, any other when it has not changed for `patienceMs`. It keeps two writers from
 * passing each other between check and rename; a lost lock does not corrupt anything.
 */
export async function takePoliteLock(
  fileSystem: FileSystem,
  folder: string,
  target: string,
  patienceMs = 5000,
): Promise<PoliteLock | undefined> {
  const path = join(folder, `${createHash('sha256').update(target).digest('hex').slice(0, 32)}.lock`);
  const mine = `${process.pid} ${hostname()} ${randomBytes(8).toString('hex')}`;
  let seen: string | undefined;
  let [first, seenAt] = [Number.NaN, Number.NaN]; // from when somebody was seen to hold it: what the disk takes before is nobody's fault
  for (;;) {
    if (await create(fileSystem, path, mine)) break;
    const holder = await holderOf(fileSystem, path);
    if (holder === undefined) continue;
    const now = performance.now();
    if (seen === undefined) first = now;
    if (holder !== seen) [seen, seenAt] = [holder, now];
    if (isDead(holder) || now - seenAt >= patienceMs) {
      if ((await holderOf(fileSystem, path)) === holder) await remove(fileSystem, path);
    } else if (now - first >= 2 * patienceMs) return undefined;
    else await sleep(5 + Math.random() * 15);
  }
  return {
    isMine: async () => (await holderOf(fileSystem, path)) === mine,
    release: async () => {
      try {
        if ((await holderOf(fileSystem, path)) === mine) await remove(fileSystem, path);
      } catch {
        // left behind: the next one takes it over
      }
    },
  };
}

async function create(fileSystem: FileSystem, path: string, content: string): Promise<boolean> {
  try {
    const file = await fileSystem.create(path);
    try {
      await writeAll(file, Buffer.from(content));
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    await remove(fileSystem, path).catch(() => {});
    throw error;
  }
}

async function holderOf(fileSystem: FileSystem, path: string): Promise<string | undefined> {
  try {
    return Buffer.from(await fileSystem.read(path)).toString('utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function remove(fileSystem: FileSystem, path: string): Promise<void> {
  try {
    await fileSystem.unlink(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

function isDead(holder: string): boolean {
  const [pid, host] = holder.split(' ');
  if (host !== hostname() || !/^\d+$/.test(pid ?? '')) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return errorCode(error) === 'ESRCH';
  }
}
