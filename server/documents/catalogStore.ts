import { builtinCatalog, type Catalog, withModelAnswers } from '../../catalog/index.ts';
import { hashText, readModelAnswers } from '../../workspace/index.ts';

/** Facts about models with what tells them apart from those of another moment. */
export interface KnownCatalog {
  readonly catalog: Catalog;
  /** The same for the same facts. */
  readonly key: string;
}

/**
 * The catalog that comes with this version, and what `evenkeel models refresh` brought later. Nobody waits for the answers that are kept:
 * they are looked for when the catalog is asked for, once a minute at most, and `changed` is called when there are others.
 */
export class CatalogStore {
  readonly #folder: string;
  readonly #changed: () => void;
  #known: KnownCatalog = { catalog: builtinCatalog(), key: '' };
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** `folder`: absolute path of the user's own data; it may not exist. */
  constructor(folder: string, changed: () => void) {
    this.#folder = folder;
    this.#changed = changed;
  }

  current(): KnownCatalog {
    const now = performance.now();
    if (now - this.#lookedAt >= LOOK_AGAIN_MS) {
      this.#lookedAt = now;
      void this.#look();
    }
    return this.#known;
  }

  async #look(): Promise<void> {
    const answers = await readModelAnswers(this.#folder);
    const key = answers.length ? hashText(JSON.stringify(answers)) : '';
    if (key === this.#known.key) return;
    this.#known = { catalog: withModelAnswers(builtinCatalog(), answers), key };
    this.#changed();
  }
}

const LOOK_AGAIN_MS = 60_000;
