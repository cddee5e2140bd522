import type { DriftState } from '../../protocol/index.ts';
import { Button } from '../components/button.tsx';
import { Answers, Notice } from '../components/notice.tsx';
import type { DriftStore } from '../state/driftStore.ts';

/** What has to be said above the changes, or asked before samples are taken. */
export function DriftNotices({ store, state: { state, question, notice } }: { readonly store: DriftStore; readonly state: DriftState }) {
  const asking = state === 'asking' && question;
  const stopped = state === 'failed' || state === 'cancelled' || state === 'untrusted';
  return (
    <>
      {notice || stopped ? (
        <Notice tone={stopped ? 'serious' : 'info'} label="Notice">
          <p>{notice ?? STOPPED[state]}</p>
          {stopped ? (
            <Answers>
              <Button onClick={() => store.send({ type: 'runAgain' })}>
                {state === 'untrusted' ? 'Manage trust…' : store.summary.value ? 'Compare again' : 'Start comparison'}
              </Button>
            </Answers>
          ) : null}
        </Notice>
      ) : null}
      {asking ? (
        <Notice tone="question" label="Question before the run">
          {question.map((sentence, index) => (
            <p key={index}>{sentence}</p>
          ))}
          <Answers>
            <Button primary onClick={() => store.send({ type: 'answer', go: true })}>
              Run
            </Button>
            <Button onClick={() => store.send({ type: 'answer', go: false })}>Don't run</Button>
          </Answers>
        </Notice>
      ) : null}
    </>
  );
}

const STOPPED: Readonly<Record<string, string>> = {
  failed: 'The comparison failed.',
  cancelled: 'The comparison was cancelled.',
  untrusted: 'This folder is not trusted. Evenkeel runs nothing and sends nothing before you trust it.',
};
