import { homedir } from 'node:os';
import { builtinCatalog, type Catalog, withModelAnswers } from '../catalog/index.ts';
import { readModelAnswers, userDataFolder } from '../workspace/index.ts';
import type { CliIo } from './io.ts';

/** The catalog that comes with this version, with what `evenkeel models refresh` brought later. */
export async function knownCatalog(io: Pick<CliIo, 'env'>): Promise<Catalog> {
  return withModelAnswers(builtinCatalog(), await readModelAnswers(modelDataFolder(io)));
}

/** Where the answers are kept: outside every repository. */
export function modelDataFolder({ env }: Pick<CliIo, 'env'>): string {
  return userDataFolder({ env, platform: process.platform, home: homedir() });
}
