import type { EvalsHeader } from '../../protocol/index.ts';
import { Button } from '../components/button.tsx';
import { Answers, Notice } from '../components/notice.tsx';
import type { EvalsStore } from '../state/evalsStore.ts';

/** What has to be said above the rows, or asked before a run. */
export function Notices({ header, store }: { readonly header: EvalsHeader; readonly store: EvalsStore }) {
  const { question, questionSkip, notice, state } = header;
  if (state === 'asking' && question) {
    return (
      <Notice tone="question" label="Question before the run">
        {question.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <Answers>
          <Button primary onClick={() => store.send({ type: 'answer', go: true })}>
            Run
          </Button>
          {questionSkip ? (
            <Button onClick={() => store.send({ type: 'answer', go: false, skipUnknown: true })}>{questionSkip}</Button>
          ) : null}
          <Button onClick={() => store.send({ type: 'answer', go: false })}>Don't run</Button>
        </Answers>
      </Notice>
    );
  }
  if (!notice) return null;
  const serious = state === 'failed' || state === 'interrupted' || state === 'budget' || state === 'untrusted';
  return (
    <Notice tone={serious ? 'serious' : 'info'} label="Notice">
      <p>{notice}</p>
    </Notice>
  );
}
