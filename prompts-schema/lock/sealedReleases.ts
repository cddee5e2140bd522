import { parseYamlTree } from '../parse/yamlTree.ts';
import type { Release } from './lockFile.ts';
import { readRelease } from './readRelease.ts';

/** What of a damaged lock file is certain, and what it seems to have held beside it. */
export interface Salvage {
  /** Releases with a fitting seal, wherever in the text they stand; a version may be there twice. */
  readonly sealed: readonly Release[];
  /** Releases that can be read and whose seal does not fit. */
  readonly unsealed: readonly Release[];
}

/** Looks for releases block by block, so that what is broken in one, or around it, does not take the others along. Never throws. */
export function salvageReleases(text: string): Salvage {
  const [sealed, unsealed]: [Release[], Release[]] = [[], []];
  for (const block of text.split(/^(?= {2}- )|^(?:<{7}|\|{7}|={7}|>{7}).*$/m)) {
    if (!block.startsWith('  - ')) continue;
    const { tree, issues } = parseYamlTree(block);
    const item = !issues.length && tree?.kind === 'list' ? tree.items[0] : undefined;
    const read = item && readRelease(item, 0);
    if (read && !('message' in read)) (read.sealed ? sealed : unsealed).push(read.release);
  }
  return { sealed, unsealed };
}
