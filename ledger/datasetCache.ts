import type { Dataset } from '../prompts-schema/index.ts';

/** Datasets read lately, so that a keystroke in a prompt does not read its dataset again. Holds the most recently used few. */
export class DatasetCache {
  readonly #known = new Map<string, { readonly mtimeMs: number; readonly size: number; readonly dataset: Dataset }>();
  readonly #most: number;

  constructor(most = 16) {
    this.#most = most;
  }

  /** The dataset of that path, if the file is unchanged since it was put here. */
  get(path: string, { mtimeMs, size }: { readonly mtimeMs: number; readonly size: number }): Dataset | undefined {
    const known = this.#known.get(path);
    if (!known || known.mtimeMs !== mtimeMs || known.size !== size) return undefined;
    this.#known.delete(path);
    this.#known.set(path, known);
    return known.dataset;
  }

  set(path: string, { mtimeMs, size }: { readonly mtimeMs: number; readonly size: number }, dataset: Dataset): void {
    this.#known.delete(path);
    this.#known.set(path, { mtimeMs, size, dataset });
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= this.#most) break;
      this.#known.delete(oldest);
    }
  }
}
