import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../components/button.tsx';
import { reject } from '../state/driftReview.ts';
import type { DriftStore } from '../state/driftStore.ts';
import './rejectBox.css';

/** Asks why a case is rejected. Enter sends, Escape closes; without a reason nothing is sent. The focus goes back to where it was. */
export function RejectBox({ store, caseId }: { readonly store: DriftStore; readonly caseId: string }) {
  const field = useRef<HTMLInputElement>(null);
  const reason = useSignal('');
  const lacking = useSignal(false);
  useLayoutEffect(() => {
    const before = document.activeElement;
    field.current?.focus();
    return () => {
      const back = before instanceof HTMLElement && before.isConnected ? before : document.querySelector<HTMLElement>('[role=tree]');
      back?.focus();
    };
  }, []);
  const send = (): void => {
    lacking.value = !reject(store, caseId, reason.value);
    if (lacking.value) field.current?.focus();
  };
  const close = (): void => {
    store.sheet.value = undefined;
  };
  return (
    <section class="rejectBox" aria-label={`Reject ${caseId}`}>
      <label for="reason">Why is {caseId} wrong?</label>
      <input
        ref={field}
        id="reason"
        type="text"
        maxLength={LONGEST_REASON}
        autocomplete="off"
        aria-required="true"
        aria-invalid={lacking.value}
        {...(lacking.value ? { 'aria-describedby': 'reasonLacks' } : {})}
        value={reason.value}
        onInput={(event) => {
          reason.value = event.currentTarget.value;
          lacking.value = false;
        }}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === 'Enter') send();
          else if (event.key === 'Escape') close();
          else return;
          event.preventDefault();
        }}
      />
      <Button primary onClick={send}>
        Reject
      </Button>
      <Button onClick={close}>Cancel</Button>
      <p id="reasonLacks" class="lacking" role="alert">
        {lacking.value ? 'Write a reason: it is what others read when this change comes back.' : ''}
      </p>
    </section>
  );
}

/** A reason is a sentence or a few. */
const LONGEST_REASON = 2000;
