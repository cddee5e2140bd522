import type { BaselineSummary } from '../../protocol/index.ts';

/** What a pruning would remove, a paragraph for each file; undefined where there is nothing. */
export function pruneDetail(baselines: readonly BaselineSummary[]): string | undefined {
  const parts = baselines
    .filter(({ stale, orphaned }) => stale.length + orphaned.length > 0)
    .map(({ path, stale, orphaned }) =>
      [path, listed('other inputs now', stale), listed('no such case', orphaned)].filter(Boolean).join('\n'),
    );
  return parts.length ? parts.join('\n\n') : undefined;
}

function listed(why: string, ids: readonly string[]): string {
  if (!ids.length) return '';
  const more = ids.length > SHOWN ? ` and ${ids.length - SHOWN} more` : '';
  return `${why}: ${ids.slice(0, SHOWN).join(', ')}${more}`;
}

const SHOWN = 12;
