import { type ComparedCase, type Comparison, REVIEWABLE } from '../../protocol/index.ts';
import { hashText, type Workspace } from '../../workspace/index.ts';
import type { Baseline, StoredBaseline } from '../baselines/baseline.ts';
import { baselinePath } from '../baselines/baselinePath.ts';
import { encodeBaseline } from '../baselines/encodeBaseline.ts';
import { type EntryChange, entryHash, wholeEntry, withEntries } from '../baselines/entries.ts';
import { findBaseline } from '../baselines/readBaselines.ts';
import { acceptedChanges, confirmedChanges, isOwnBaseline, requireAsSeen, sourceOf, wantedOf } from './acceptCases.ts';
import type { Intent, UndoFile } from './act.ts';
import type { StateOf } from './selectCases.ts';
import { entriesMade } from './undoFiles.ts';

/** What accepting changes, and what it takes to take it back. */
export interface AcceptPlan {
  readonly wanted: number;
  /** Cases that the baseline has then. */
  readonly size: number;
  readonly changes: UndoFile['changes'];
  /** Absent where nothing of the file changes. */
  readonly write?: NonNullable<Intent['baseline']>;
}

/** Plans to accept cases. UserError `conflict` where the baseline is not what the reviewer saw. */
export async function planAccept(
  workspace: Workspace,
  comparison: Comparison,
  chosen: readonly ComparedCase[],
  stateOf: StateOf,
): Promise<AcceptPlan> {
  const { promptId, candidate, baseline: left, cases } = comparison;
  const { model } = candidate;
  const source = sourceOf(comparison);
  const fingerprints = [left.fingerprint, candidate.fingerprint].filter((one) => one !== undefined);
  const stored = await findBaseline(workspace, promptId, model, fingerprints);
  const current: Baseline = stored
    ? { ...stored.baseline, promptId }
    : { promptId, model, wanted: wantedOf(comparison), sources: [], cases: new Map() };
  await requireAsSeen(current, comparison, chosen, () => entriesMade(workspace, comparison.id));
  const accepted = acceptedChanges(current, comparison, chosen, source);
  const settled = new Set(chosen);
  const isComplete =
    isOwnBaseline(comparison) &&
    cases.every((of) => !REVIEWABLE.has(of.label) || settled.has(of) || ['accepted', 'knownNoise'].includes(stateOf(of).state));
  const confirmed = isComplete
    ? confirmedChanges(
        current,
        cases.filter((of) => !settled.has(of) && isUnchanged(of, stateOf)),
        source,
      )
    : [];
  const changes = [...accepted, ...confirmed];
  const next = withEntries(current, changes);
  const text = next.cases.size ? encodeBaseline(next) : null;
  return {
    wanted: current.wanted,
    size: next.cases.size,
    changes: toUndo(current, changes),
    ...writeOf(comparison, stored, text, changes),
  };
}

/** Within noise, by the numbers or by a person's word. */
function isUnchanged(of: ComparedCase, stateOf: StateOf): boolean {
  return !REVIEWABLE.has(of.label) || stateOf(of).state === 'knownNoise';
}

function writeOf(
  { promptId, candidate: { model } }: Comparison,
  stored: StoredBaseline | undefined,
  text: string | null,
  changes: readonly EntryChange[],
): Pick<AcceptPlan, 'write'> {
  const isOwn = stored?.path === baselinePath(promptId, model);
  const oldHash = stored && isOwn ? stored.hash : null;
  if ((text === null ? null : hashText(text)) === oldHash && (!stored || isOwn)) return {};
  return {
    write: {
      model,
      oldHash,
      text,
      ...(stored && !isOwn ? { moved: { promptId: stored.baseline.promptId, hash: stored.hash } } : {}),
      after: changes.map(({ caseId, entry }) => ({ caseId, hash: entryHash(entry) })),
    },
  };
}

function toUndo(before: Baseline, changes: readonly EntryChange[]): UndoFile['changes'] {
  const ids = [...before.cases.keys()];
  const places = new Map(ids.map((id, at) => [id, at]));
  return changes.map(({ caseId, entry }) => {
    const known = wholeEntry(before, caseId);
    return {
      caseId,
      follows: ids[(places.get(caseId) ?? 0) - 1] ?? null,
      before: known ? (structuredClone(known) as UndoFile['changes'][number]['before']) : null,
      after: entryHash(entry),
    };
  });
}
