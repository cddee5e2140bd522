import type { ComparisonListing, RootComparisons } from '../../protocol/index.ts';

/** A comparison with its root. */
export interface ListedComparison extends ComparisonListing {
  /** Absolute path. */
  readonly root: string;
}

/** The comparisons of this window that count, as tree, badge and status bar show them. */
export class DriftOverview {
  readonly #list: () => Promise<readonly RootComparisons[]>;
  readonly #report: (error: unknown) => void;
  readonly #listeners = new Set<() => void>();
  #roots: readonly RootComparisons[] = [];
  #going: Promise<void> | undefined;
  #again = false;

  constructor(list: () => Promise<readonly RootComparisons[]>, report: (error: unknown) => void) {
    this.#list = list;
    this.#report = report;
  }

  /** Absolute paths of the window's roots. */
  get roots(): readonly string[] {
    return this.#roots.map(({ root }) => root);
  }

  /** By prompt, then newest first. */
  comparisons(): readonly ListedComparison[] {
    const all = this.#roots.flatMap(({ root, comparisons }) => comparisons.map((listing) => ({ ...listing, root })));
    return all.sort((a, b) => compare(a.promptName, b.promptName) || compare(a.promptId, b.promptId) || compare(b.createdAt, a.createdAt));
  }

  /** Cases that wait for a review. */
  pending(): number {
    return this.#roots.flatMap(({ comparisons }) => comparisons).reduce((sum, { pending }) => sum + pending, 0);
  }

  onChange(listener: () => void): { readonly dispose: () => void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Looks again; asked for while looking, it looks once more. Resolves when what is shown is no older than this call. */
  async refresh(): Promise<void> {
    this.#again = true;
    this.#going ??= this.#look().finally(() => {
      this.#going = undefined;
    });
    await this.#going;
  }

  async #look(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      try {
        this.#roots = await this.#list();
        for (const listener of this.#listeners) listener();
      } catch (error) {
        this.#report(error);
      }
    }
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
