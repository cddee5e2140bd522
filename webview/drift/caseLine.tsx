import { Icon } from '../components/icon.tsx';
import { Key } from '../components/key.tsx';
import { TreeItem } from '../components/tree.tsx';
import { cursorOf, type DriftEntry, isReviewable } from '../state/driftEntries.ts';
import { REVIEW_WORDS } from '../state/driftSpoken.ts';
import type { DriftStore } from '../state/driftStore.ts';
import './caseLine.css';
import { SEVERITY_WORDS } from './tones.ts';

interface LineProps<Kind extends DriftEntry['kind']> {
  readonly entry: Extract<DriftEntry, { readonly kind: Kind }>;
  readonly store: DriftStore;
  readonly id: string;
  /** Pixels below the list's start. */
  readonly top: number;
  readonly selected: boolean;
}

/** The title of a group: how bad, what changed, how many. A click opens or closes it. */
export function GroupLine({ entry, store, id, top, selected }: LineProps<'group'>) {
  const { group, open, pending, place, of } = entry;
  const { severity, path, title, caseIds } = group;
  return (
    <TreeItem
      id={id}
      class={`listLine groupLine ${severity}`}
      level={1}
      place={place}
      of={of}
      selected={selected}
      open={open}
      title={[path, title].filter(Boolean).join(' ')}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => {
        store.select(cursorOf(entry));
        store.toggle(group.id);
      }}
    >
      <Icon name={open ? 'chevron-down' : 'chevron-right'} />
      {severity === 'quiet' ? null : <span class="dot" />}
      <span class="unseen">{SEVERITY_WORDS[severity]}</span>
      <span class="groupTitle">
        {path === undefined ? null : <code>{path}</code>} {title}
      </span>
      <span class="count">
        {path === undefined ? caseIds.length : `×${caseIds.length}`}
        <span class="unseen">{` ${caseIds.length === 1 ? 'case' : 'cases'}${pending ? `, ${pending} to review` : ''}`}</span>
      </span>
      {pending > 1 ? <Key name={severity === 'unsure' ? 't' : 'A'} /> : null}
    </TreeItem>
  );
}

/** A case: its id, where its review stands (a check, a cross, or a tilde for known noise), and its input or what happened, whichever its group's title does not tell. */
export function CaseLine({ entry, store, id, top, selected }: LineProps<'case'>) {
  const { row, group, place, of } = entry;
  const { caseId, review, input, line, flips } = row;
  const told = group.path === undefined && !group.folded ? line || input : input || line;
  const done = isReviewable(row) && review.state !== 'pending';
  return (
    <TreeItem
      id={id}
      class={`listLine caseLine ${done ? 'done' : ''}`}
      level={2}
      place={place}
      of={of}
      selected={selected}
      title={[caseId, input, line].filter(Boolean).join('\n')}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => store.select(cursorOf(entry))}
    >
      <span class="caseId">{caseId}</span>
      {done ? (
        <span class={`mark ${review.state}`}>
          {review.state === 'knownNoise' ? (
            <span aria-hidden="true">~</span>
          ) : (
            <Icon name={review.state === 'rejected' ? 'close' : 'check'} />
          )}
          <span class="unseen">{`${REVIEW_WORDS[review.state]}${review.carried ? ' before' : ''}: `}</span>
        </span>
      ) : null}
      <span class="told">{told}</span>
      {flips.length > 0 ? (
        <span class="flips" title={`Flipped: ${flips.join(', ')}`}>
          <Icon name="arrow-swap" label={`, flipped: ${flips.join(', ')}`} />
        </span>
      ) : null}
    </TreeItem>
  );
}
