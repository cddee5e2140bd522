import { useSignal } from '@preact/signals';
import type { DriftSummary } from '../../protocol/index.ts';
import { LinkButton } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import type { DriftStore } from '../state/driftStore.ts';
import './facts.css';

/** What differs and what does not, how much was looked at, what it cost; then what is worth knowing beyond the verdict. */
export function Facts({ store, summary }: { readonly store: DriftStore; readonly summary: DriftSummary }) {
  const { differs, same, warning, facts, fields } = summary;
  return (
    <>
      <ul class="facts dim" aria-label="Facts">
        {differs.length ? (
          <li>
            Differs between the sides: <strong class="attention">{differs.join(', ')}</strong>
          </li>
        ) : null}
        {same.length ? <li>Same: {same.join(', ')}</li> : null}
        {facts.map((fact, index) => (
          <li key={index}>{fact}</li>
        ))}
        {fields.length ? <li>Changed over the suite: {fields.join(', ')}</li> : null}
        <li class="links">
          {summary.kind === 'recorded' ? null : (
            <>
              <LinkButton onClick={() => store.send({ type: 'runAgain' })}>Compare again</LinkButton>
              <LinkButton onClick={() => store.send({ type: 'topUp' })}>Top up baseline</LinkButton>
            </>
          )}
          <LinkButton onClick={() => store.send({ type: 'multiDiff' })}>All diffs</LinkButton>
        </li>
      </ul>
      {warning ? (
        <p class="note attention">
          <Icon name="warning" label="Warning: " />
          {warning}
        </p>
      ) : null}
      <Notes summary={summary} />
    </>
  );
}

/** Shifts and notes, the first of them at once. */
function Notes({ summary: { shifts, notes } }: { readonly summary: DriftSummary }) {
  const all = useSignal(false);
  const lines = [...shifts, ...notes];
  const shown = all.value ? lines : lines.slice(0, FIRST_NOTES);
  const more = lines.length - FIRST_NOTES;
  if (lines.length === 0) return null;
  return (
    <ul class="notes dim" aria-label="Notes">
      {shown.map((line, index) => (
        <li key={index} class="note">
          <Icon name="info" />
          <span>{line}</span>
        </li>
      ))}
      {more > 0 ? (
        <li>
          <LinkButton expanded={all.value} onClick={() => (all.value = !all.value)}>
            {all.value ? 'Fewer notes' : `${more} more ${more === 1 ? 'note' : 'notes'}`}
          </LinkButton>
        </li>
      ) : null}
    </ul>
  );
}

const FIRST_NOTES = 2;
