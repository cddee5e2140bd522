import type { CaseMention, ComparisonChanges } from '../../../protocol/index.ts';
import type { PromptSource, SourceCase } from './promptSource.ts';

/** What a list names of each kind of change; the total is said beside it. */
const MOST_CASES = 50;

type Cases = NonNullable<PromptSource['cases']>;

/** Cases that came, went, or are not what they were; undefined where none did. A case that has another id and the same inputs is the same. */
export function datasetChanges(old: Cases, fresh: Cases, answeredNow: boolean): ComparisonChanges['dataset'] {
  const renamed = renamedCases(old, fresh);
  const gone = [...old].filter(([id]) => !fresh.has(id) && !renamed.has(id));
  const came = new Set(renamed.values());
  const added = [...fresh].filter(([id]) => !old.has(id) && !came.has(id));
  const both = [...fresh].flatMap(([id, is]) => {
    const was = old.get(id);
    return was ? [{ id, was, is }] : [];
  });
  const changed = both.filter(({ was, is }) => was.inputs !== is.inputs);
  const expected = both.filter(
    ({ was, is }) => was.inputs === is.inputs && was.expected !== undefined && is.expected !== undefined && was.expected !== is.expected,
  );
  if (!gone.length && !added.length && !changed.length && !expected.length) return undefined;
  const pick = ({ id, is }: (typeof both)[number]): readonly [string, SourceCase] => [id, is];
  return {
    added: mentions(added),
    removed: mentions(gone),
    changed: mentions(changed.map(pick)),
    expected: mentions(expected.map(pick)),
    answeredNow,
  };
}

/** Old ids that are gone → the new id under which the same inputs stand. */
function renamedCases(old: Cases, fresh: Cases): ReadonlyMap<string, string> {
  const free = new Map<string, string[]>();
  for (const [id, { inputs }] of fresh) {
    if (old.has(id)) continue;
    const ids = free.get(inputs);
    if (ids) ids.push(id);
    else free.set(inputs, [id]);
  }
  const renamed = new Map<string, string>();
  for (const [id, { inputs }] of old) {
    const next = fresh.has(id) ? undefined : free.get(inputs)?.shift();
    if (next !== undefined) renamed.set(id, next);
  }
  return renamed;
}

function mentions(cases: readonly (readonly [string, SourceCase])[]): { total: number; cases: CaseMention[] } {
  return {
    total: cases.length,
    cases: cases.slice(0, MOST_CASES).map(([caseId, { input }]) => ({ caseId, ...(input === undefined ? {} : { input }) })),
  };
}
