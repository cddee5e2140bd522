import { type CatalogSource, createCatalogSource, type KnownCatalog } from '../../catalog/index.ts';
import { readModelAnswers } from '../../workspace/index.ts';

/**
 * What is known of models. Nobody waits for the answers that are kept: they are looked for when the catalog is asked for, once a minute at
 * most, and `changed` is called when there are others.
 */
export class CatalogStore {
  readonly #source: CatalogSource;
  readonly #changed: () => void;
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** `folder`: absolute path of the user's own data; it may not exist. */
  constructor(folder: string, changed: () => void) {
    this.#source = createCatalogSource(() => readModelAnswers(folder));
    this.#changed = changed;
  }

  current(): KnownCatalog {
    const now = performance.now();
    if (now - this.#lookedAt >= LOOK_AGAIN_MS) {
      this.#lookedAt = now;
      void this.#look();
    }
    return this.#source.current();
  }

  async #look(): Promise<void> {
    const before = this.#source.current();
    if ((await this.#source.look()) !== before) this.#changed();
  }
}

const LOOK_AGAIN_MS = 60_000;
