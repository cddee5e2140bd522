import { describeRun, type Reviews, type RunListing } from '../../ledger/index.ts';
import { type ParsedLock, type Reference, type Release, releasesOf } from '../../prompts-schema/index.ts';
import type { HistoryEvent } from '../../protocol/index.ts';

/** The releases of the lock file, and what is wrong with it. */
export function releaseEvents(
  lock: Reference<ParsedLock> | undefined,
  promptId: string,
): { readonly events: readonly HistoryEvent[]; readonly notes: readonly string[] } {
  if (!lock) return { events: [], notes: [] };
  if (lock.status !== 'read') return { events: [], notes: [lock.message] };
  if (lock.value.status !== 'read') return { events: [], notes: [`${lock.path}: ${lock.value.message}`] };
  const releases = releasesOf(lock.value.lock, promptId);
  const events = releases.map((release, at): HistoryEvent => {
    const before = releases[at - 1]?.version;
    return {
      kind: 'release',
      at: release.released,
      title: `released ${release.version}`,
      detail: testedWith(release),
      point: { kind: 'release', version: release.version },
      ...(before === undefined ? {} : { before: { kind: 'release', version: before } }),
    };
  });
  return { events: events.toReversed(), notes: [] };
}

function testedWith({ tested }: Release): string {
  if (!tested.length) return 'not tested';
  return `tested with ${tested.map(({ model, passed, scored }) => `${model} (${scored ? `${passed} of ${scored} passed` : 'nothing scored'})`).join(', ')}`;
}

/** A stored eval. */
export function evalEvent(listing: RunListing): HistoryEvent {
  const { runId, startedAt, models, version, selection, cases } = listing.header;
  const start = new Date(startedAt);
  // The age stands beside it already.
  const line = describeRun(listing, start).replace(/, just now$/, '');
  return {
    kind: 'eval',
    at: startedAt,
    title: line,
    detail: [
      models.join(', '),
      ...(version === undefined ? [] : [version]),
      ...(selection === 'all' ? [] : [`${cases} ${cases === 1 ? 'case' : 'cases'} only`]),
    ].join(' · '),
    point: { kind: 'run', runId },
    runId,
  };
}

/** What was said of a comparison by one person, as one event; what was taken back is left out. `stored`: comparisons that can be opened. */
export function reviewEvents({ records, undone }: Reviews, stored: ReadonlySet<string>): readonly HistoryEvent[] {
  const groups = new Map<string, (typeof records)[number][]>();
  for (const record of records) {
    if (record.action === 'undo' || undone.has(record.id)) continue;
    const key = JSON.stringify([record.comparison, record.by]);
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups.values()].flatMap((group) => {
    const last = group.at(-1); // records are in the order of their time
    if (!last) return [];
    const counts = ACTIONS.flatMap(([action, words]) => {
      const count = group.filter((record) => record.action === action).length;
      return count ? [`${words} ${count}`] : [];
    });
    const reason = group.findLast((record) => record.reason !== undefined)?.reason;
    const detail = [last.by, last.model, ...(reason === undefined ? [] : [`“${reason}”`])].join(' · ');
    const comparison = stored.has(last.comparison) ? { comparisonId: last.comparison } : {};
    return [{ kind: 'review' as const, at: last.at, title: counts.join(', '), detail, ...comparison }];
  });
}

const ACTIONS: readonly (readonly [action: string, words: string])[] = [
  ['accept', 'accepted'],
  ['reject', 'rejected'],
  ['knownNoise', 'known noise'],
];
