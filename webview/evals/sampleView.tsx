import { type ComponentChildren, Fragment } from 'preact';
import type { EvalsDetail } from '../../protocol/index.ts';
import { prettyJson } from '../../safety/index.ts';
import { LinkButton } from '../components/button.tsx';
import { Pill } from '../components/pill.tsx';
import type { EvalsStore } from '../state/evalsStore.ts';
import { ScoreParts } from './scoreParts.tsx';

type SampleDetail = EvalsDetail['samples'][number];

interface SampleViewProps {
  readonly sample: SampleDetail;
  readonly title: string | undefined;
  readonly store: EvalsStore;
  /** Shown before the call's own line. */
  readonly children?: ComponentChildren;
}

/** One answer: why it failed, the output, the messages sent, the call. */
export function SampleView({ sample, title, store, children }: SampleViewProps) {
  const { output, failure, messages, call } = sample;
  return (
    <>
      {title ? <h2 class="sampleTitle">{title}</h2> : null}
      {failure ? (
        <section>
          <h2>No answer</h2>
          <p class="failure">{failure}</p>
        </section>
      ) : null}
      <Scores sample={sample} store={store} />
      {output || !failure ? (
        <section>
          <h2>Output</h2>
          <pre class="output">{prettyJson(output)}</pre>
        </section>
      ) : null}
      <section>
        <h2>Messages sent</h2>
        <div class="messages">
          {messages.map(({ role, content }, index) => (
            <div key={index} class="message">
              <span class="dim mono">{role}</span>
              <pre>{content}</pre>
            </div>
          ))}
        </div>
      </section>
      {children}
      <section>
        <h2>Call</h2>
        <p class="dim call">{call.join(' · ')}</p>
      </section>
    </>
  );
}

/** What did not pass, each with a link to the evaluator; those that passed by name; of sets what their checks say. */
function Scores({ sample: { scores }, store }: { readonly sample: SampleDetail; readonly store: EvalsStore }) {
  if (scores.length === 0) return null;
  const failed = scores.filter(({ status }) => status === 'failed');
  const passed = scores.filter(({ status, parts }) => status === 'passed' && !parts);
  const sets = scores.filter(({ status, parts }) => status === 'passed' && parts);
  const rest = scores.filter(({ status }) => status !== 'passed');
  return (
    <section>
      <h2>{failed.length ? 'Why it failed' : rest.length ? 'Why it is unscored' : 'Evaluators'}</h2>
      {[...rest, ...sets].map(({ evaluator, index, line, status, reason, parts }) => (
        <Fragment key={index}>
          <p class="score">
            <Pill tone={TONES[status]}>{evaluator}</Pill>
            {reason ? <span class="reason">{reason} </span> : null}
            <span class="dim">· </span>
            <LinkButton
              onClick={() => store.send({ type: 'goToEvaluator', index })}
            >{`evaluators[${index}]${line === undefined ? '' : `, line ${line}`}`}</LinkButton>
          </p>
          {parts ? <ScoreParts of={evaluator} parts={parts} /> : null}
        </Fragment>
      ))}
      {passed.length ? (
        <p class="score">
          {passed.map(({ evaluator, index }) => (
            <Pill key={index} tone="good">
              {evaluator}
            </Pill>
          ))}
          <span class="dim">passed</span>
        </p>
      ) : null}
    </section>
  );
}

const TONES = { passed: 'good', failed: 'bad', unscored: 'plain' } as const;
