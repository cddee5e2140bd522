import type { DriftState, DriftSummary } from '../../protocol/index.ts';
import { Button } from '../components/button.tsx';
import { PhraseText } from '../components/phrases.tsx';
import { Pill } from '../components/pill.tsx';
import { ProgressBar } from '../components/progressBar.tsx';
import { askAcceptRest } from '../state/driftReview.ts';
import type { DriftStore } from '../state/driftStore.ts';
import './driftHeader.css';
import { Facts } from './facts.tsx';
import { MonitorLine } from './monitorLine.tsx';
import { summaryTone } from './tones.ts';

interface HeaderProps {
  readonly store: DriftStore;
  readonly state: DriftState;
  readonly summary: DriftSummary | undefined;
}

/** What was compared, what came out in a sentence, and what is behind it. */
export function DriftHeader({ store, state, summary }: HeaderProps) {
  return (
    <header class="driftHeader">
      <div class="titleLine">
        <h1>{summary?.title || state.title}</h1>
        {summary ? <Pill tone={summaryTone(summary)}>{summary.wordShown}</Pill> : null}
        {summary?.incomplete ? <Pill tone="warn">incomplete</Pill> : null}
        <HeaderTools store={store} state={state} summary={summary} />
      </div>
      {summary ? (
        <>
          <p class="sides dim">
            <span class="side">
              <PhraseText phrases={summary.baseline} />
            </span>
            <span class="arrow"> ↔ </span>
            <span class="side">
              <PhraseText phrases={summary.candidate} />
            </span>
          </p>
          <p class="verdict">
            <PhraseText phrases={summary.verdict} />
          </p>
          <Facts store={store} summary={summary} />
          {summary.monitor ? <MonitorLine monitor={summary.monitor} /> : null}
        </>
      ) : null}
    </header>
  );
}

/** How far the run is, or how far the review is, with what can be done with the whole. */
function HeaderTools({ store, state: { state, progress }, summary }: HeaderProps) {
  const going = state === 'running' || state === 'planning';
  if (going) {
    return (
      <div class="headerTools">
        <span class="dim">{progress ? `${progress.phase}: ${progress.done} of ${progress.planned}` : 'Preparing…'}</span>
        {progress ? <ProgressBar value={progress.done} max={progress.planned} label={progress.phase} /> : null}
        <Button onClick={() => store.send({ type: 'cancel' })}>Cancel</Button>
      </div>
    );
  }
  if (!summary) return null;
  const { reviewed, reviewable, canAccept } = summary;
  return (
    <div class="headerTools">
      {canAccept && reviewable > 0 ? (
        <>
          <span class="dim">
            Reviewed {reviewed} of {reviewable}
          </span>
          <ProgressBar value={reviewed} max={reviewable} label="Changes reviewed" />
        </>
      ) : null}
      <Button onClick={() => store.send({ type: 'exportReport' })}>Export report</Button>
      {canAccept && reviewable > 0 ? (
        <Button primary unavailable={store.pending.value.length === 0} onClick={() => askAcceptRest(store)}>
          Accept the rest…
        </Button>
      ) : null}
    </div>
  );
}
