import type { Json } from '../safety/index.ts';
import type { Dataset } from './dataset/dataset.ts';
import type { NamedSchema } from './document.ts';
import type { ParsedLock } from './lock/lockFile.ts';

/**
 * What is known of a prompt beyond its own text: where its references lead and what the repository says. Gathered by ledger,
 * read by lint, server and engine; plain data, so that rules stay pure.
 */
export interface PromptFacts {
  /** The prompt id: the file's path from the root, with `/`, and `#name` where the file holds several. */
  readonly promptId: string;
  /** The day the facts are for, `YYYY-MM-DD`; lifecycles count from it. */
  readonly today: string;
  /** `defaults.model` of evenkeel.yml. */
  readonly defaultModel: string | undefined;
  /** Provider names that a model may start with: the built-in ones and those of evenkeel.yml. */
  readonly providers: readonly string[];
  /** The dataset that `dataset:` names; undefined when the file names none. */
  readonly dataset: Reference<Dataset> | undefined;
  /** The schema that `jsonSchema: { file }` names. */
  readonly outputSchema: Reference<NamedSchema> | undefined;
  readonly tools: Reference<Json> | undefined;
  /** The templates that this one puts in, and those within them, by name; undefined where it puts in none. */
  readonly partials?: ReadonlyMap<string, Reference<string>>;
  /** The files whose text is part of the document, by their path as written; undefined where it has none. */
  readonly included?: ReadonlyMap<string, Reference<string>>;
  /** Every file that an evaluator names, by its path as written. */
  readonly evaluatorFiles: ReadonlyMap<string, Reference<Json>>;
  /** The lock file beside the prompt: its releases, or what is wrong with it; undefined when there is none. */
  readonly lock: Reference<ParsedLock> | undefined;
}

/** Where a reference to a file leads. */
export type Reference<T> =
  | { readonly status: 'read'; readonly path: string; readonly value: T }
  | { readonly status: 'missing' | 'outside' | 'unreadable' | 'invalid'; readonly path: string; readonly message: string };
