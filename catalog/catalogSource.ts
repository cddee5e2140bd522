import { builtinCatalog, type Catalog } from './catalog.ts';
import { type ModelAnswers, withModelAnswers } from './modelAnswers.ts';

/** Facts about models with what tells them apart from those of another moment. */
export interface KnownCatalog {
  readonly catalog: Catalog;
  /** The same for the same facts. */
  readonly key: string;
}

/** Where facts about models come from: one for each process that asks. */
export interface CatalogSource {
  /** What the last look found; before the first one the catalog that comes with this version. Nobody waits. */
  readonly current: () => KnownCatalog;
  /** Looks at what providers told since. */
  readonly look: () => Promise<KnownCatalog>;
}

/**
 * The one way to what is known of models, for engine, language server and command line alike: the catalog that comes with this version, and over
 * it what `evenkeel models refresh` brought later, each row with its day. `read` gives the answers that are kept; nothing is read or merged before
 * somebody looks, and merged again only when there are other answers.
 */
export function createCatalogSource(read: () => Promise<readonly ModelAnswers[]>): CatalogSource {
  let known: KnownCatalog | undefined;
  let merged = NO_ANSWERS;
  let changes = 0;
  const current = (): KnownCatalog => {
    known ??= { catalog: builtinCatalog(), key: String(changes) };
    return known;
  };
  return {
    current,
    look: async () => {
      const answers = await read();
      const text = JSON.stringify(answers);
      if (text === merged) return current();
      merged = text;
      known = { catalog: withModelAnswers(builtinCatalog(), answers), key: String(++changes) };
      return known;
    },
  };
}

const NO_ANSWERS = '[]';
