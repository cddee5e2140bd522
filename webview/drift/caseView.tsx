import type { CaseComparison, DriftRow } from '../../protocol/index.ts';
import { LinkButton } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { Pill } from '../components/pill.tsx';
import { rowsOf } from '../state/driftEntries.ts';
import { pendingInGroup } from '../state/driftReview.ts';
import { REVIEW_WORDS } from '../state/driftSpoken.ts';
import type { DriftStore } from '../state/driftStore.ts';
import './caseView.css';
import { EvaluatorTable } from './evaluatorTable.tsx';
import { FieldTable } from './fieldTable.tsx';
import { LongValue } from './longValue.tsx';
import { LABEL_TONES } from './tones.ts';

/** The selected case on both sides, or the group at whose title the cursor stands. Escape goes back to the list. */
export function CaseView({ store }: { readonly store: DriftStore }) {
  const row = store.selectedRow();
  const shown = store.shown.value;
  return (
    <section
      class="caseView"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and Enter in the list goes here
      tabIndex={0}
      aria-label={row ? `Case ${row.caseId}` : 'Group'}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        document.querySelector<HTMLElement>('[role=tree]')?.focus();
        event.stopPropagation();
      }}
    >
      {row ? null : <GroupWords store={store} />}
      {row && !shown?.comparison ? <h2>{titled(row.caseId, row.input)}</h2> : null}
      {row && !shown ? <p class="dim late">Loading…</p> : null}
      {shown?.error === undefined ? null : <p class="failure">{shown.error}</p>}
      {row && shown?.comparison ? <Case key={shown.caseId} store={store} row={row} comparison={shown.comparison} /> : null}
    </section>
  );
}

interface CaseProps {
  readonly store: DriftStore;
  readonly row: DriftRow;
  readonly comparison: CaseComparison;
}

function Case({ store, row, comparison }: CaseProps) {
  const { caseId, title, label, labelShown, words, inputs, expected, broken } = comparison;
  const given = expected === undefined ? inputs : [...inputs, { name: 'expected', value: expected }];
  return (
    <>
      <div class="caseTitle">
        <h2>{titled(caseId, title)}</h2>
        <Pill tone={LABEL_TONES[label]}>{labelShown}</Pill>
        <LinkButton onClick={() => store.send({ type: 'goToCase', caseId })}>Go to case</LinkButton>
      </div>
      <p class="sentence">{words}</p>
      <ReviewWords row={row} />
      {broken.length ? (
        <ul class="broken" aria-label="Why the contract is broken">
          {broken.map((reason, index) => (
            <li key={index} class="failure">
              {reason}
            </li>
          ))}
        </ul>
      ) : null}
      <dl class="caseInputs">
        {given.map(({ name, value }, index) => (
          <div key={index}>
            <dt class={given.length === 1 ? 'unseen' : 'dim'}>{name}</dt>
            <dd>
              <LongValue text={value} />
            </dd>
          </div>
        ))}
      </dl>
      <FieldTable store={store} comparison={comparison} />
      <EvaluatorTable store={store} comparison={comparison} />
    </>
  );
}

/** Who said what of this case; nothing while it waits. */
function ReviewWords({ row: { review } }: { readonly row: DriftRow }) {
  const { state, by, at, reason, carried } = review;
  if (state === 'pending') return null;
  const who = [REVIEW_WORDS[state], by && `by ${by}`, at && `on ${at.slice(0, 10)}`, carried && 'in an earlier comparison'];
  return (
    <p class="reviewWords">
      <Icon name={state === 'rejected' ? 'close' : 'check'} />
      <span>
        {who.filter(Boolean).join(' ')}
        {reason ? `: ${reason}` : ''}
      </span>
    </p>
  );
}

function GroupWords({ store }: { readonly store: DriftStore }) {
  const group = store.selectedGroup();
  if (!group) return <p class="dim">Select a case.</p>;
  const waiting = pendingInGroup(store).length;
  const known = rowsOf(group, store.rows()).length;
  return (
    <>
      <h2>
        {group.path === undefined ? null : <code class="mono">{group.path}</code>} {group.title}
      </h2>
      <p class="dim">
        {`${known === 1 ? '1 case' : `${known} cases`}${waiting ? `, ${waiting} to review` : ', nothing to review'}. Go down to see one by one.`}
      </p>
    </>
  );
}

/** `t-011 · Charged twice`: the id once, also where the title begins with it. */
function titled(caseId: string, title: string): string {
  return title === '' || title.startsWith(caseId) ? title || caseId : `${caseId} · ${title}`;
}
