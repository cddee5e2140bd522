import { Button } from '../components/button.tsx';
import { Key } from '../components/key.tsx';
import {
  acceptGroup,
  askReason,
  openDiffEditor,
  pendingInGroup,
  review,
  skip,
  takeMore,
  undo,
  unsureCases,
  whyNotReview,
} from '../state/driftReview.ts';
import type { DriftStore } from '../state/driftStore.ts';
import { RejectBox } from './rejectBox.tsx';
import './reviewBar.css';

/** What can be said of the selected case or group, each with its key. */
export function ReviewBar({ store }: { readonly store: DriftStore }) {
  const sheet = store.sheet.value;
  if (sheet?.kind === 'reject') {
    return (
      <footer class="reviewBar">
        <RejectBox key={sheet.caseId} store={store} caseId={sheet.caseId} />
      </footer>
    );
  }
  const closed = whyNotReview(store) !== undefined;
  const inGroup = store.summary.value?.canAccept ? pendingInGroup(store).length : 0;
  const unsure = unsureCases(store).length;
  return (
    <footer class="reviewBar">
      <Button primary shortcut="a" unavailable={closed} onClick={() => review(store, 'accept')}>
        Accept
      </Button>
      <Button shortcut="r" unavailable={closed} onClick={() => askReason(store)}>
        Reject…
      </Button>
      <Button shortcut="n" unavailable={closed} onClick={() => review(store, 'knownNoise')}>
        Known noise
      </Button>
      <Button shortcut="s" onClick={() => skip(store)}>
        Skip
      </Button>
      {inGroup > 1 ? (
        <Button shortcut="A" onClick={() => acceptGroup(store)}>
          Accept all {inGroup}
        </Button>
      ) : null}
      {unsure > 0 ? (
        <Button shortcut="t" onClick={() => takeMore(store)}>
          Take 5 more
        </Button>
      ) : null}
      <span class="apart" />
      <Button shortcut="d" unavailable={!store.selectedRow()} onClick={() => openDiffEditor(store)}>
        Diff editor
      </Button>
      <Button shortcut="u" unavailable={!store.state.value?.canUndo} onClick={() => undo(store)}>
        Undo
      </Button>
      <Button shortcut="?" onClick={() => (store.sheet.value = { kind: 'help' })}>
        Keys
      </Button>
      <span class="dim moveHint" aria-hidden="true">
        <Key name="j" />
        <Key name="k" /> move
      </span>
    </footer>
  );
}
