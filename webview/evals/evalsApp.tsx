import { useSignalEffect } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import '../components/page.css';
import type { EvalsStore } from '../state/evalsStore.ts';
import { spokenProgress } from '../state/spokenProgress.ts';
import { CaseAside } from './caseAside.tsx';
import { CaseTable } from './caseTable.tsx';
import './evalsApp.css';
import { Notices } from './notices.tsx';
import { RunHeader } from './runHeader.tsx';
import { Tools } from './tools.tsx';

/** The evals panel: figures, tools, what has to be said or asked, the cases, and the one that is selected. */
export function EvalsApp({ store }: { readonly store: EvalsStore }) {
  const filter = useRef<HTMLInputElement>(null);
  const spoken = useMemo(() => spokenProgress(store), [store]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => shortcut(event, store, filter.current);
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [store]);
  useSignalEffect(() => {
    document.title = store.header.value?.title ?? document.title;
  });
  const header = store.header.value;
  if (!header) return <main class="loading">Loading…</main>;
  return (
    <>
      <RunHeader header={header} store={store} />
      <main>
        <Tools header={header} store={store} filter={filter} />
        <Notices header={header} store={store} />
        <div class="cases">
          <CaseTable store={store} inputName={header.inputName} busy={header.state === 'running' || header.state === 'planning'} />
          {store.selected.value ? <CaseAside store={store} adHoc={header.adHoc ?? false} /> : null}
        </div>
      </main>
      <div class="unseen" role="status" aria-live="polite">
        {spoken.value}
      </div>
    </>
  );
}

/** Keys that work everywhere but in a text field: `/` to the filter, `f` for the failed ones. */
function shortcut(event: KeyboardEvent, store: EvalsStore, filter: HTMLInputElement | null): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
  if (event.key === '/') filter?.focus();
  else if (event.key === 'f') store.toggleFilter('failed');
  else return;
  event.preventDefault();
}
