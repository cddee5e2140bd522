import type { EvalsDetail } from '../../protocol/index.ts';
import { Button } from '../components/button.tsx';
import type { EvalsStore } from '../state/evalsStore.ts';
import './caseAside.css';
import { SampleView } from './sampleView.tsx';

/** The selected case: why it failed, what came, what was sent. Escape goes back to the list. */
export function CaseAside({ store, adHoc }: { readonly store: EvalsStore; readonly adHoc: boolean }) {
  const shown = store.detail.value;
  if (!shown) return null;
  const { caseId, detail, error } = shown;
  return (
    <aside
      class="caseAside"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and Enter in the list goes here
      tabIndex={0}
      aria-label={`Case ${caseId}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        document.querySelector<HTMLElement>('[role=grid]')?.focus();
        event.stopPropagation();
      }}
    >
      {detail ? <Detail store={store} detail={detail} adHoc={adHoc} /> : <p class="dim">{error ?? 'Loading…'}</p>}
    </aside>
  );
}

function Detail({ store, detail, adHoc }: { readonly store: EvalsStore; readonly detail: EvalsDetail; readonly adHoc: boolean }) {
  const { caseId, samples } = detail;
  const only = samples.length === 1;
  const titleOf = (index: number, model: string): string | undefined =>
    only ? undefined : `Sample ${index + 1} of ${samples.length}, ${model}`;
  return (
    <>
      {samples.length === 0 ? <p class="dim">This case has no answer yet.</p> : null}
      {samples.map((sample, index) => (
        <SampleView key={index} sample={sample} title={titleOf(index, sample.model)} store={store}>
          {only ? <Inputs detail={detail} /> : null}
        </SampleView>
      ))}
      {only ? null : <Inputs detail={detail} />}
      <div class="caseActions">
        <Button onClick={() => store.send({ type: 'runCase', caseId })}>Run again</Button>
        {adHoc ? <Button onClick={() => store.send({ type: 'saveCase', caseId })}>Save as case</Button> : null}
        <Button onClick={() => store.send({ type: 'copyCurl', caseId })}>Copy as curl</Button>
        {adHoc ? null : <Button onClick={() => store.send({ type: 'goToCase', caseId })}>Go to case</Button>}
      </div>
    </>
  );
}

function Inputs({ detail: { inputs, expected } }: { readonly detail: EvalsDetail }) {
  return (
    <section>
      <h2>Inputs</h2>
      <dl class="inputs">
        {[...inputs, ...(expected === undefined ? [] : [{ name: 'expected', value: expected }])].map(({ name, value }) => (
          <div key={name}>
            <dt class="dim">{name}</dt>
            <dd>
              <pre>{value}</pre>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
