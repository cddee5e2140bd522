import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { nodeFileSystem } from '../../workspace/index.ts';
import { takePoliteLock } from '../../workspace/politeLock.ts';
import { removeTemporaryFolders, temporaryFolder } from './temporaryFolder.ts';

removeTemporaryFolders();

/** A folder in which somebody who lives holds the lock, with this written into it. */
async function heldFolder(written: string): Promise<string> {
  const folder = temporaryFolder();
  const lock = await takePoliteLock(nodeFileSystem, folder, 'target');
  expect(await lock?.isMine()).toBe(true);
  const [name = ''] = readdirSync(folder);
  writeFileSync(join(folder, name), written);
  return folder;
}

const LIVING = `${process.pid} elsewhere 00`;

it.each([
  ['somebody else’s', LIVING],
  ['one whose holder died before a word was written', ''],
])('takes over %s lock that did not change, on a slow disk too', async (_, written) => {
  const folder = await heldFolder(written);
  // The first look at the lock takes longer than the patience of the one who looks.
  const slow = { ...nodeFileSystem, read: async (path: string) => sleep(60).then(() => nodeFileSystem.read(path)) };
  const lock = await takePoliteLock(slow, folder, 'target', 20);
  expect(await lock?.isMine()).toBe(true);
});

it('gives up where others take it one after the other', async () => {
  const folder = await heldFolder(LIVING);
  const [name = ''] = readdirSync(folder);
  let others = 0;
  const busy = setInterval(() => writeFileSync(join(folder, name), `${LIVING}${others++}`), 2);
  try {
    expect(await takePoliteLock(nodeFileSystem, folder, 'target', 80)).toBeUndefined();
  } finally {
    clearInterval(busy);
  }
});
