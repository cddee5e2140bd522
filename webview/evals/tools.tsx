import type { RefObject } from 'preact';
import type { EvalsHeader } from '../../protocol/index.ts';
import { Button } from '../components/button.tsx';
import { FilterPill } from '../components/filterPill.tsx';
import type { EvalsStore } from '../state/evalsStore.ts';
import './tools.css';

/** Filters on the left, what can be done on the right. */
export function Tools({
  header,
  store,
  filter,
}: {
  readonly header: EvalsHeader;
  readonly store: EvalsStore;
  readonly filter: RefObject<HTMLInputElement | null>;
}) {
  const filters = store.filters.value;
  const pills = [
    ['failed', 'failed', header.failed],
    ['unscored', 'unscored', header.unscored],
    ['errors', 'errors', header.errors],
    ['changed', 'changed since last run', header.changed],
  ] as const;
  return (
    <div class="tools">
      <fieldset class="filters" aria-label="Filter by result">
        <FilterPill label="all" count={store.total.value} on={filters.size === 0} onToggle={() => store.toggleFilter('all')} />
        {pills.map(([name, label, count]) =>
          count || filters.has(name) ? (
            <FilterPill key={name} label={label} count={count} on={filters.has(name)} onToggle={() => store.toggleFilter(name)} />
          ) : null,
        )}
      </fieldset>
      <div class="actions">
        <FilterField store={store} field={filter} />
        <Button pressed={store.grouped.value} onClick={() => (store.grouped.value = !store.grouped.value)}>
          Group by evaluator
        </Button>
        <RunActions header={header} store={store} />
      </div>
    </div>
  );
}

function FilterField({ store, field }: { readonly store: EvalsStore; readonly field: RefObject<HTMLInputElement | null> }) {
  return (
    <input
      ref={field}
      type="text"
      class="filterField"
      placeholder="Filter cases"
      aria-label="Filter cases by text"
      aria-keyshortcuts="/"
      spellcheck={false}
      value={store.text.value}
      onInput={(event) => {
        store.text.value = event.currentTarget.value;
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        store.text.value = '';
        document.querySelector<HTMLElement>('[role=grid]')?.focus();
      }}
    />
  );
}

/** The most likely wish is the blue one: to go on with what stopped, else the failed ones again, else all. */
function RunActions({ header, store }: { readonly header: EvalsHeader; readonly store: EvalsStore }) {
  const { state, done, failed, errors, resumable } = header;
  const busy = state === 'running' || state === 'planning' || state === 'asking';
  const untrusted = state === 'untrusted';
  const rerun = failed + errors > 0;
  return (
    <>
      {done > 0 ? (
        <Button disabled={busy} onClick={() => store.send({ type: 'rescore' })}>
          Re-score
        </Button>
      ) : null}
      <Button disabled={busy} primary={!rerun && !resumable} onClick={() => store.send({ type: 'runAgain' })}>
        {untrusted ? 'Manage trust…' : done > 0 ? 'Run again' : 'Run'}
      </Button>
      {rerun ? (
        <Button disabled={busy} primary={!resumable} onClick={() => store.send({ type: 'rerunFailed' })}>
          Re-run failed
        </Button>
      ) : null}
      {resumable ? (
        <Button disabled={busy} primary onClick={() => store.send({ type: 'resume' })}>
          Resume
        </Button>
      ) : null}
    </>
  );
}
