import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { acceptRest } from '../state/driftReview.ts';
import type { DriftStore } from '../state/driftStore.ts';

/** Asks before everything that waits becomes part of the baseline, and says what that is. */
export function AcceptRestSheet({ store }: { readonly store: DriftStore }) {
  const pending = store.pending.value;
  const labels = new Map<string, number>();
  for (const { label } of pending) labels.set(label, (labels.get(label) ?? 0) + 1);
  const close = (): void => {
    store.sheet.value = undefined;
  };
  return (
    <Dialog title={`Accept the rest: ${changes(pending.length)}?`} onClose={close}>
      <p>{[...labels].map(([label, count]) => `${count} ${label}`).join(', ')}.</p>
      <p>Their new samples become the baseline. What was rejected stays rejected. No model is called.</p>
      <div class="dialogButtons">
        <Button primary onClick={() => acceptRest(store)}>
          Accept {pending.length}
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
    </Dialog>
  );
}

function changes(count: number): string {
  return count === 1 ? '1 change' : `${count} changes`;
}
