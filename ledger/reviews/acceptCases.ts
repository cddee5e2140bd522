import type { ComparedCase, Comparison, SideInfo } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import type { Baseline, BaselineSource } from '../baselines/baseline.ts';
import { distinctOutputs, samplesKey } from '../baselines/distinctOutputs.ts';
import { normalSource } from '../baselines/encodeBaseline.ts';
import { type EntryChange, entryFor, entryHash, entryIdFor, type WholeEntry, wholeEntry } from '../baselines/entries.ts';
import { quoted } from './selectCases.ts';

/** What approved samples of this side are: a prompt at a fingerprint, a day. UserError `usage` where the side does not tell. */
export function sourceOf({ candidate, createdAt }: Pick<Comparison, 'candidate' | 'createdAt'>): BaselineSource {
  const { fingerprint, parts, version, answeredBy, dataset } = candidate;
  if (candidate.model === '' || fingerprint === undefined || parts === undefined)
    throw new UserError('usage', 'The new side does not say which prompt and model gave its answers, so they cannot become a baseline.');
  return normalSource({
    fingerprint,
    parts,
    version,
    answeredBy,
    days: [dayOf(candidate.at) ?? dayOf(createdAt) ?? '1970-01-01'],
    dataset,
  });
}

function dayOf(time: SideInfo['at']): string | undefined {
  return time === undefined || Number.isNaN(Date.parse(time)) ? undefined : new Date(time).toISOString().slice(0, 10);
}

/** Samples a case shall hold in a baseline that this comparison begins: as many as were approved elsewhere, else as many as it took. */
export function wantedOf({ design: { approvedMost, screen, confirm } }: Comparison): number {
  return Math.max(1, Math.floor(approvedMost > 0 ? approvedMost : screen + confirm));
}

/**
 * What accepting these cases changes in the baseline: the new samples take the place of what was approved, a missing case loses its entry.
 * An entry that stands under the id which the case had before goes with it.
 */
export function acceptedChanges(
  baseline: Baseline,
  comparison: Pick<Comparison, 'cases'>,
  chosen: readonly ComparedCase[],
  source: BaselineSource,
): readonly EntryChange[] {
  const accepted = new Set(chosen.map(({ caseId }) => caseId));
  const ids = new Set(comparison.cases.map(({ caseId }) => caseId));
  const changes: EntryChange[] = [];
  let last: string | null = null;
  for (const of of comparison.cases) {
    const { caseId, inputs, fresh } = of;
    const known = entryIdFor(baseline, caseId, inputs);
    if (accepted.has(caseId)) {
      const isGone = of.label === 'missing';
      const entry: WholeEntry | undefined = isGone
        ? undefined
        : { inputs, source, outputs: distinctOutputs(fresh.map(({ output }) => output)) };
      if (entry || baseline.cases.has(caseId)) changes.push({ caseId, entry, follows: last });
      if (known !== undefined && known !== caseId && !ids.has(known)) changes.push({ caseId: known, entry: undefined, follows: last });
      if (!isGone) last = caseId;
    } else last = known ?? last;
  }
  return changes;
}

/** The unchanged cases of a comparison that is reviewed to its end: their samples stay, and now stand for the candidate's version too. */
export function confirmedChanges(baseline: Baseline, unchanged: readonly ComparedCase[], source: BaselineSource): readonly EntryChange[] {
  const wanted = JSON.stringify(source);
  return unchanged.flatMap(({ caseId, inputs }) => {
    const id = entryIdFor(baseline, caseId, inputs);
    const entry = id === undefined ? undefined : wholeEntry(baseline, id);
    if (id === undefined || !entry || JSON.stringify(normalSource(entry.source)) === wanted) return [];
    return [{ caseId: id, entry: { ...entry, source }, follows: null }];
  });
}

/** Whether the reviewer saw the baseline that accepting changes. */
export function isOwnBaseline({ baseline, candidate }: Comparison): boolean {
  return baseline.kind === 'baseline' && baseline.model === candidate.model;
}

/**
 * UserError `conflict` when the baseline holds other samples for a case than those the reviewer saw: somebody approved others since. `mine`
 * says which entries earlier acts of this comparison made.
 */
export async function requireAsSeen(
  baseline: Baseline,
  comparison: Comparison,
  chosen: readonly ComparedCase[],
  mine: () => Promise<ReadonlySet<string>>,
): Promise<void> {
  if (!isOwnBaseline(comparison)) return;
  const others = chosen.filter(({ caseId, inputs, approved, fresh }) => {
    const current = entryFor(baseline, caseId, inputs);
    if (!current) return false;
    const held = samplesKey(current.outputs);
    return ![approved, fresh].some((samples) => samplesKey(samples.map(({ output }) => ({ count: 1, output }))) === held);
  });
  const made = others.length ? await mine() : undefined;
  const ids = others.map(({ caseId }) => caseId).filter((id) => !made?.has(entryHash(wholeEntry(baseline, id)) ?? ''));
  if (ids.length)
    throw new UserError(
      'conflict',
      `The baseline of ${comparison.candidate.model} was changed by someone else since this comparison was made: ${quoted(ids)}. Compare again, then review what is there now.`,
    );
}
