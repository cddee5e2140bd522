import type { ChangedLine, ChangesView } from '../../protocol/index.ts';
import { Icon } from '../components/icon.tsx';
import type { DriftStore } from '../state/driftStore.ts';
import { Marked } from './markedText.tsx';
import './markedText.css';
import './whatChanged.css';

/** What was asked differently on the two sides: one line, and when it is open model, parameters, dataset and evaluators, then the texts line by line. */
export function WhatChanged({ store }: { readonly store: DriftStore }) {
  const changes = store.changes.value;
  if (!changes) return null;
  const open = store.changesOpen.value;
  return (
    <section class="whatChanged" aria-label="What changed">
      <h2>
        <button type="button" class="foldTitle" aria-expanded={open} aria-keyshortcuts="w" onClick={() => store.toggleChanges()}>
          <Icon name={open ? 'chevron-down' : 'chevron-right'} />
          What changed: <span class="changesSummary">{changes.summary}</span>
        </button>
      </h2>
      {open ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        <section class="changesBody" tabIndex={0} aria-label="What changed, in full">
          <Facts changes={changes} />
          {changes.files.map((file, index) => (
            <File key={index} file={file} />
          ))}
        </section>
      ) : null}
    </section>
  );
}

function Facts({ changes: { facts, notes } }: { readonly changes: ChangesView }) {
  return (
    <>
      {facts.length ? (
        <dl class="changedFacts">
          {facts.map(({ what, lines }, index) => (
            <div key={index}>
              <dt class="dim">{what}</dt>
              {lines.map((line, at) => (
                <dd key={at}>{line}</dd>
              ))}
            </div>
          ))}
        </dl>
      ) : null}
      {notes.length ? (
        <ul class="notes dim" aria-label="Notes on what changed">
          {notes.map((line, index) => (
            <li key={index} class="note">
              <Icon name="info" />
              <span>{line}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

function File({ file: { title, hunks, cut } }: { readonly file: ChangesView['files'][number] }) {
  return (
    <div class="changedFile">
      <h3 class="mono">{title}</h3>
      {hunks.length ? (
        <table class="diffTable mono" aria-label={title}>
          {hunks.map((hunk, index) => (
            <tbody key={index}>
              {hunk.map((line, at) => (
                <Line key={at} line={line} />
              ))}
            </tbody>
          ))}
        </table>
      ) : null}
      {cut === undefined ? null : <p class="dim">{cut === 1 ? '1 more line' : `${cut.toLocaleString('en')} more lines`}</p>}
    </div>
  );
}

function Line({ line: { side, line, segments } }: { readonly line: ChangedLine }) {
  const marked = side === 'old' ? 'baseline' : 'candidate';
  return (
    <tr class={CLASSES[side]}>
      <td class="lineNumber dim">{line}</td>
      <td class="sign">
        {side === 'both' ? null : <span aria-hidden="true">{side === 'old' ? '−' : '+'}</span>}
        {side === 'both' ? null : <span class="unseen">{side === 'old' ? 'removed' : 'added'}</span>}
      </td>
      <td class="lineText markedText">
        {segments.map((segment, index) => (
          <Marked key={index} segment={segment} side={marked} />
        ))}
      </td>
    </tr>
  );
}

const CLASSES = { both: '', old: 'removedLine', new: 'addedLine' } as const;
