import type { RunListing, RunStore } from './runs/record.ts';

/** The newest run over all of a prompt's cases, else the newest of any, and whether the prompt was edited since. */
export interface LastRun {
  readonly listing: RunListing;
  /** The run's prompt had another fingerprint than the one asked about. */
  readonly edited: boolean;
}

/** Undefined when the prompt was never evaluated; runs of comparisons do not count. `fingerprint` is that of the prompt as it is now; without it nothing counts as edited. */
export async function lastRunOf(store: Pick<RunStore, 'list'>, promptId: string, fingerprint?: string): Promise<LastRun | undefined> {
  const listings = (await store.list(promptId)).filter(({ header }) => header.purpose === undefined);
  const listing = listings.find(({ header }) => header.selection === 'all') ?? listings[0];
  return listing && { listing, edited: fingerprint !== undefined && listing.header.fingerprint !== fingerprint };
}

/**
 * A run in one line: `33 of 37 passed, 1 unscored, 2 min ago`. The rate is over what was scored; what was not stands beside it, and
 * how the run ended unless it finished.
 */
export function describeRun({ header, totals, end, missing }: RunListing, now: Date): string {
  const scored = totals.passed + totals.failed;
  return [
    scored ? `${totals.passed} of ${scored} passed` : 'nothing scored',
    totals.unscored ? `${totals.unscored} unscored` : '',
    totals.errors ? `${totals.errors} ${totals.errors === 1 ? 'error' : 'errors'}` : '',
    missing ? `${missing} missing` : '',
    ENDINGS[end],
    describeAge(header.startedAt, now),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** How long ago an ISO time was: `just now`, `2 min ago`, `3 hours ago`, `5 days ago`. A time ahead of the clock is `just now`. */
export function describeAge(time: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(time)) / 60_000);
  if (!(minutes >= 1)) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} ${hours === 1 ? 'hour' : 'hours'} ago`;
  const days = Math.floor(hours / 24);
  return `${days} ${days === 1 ? 'day' : 'days'} ago`;
}

const ENDINGS: Readonly<Record<RunListing['end'], string>> = {
  finished: '',
  cancelled: 'cancelled',
  budget: 'stopped at the budget',
  failed: 'stopped by a failure',
  interrupted: 'interrupted',
};
