import { useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import '../components/page.css';
import { commandOf } from '../state/driftKeys.ts';
import { move } from '../state/driftReview.ts';
import type { DriftStore } from '../state/driftStore.ts';
import { AcceptRestSheet } from './acceptRestSheet.tsx';
import { CaseList } from './caseList.tsx';
import { CaseView } from './caseView.tsx';
import './driftApp.css';
import { DriftHeader } from './driftHeader.tsx';
import { DriftNotices } from './driftNotices.tsx';
import { HelpSheet } from './helpSheet.tsx';
import { ReviewBar } from './reviewBar.tsx';
import { WhatChanged } from './whatChanged.tsx';

/** The drift panel: the verdict first, then the changes worst first, and the one that is selected with what can be said of it. */
export function DriftApp({ store }: { readonly store: DriftStore }) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => shortcut(event, store);
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [store]);
  useSignalEffect(() => {
    document.title = store.state.value?.title ?? document.title;
  });
  const state = store.state.value;
  if (!state) return <main class="loading">Loading…</main>;
  const summary = store.summary.value;
  const sheet = store.sheet.value;
  return (
    <>
      <DriftHeader store={store} state={state} summary={summary} />
      <main>
        <DriftNotices store={store} state={state} />
        {summary ? <WhatChanged store={store} /> : null}
        {summary ? (
          <div class="review">
            <CaseList store={store} />
            <div class="caseColumn">
              <CaseView store={store} />
              <ReviewBar store={store} />
            </div>
          </div>
        ) : (
          <p class="loading dim">{EMPTY[state.state]}</p>
        )}
      </main>
      {sheet?.kind === 'help' ? <HelpSheet store={store} /> : null}
      {sheet?.kind === 'acceptRest' ? <AcceptRestSheet store={store} /> : null}
      <div class="unseen" role="status" aria-live="polite">
        {store.spoken.value}
      </div>
    </>
  );
}

/** Keys that work everywhere but in a text field and under a sheet; the arrows move where nothing else wants them. */
function shortcut(event: KeyboardEvent, store: DriftStore): void {
  const { target } = event;
  if (event.defaultPrevented || event.isComposing || !store.summary.value) return;
  if (target instanceof Element && target.closest('input, textarea, dialog')) return;
  const arrow = target === document.body && !event.ctrlKey && !event.metaKey && !event.altKey ? ARROWS[event.key] : undefined;
  if (arrow) move(store, arrow);
  else {
    const command = commandOf(event, event.getModifierState('AltGraph'));
    if (!command) return;
    command(store);
  }
  event.preventDefault();
}

const ARROWS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1 };

const EMPTY: Readonly<Record<string, string>> = {
  planning: 'Preparing…',
  asking: 'Nothing has been sent yet.',
  running: 'The first samples are on their way.',
};
