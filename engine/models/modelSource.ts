import type { AskedPlatform, ModelAnswer } from '../../catalog/index.ts';
import type { KeyNeed } from '../../protocol/index.ts';
import type { Json } from '../../safety/index.ts';

/** How a provider is asked what models it has. */
export interface ModelSource {
  readonly platform: AskedPlatform;
  /** The key it is asked with, bound to the provider's own origin. */
  readonly need: KeyNeed;
  /** What is sent along: the key in the header that this provider wants. */
  readonly authorization: (key: string) => Readonly<Record<string, string>>;
  /** Path and query of the first page. */
  readonly path: string;
  /** One page; `malformed` where it is not what the provider's documentation describes. `today` is a day. */
  readonly read: (page: Json, today: string) => ModelPage;
}

export type ModelPage =
  | {
      readonly status: 'read';
      readonly models: readonly ModelAnswer[];
      /** Path and query of the next page; undefined on the last. */
      readonly next: string | undefined;
    }
  | { readonly status: 'malformed'; readonly place: string };

/** As many pages as are asked for; every provider's list is one or two. */
export const MOST_PAGES = 20;

/** The day of a moment in seconds or as ISO 8601 text; undefined for the epoch itself, which stands for an unknown day, and for no moment at all. */
export function dayOf(moment: number | string): string | undefined {
  const date = new Date(typeof moment === 'number' ? moment * 1000 : moment);
  const time = date.getTime();
  return Number.isNaN(time) || time <= 0 || date.getUTCFullYear() > 9999 ? undefined : date.toISOString().slice(0, 10);
}

/** Where a schema found something else than it wanted: `data[3].id`. */
export function placeOf(issues: readonly { readonly path: readonly PropertyKey[] }[]): string {
  const path = issues[0]?.path ?? [];
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}
