import type { ReviewAction } from '../../protocol/index.ts';
import { cursorOf, isPending, isReviewable, nextStop, rowsOf, UNGROUPED } from './driftEntries.ts';
import type { DriftStore } from './driftStore.ts';

/** Moves to the next or previous case, or the title of a closed group. */
export function move(store: DriftStore, direction: 1 | -1): void {
  const at = store.selectedIndex();
  const entry = nextStop(store.entries.value, at < 0 ? 0 : at + direction, direction);
  if (entry) store.select(cursorOf(entry));
}

/** Moves to the first or last place. */
export function moveToEnd(store: DriftStore, end: 'first' | 'last'): void {
  const entries = store.entries.value;
  const entry = end === 'first' ? nextStop(entries, 0, 1) : nextStop(entries, entries.length - 1, -1);
  if (entry) store.select(cursorOf(entry));
}

/** Opens the group at the title, or goes on to its first case. */
export function openOrEnter(store: DriftStore): void {
  const entry = store.entries.value[store.selectedIndex()];
  if (entry?.kind !== 'group') return;
  if (entry.open) move(store, 1);
  else store.toggle(entry.group.id);
}

/** Goes from a case to the title of its group; on a title closes the group. */
export function closeOrLeave(store: DriftStore): void {
  const entry = store.entries.value[store.selectedIndex()];
  if (!entry) return;
  if (entry.kind === 'case') store.select({ kind: 'group', id: entry.group.id });
  else if (entry.open) store.toggle(entry.group.id);
}

export function toggleGroup(store: DriftStore): void {
  const group = store.selectedGroup();
  if (group) store.toggle(group.id);
}

/** Why nothing can be said of the place where the cursor stands; undefined where it can. */
export function whyNotReview(store: DriftStore): string | undefined {
  const row = store.selectedRow();
  if (!isOwned(store)) return NOT_OWNED;
  if (!row) return 'Select a case first.';
  return isReviewable(row) ? undefined : `${row.caseId} differs no more than the approved samples do: there is nothing to review.`;
}

/** Accepts the selected case or calls it known noise, and goes on. */
export function review(store: DriftStore, action: Exclude<ReviewAction, 'reject'>): void {
  const row = reviewed(store);
  if (!row) return;
  store.send({ type: 'review', action, scope: { kind: 'cases', ids: [row.caseId] } });
  store.passOn([row.caseId]);
}

/** Opens the box for the reason why the selected case is rejected. */
export function askReason(store: DriftStore): void {
  const row = reviewed(store);
  if (row) store.sheet.value = { kind: 'reject', caseId: row.caseId };
}

/** Rejects a case with its reason and goes on; a blank reason is none. */
export function reject(store: DriftStore, caseId: string, reason: string): boolean {
  const given = reason.trim();
  if (given === '') return false;
  store.sheet.value = undefined;
  store.send({ type: 'review', action: 'reject', scope: { kind: 'cases', ids: [caseId] }, reason: given });
  store.passOn([caseId]);
  return true;
}

/** The selected case where something can be said of it; else says why not. */
function reviewed(store: DriftStore) {
  const why = whyNotReview(store);
  if (why !== undefined) store.say(why);
  return why === undefined ? store.selectedRow() : undefined;
}

/** Goes on without a word; the case stays pending. */
export function skip(store: DriftStore): void {
  const row = store.selectedRow();
  if (!store.selectPending(row?.caseId)) store.say('No other case waits for review.');
}

/** Ids of the cases in the cursor's group that wait. */
export function pendingInGroup(store: DriftStore): readonly string[] {
  const group = store.selectedGroup();
  return group
    ? rowsOf(group, store.rows())
        .filter(isPending)
        .map(({ caseId }) => caseId)
    : [];
}

/** Accepts all of the cursor's group that wait, and goes on. */
export function acceptGroup(store: DriftStore): void {
  const group = store.selectedGroup();
  const ids = pendingInGroup(store);
  if (!group || ids.length === 0 || !isOwned(store)) {
    store.say(isOwned(store) ? 'No case of this group waits for review.' : NOT_OWNED);
    return;
  }
  store.send({
    type: 'review',
    action: 'accept',
    scope: group.id === UNGROUPED ? { kind: 'cases', ids: [...ids] } : { kind: 'group', id: group.id },
  });
  store.passOn(ids);
}

/** Asks whether everything that waits is accepted. */
export function askAcceptRest(store: DriftStore): void {
  if (!isOwned(store)) store.say(NOT_OWNED);
  else if (store.pending.value.length === 0) store.say('No case waits for review.');
  else store.sheet.value = { kind: 'acceptRest' };
}

/** Recorded outputs may belong to no prompt file. */
function isOwned(store: DriftStore): boolean {
  return store.summary.value?.canAccept === true;
}

const NOT_OWNED = 'These outputs belong to no prompt file: they can be read, not reviewed.';

export function acceptRest(store: DriftStore): void {
  store.sheet.value = undefined;
  store.send({ type: 'review', action: 'accept', scope: { kind: 'remaining' } });
}

export function undo(store: DriftStore): void {
  if (store.state.value?.canUndo) store.send({ type: 'undo' });
  else store.say('There is nothing to undo.');
}

/** Which cases five more samples would be taken of: the selected one, or all of a group at its title, as far as they cannot be told yet. */
export function unsureCases(store: DriftStore): readonly string[] {
  const row = store.selectedRow();
  const group = store.selectedGroup();
  const rows = row ? [row] : group ? rowsOf(group, store.rows()) : [];
  return rows.filter(({ label }) => label === 'unsure').map(({ caseId }) => caseId);
}

export function takeMore(store: DriftStore): void {
  const caseIds = unsureCases(store);
  if (caseIds.length === 0) store.say('More samples are taken of cases that cannot be told yet.');
  else store.send({ type: 'takeMore', caseIds: [...caseIds] });
}

/** Shows the next or previous sample of one side, round and round. */
export function otherSample(store: DriftStore, side: 'approved' | 'fresh', step: 1 | -1): void {
  const comparison = store.shown.value?.comparison;
  const count = comparison?.[side] ?? 0;
  if (!comparison || count < 2) {
    store.say('There is no other sample.');
    return;
  }
  const { approved, fresh } = comparison.shown;
  const before = { approved: store.samples.value.approved ?? approved, fresh: store.samples.value.fresh ?? fresh };
  const next = (before[side] + step + count) % count;
  store.showSamples({ ...before, [side]: next });
  store.say(`${side === 'fresh' ? 'Candidate' : 'Baseline'} sample ${next + 1} of ${count}`);
}

export function openDiffEditor(store: DriftStore): void {
  const row = store.selectedRow();
  const shown = store.shown.value?.comparison?.shown;
  if (!row) store.say('Select a case first.');
  else store.send({ type: 'diffEditor', caseId: row.caseId, ...shown, ...store.samples.value });
}
