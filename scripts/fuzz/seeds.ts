import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../bootstrap.mjs';

const OWN = path.join(ROOT, 'test/fixtures/fuzz');
const CORPUS = path.resolve(ROOT, '../shared/corpus');

/** Real files that are larger are left out: most of the time would go into them. */
const LARGEST_SEED = 60_000;

/** Whether real files lie beside the repository. */
export function hasCorpus(): boolean {
  return existsSync(CORPUS);
}

/** The seeds of a kind: those of this repository, and real files of others where they are. `ending` says which of a folder are of the kind. */
export function seedFiles(own: string, corpus: string | undefined, ending: RegExp): readonly string[] {
  return [...textsIn(path.join(OWN, own), ending), ...(corpus === undefined ? [] : textsIn(path.join(CORPUS, corpus), ending))];
}

function textsIn(folder: string, ending: RegExp): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .sort()
    .map((file) => path.join(folder, file))
    .filter((file) => statSync(file).isFile() && statSync(file).size <= LARGEST_SEED)
    .map((file) => readFileSync(file, 'utf8'));
}
