import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findFiles } from '../../workspace/index.ts';
import { removeTemporaryFolders, temporaryFolder } from './temporaryFolder.ts';

removeTemporaryFolders();

it('of very many files finds the first ones, in whatever order folders are read', async () => {
  const root = temporaryFolder({ 'z.txt': '' });
  for (let folder = 0; folder < 30; folder++) {
    const into = join(root, `d${(folder * 17) % 30}`, `e${folder % 3}`);
    mkdirSync(into, { recursive: true });
    for (let file = 0; file < 20; file++) writeFileSync(join(into, `${(file * 7) % 20}.txt`), '');
  }
  symlinkSync('z.txt', join(root, 'a.txt'));
  const all = await findFiles(root, (path) => path.endsWith('.txt'));
  expect(all).toHaveLength(602);
  expect(all).toEqual([...all].sort());
  for (const most of [1, 7, 50, 300, 601, 602, 1000])
    expect(await findFiles(root, (path) => path.endsWith('.txt'), most)).toEqual(all.slice(0, most));
});
