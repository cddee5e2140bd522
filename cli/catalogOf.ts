import { homedir } from 'node:os';
import { type Catalog, createCatalogSource } from '../catalog/index.ts';
import { readModelAnswers, userDataFolder } from '../workspace/index.ts';
import type { CliIo } from './io.ts';

/** What this command asks for facts about models; read when it is called. */
export function catalogOf(io: Pick<CliIo, 'env'>): () => Promise<Catalog> {
  const { look } = createCatalogSource(() => readModelAnswers(modelDataFolder(io)));
  return async () => (await look()).catalog;
}

/** Where the answers are kept: outside every repository. */
export function modelDataFolder({ env }: Pick<CliIo, 'env'>): string {
  return userDataFolder({ env, platform: process.platform, home: homedir() });
}
