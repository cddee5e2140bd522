import { Fragment } from 'preact';
import type { CaseComparison } from '../../protocol/index.ts';
import { LinkButton } from '../components/button.tsx';
import { Pill } from '../components/pill.tsx';
import type { DriftStore } from '../state/driftStore.ts';
import './evaluatorTable.css';

type Tally = CaseComparison['evaluators'][number]['baseline'];
type Measures = CaseComparison['measures']['baseline'];

/** What each evaluator said of both sides, of a set also each of its checks, and what the answers took. */
export function EvaluatorTable({ store, comparison }: { readonly store: DriftStore; readonly comparison: CaseComparison }) {
  const { evaluators, measures } = comparison;
  const { baseline, candidate } = measures;
  const names = MEASURES.filter((name) => baseline[name] || candidate[name]);
  return (
    <table class="evaluatorTable" aria-label="Evaluators and measures">
      <thead>
        <tr>
          <th scope="col">evaluator</th>
          <th scope="col">baseline</th>
          <th scope="col">candidate</th>
        </tr>
      </thead>
      <tbody>
        {evaluators.map(({ evaluator, index, must, baseline: before, candidate: after, flipped, parts = [] }) => (
          <Fragment key={index}>
            <tr>
              <th scope="row">
                <LinkButton onClick={() => store.send({ type: 'goToEvaluator', index })}>{evaluator}</LinkButton>{' '}
                {must ? <Pill tone="plain">must</Pill> : null} {flipped ? <Pill tone="warn">flipped</Pill> : null}
              </th>
              <TallyCell tally={before} />
              <TallyCell tally={after} />
            </tr>
            {parts.map((part, at) => (
              <tr key={at} class="part">
                <th scope="row">
                  <span class="partName">{part.evaluator}</span>
                  {part.unscored ? (
                    <span class="partWhy">
                      unscored: <span class="partReason">{part.unscored}</span>
                    </span>
                  ) : null}
                </th>
                <TallyCell tally={part.baseline} />
                <TallyCell tally={part.candidate} />
              </tr>
            ))}
          </Fragment>
        ))}
        {names.length ? (
          <tr class="dim">
            <th scope="row">{names.join(' · ')}</th>
            <td>{measured(baseline, names)}</td>
            <td>{measured(candidate, names)}</td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}

const MEASURES = ['latency', 'tokens', 'cost', 'length'] as const;

function measured(side: Measures, names: readonly (typeof MEASURES)[number][]): string {
  return names.map((name) => side[name] || '–').join(' · ');
}

function TallyCell({ tally: { passed, scored } }: { readonly tally: Tally }) {
  if (scored === 0) return <td class="dim">not scored</td>;
  const tone = passed === scored ? 'good' : passed * 2 < scored ? 'bad' : '';
  return <td class={tone}>{`${passed} of ${scored}`}</td>;
}
