import { sha256Hex } from '../../../prompts-schema/index.ts';
import type { ChangeGroup, ComparedCase } from '../../../protocol/index.ts';
import type { DescribedCase } from './describeChange.ts';

/** The cases of a comparison in their order, each with its group, and the groups, worst first. */
export interface GroupedCases {
  readonly cases: readonly ComparedCase[];
  readonly groups: readonly ChangeGroup[];
}

/**
 * Puts like changes together: broken by reason, then drifted ones, grave ones before those of degree, the larger group and the larger effect
 * first; unsure; changed ones by kind; new; missing; and folded away those within noise and the same. Ids are stable: they come from what
 * makes the group, not from its cases.
 */
export function groupChanges(described: readonly DescribedCase[]): GroupedCases {
  const groups = gather(described, singles(described));
  const sorted = [...groups.values()].sort(
    (a, b) =>
      place(a) - place(b) || b.caseIds.length - a.caseIds.length || b.effect - a.effect || a.rank - b.rank || (a.id < b.id ? -1 : 1),
  );
  const groupOf = new Map(sorted.flatMap(({ id, caseIds }) => caseIds.map((caseId) => [caseId, id] as const)));
  return {
    cases: described.map(({ groupKey: _key, groupTitle: _title, path: _path, severity: _severity, rank: _rank, ...of }) => {
      const group = groupOf.get(of.caseId);
      return group === undefined ? of : { ...of, group };
    }),
    groups: sorted.map(({ rank: _rank, effect: _effect, ...group }) => group),
  };
}

type Gathered = ChangeGroup & { readonly rank: number; effect: number };

/** Keys of groups of one case that go together, because there are too many of them at one path to be read one by one. */
function singles(described: readonly DescribedCase[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { groupKey } of described) counts.set(groupKey, (counts.get(groupKey) ?? 0) + 1);
  const families = new Map<string, string[]>();
  for (const of of described) {
    if (counts.get(of.groupKey) !== 1) continue;
    const family = families.get(familyOf(of)) ?? [];
    family.push(of.groupKey);
    families.set(familyOf(of), family);
  }
  return new Set([...families.values()].filter(({ length }) => length > MOST_SINGLES).flat());
}

const MOST_SINGLES = 12;

/** Changes of one kind at one path, whatever from and to. */
function familyOf({ rank, path }: DescribedCase): string {
  return `${rank} ${path ?? ''}`;
}

function gather(described: readonly DescribedCase[], alone: ReadonlySet<string>): ReadonlyMap<string, Gathered> {
  const groups = new Map<string, Gathered>();
  for (const of of described) {
    const { groupKey, groupTitle, path, severity, rank, caseId, effect } = of;
    const key = alone.has(groupKey) ? familyOf(of) : groupKey;
    const group: Gathered = groups.get(key) ?? {
      id: sha256Hex(key).slice(0, ID_LENGTH),
      severity,
      ...(path === undefined ? {} : { path }),
      title: alone.has(groupKey) ? 'other changes, each once' : groupTitle,
      caseIds: [],
      folded: severity === 'quiet',
      rank,
      effect: 0,
    };
    group.caseIds.push(caseId);
    group.effect = Math.max(group.effect, effect ?? 0);
    groups.set(key, group);
  }
  return groups;
}

const ID_LENGTH = 10;

/** Sections one after the other; inside drifted the grave ones first; inside changed by kind. */
function place({ rank, severity }: Gathered): number {
  if (severity === 'info' || severity === 'unsure') return rank;
  return Math.floor(rank / 100) * 100 + (severity === 'bad' ? 1 : 0);
}
