import type { EvalsHeader } from '../../protocol/index.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import type { EvalsStore } from '../state/evalsStore.ts';
import './notices.css';

/** What has to be said above the rows, or asked before a run. */
export function Notices({ header, store }: { readonly header: EvalsHeader; readonly store: EvalsStore }) {
  const { question, questionSkip, notice, state } = header;
  if (state === 'asking' && question) {
    return (
      <section class="notice question" aria-label="Question before the run">
        <Icon name="question" />
        <div class="words">
          {question.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <div class="answers">
            <Button primary onClick={() => store.send({ type: 'answer', go: true })}>
              Run
            </Button>
            {questionSkip ? (
              <Button onClick={() => store.send({ type: 'answer', go: false, skipUnknown: true })}>{questionSkip}</Button>
            ) : null}
            <Button onClick={() => store.send({ type: 'answer', go: false })}>Don't run</Button>
          </div>
        </div>
      </section>
    );
  }
  if (!notice) return null;
  const serious = state === 'failed' || state === 'interrupted' || state === 'budget' || state === 'untrusted';
  return (
    <section class={`notice ${serious ? 'serious' : ''}`} aria-label="Notice">
      <Icon name={serious ? 'warning' : 'info'} />
      <p class="words">{notice}</p>
    </section>
  );
}
