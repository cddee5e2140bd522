import type { EvalsHeader } from '../../protocol/index.ts';
import { countedNames, formatMoney, formatSeconds, intervalWords } from '../state/figures.ts';
import './stats.css';

interface Stat {
  readonly figure: string;
  readonly label?: string;
  readonly note: string;
  readonly tone?: 'good' | 'bad';
}

/** The figures of a run with what they mean below them: pass rate with its interval, what failed by what, time, money. */
export function Stats({ header }: { readonly header: EvalsHeader }) {
  return (
    <dl class="stats">
      {statsOf(header).map(({ figure, label, note, tone }) => (
        <div key={label ?? note}>
          <dt class="unseen">{label ?? note}</dt>
          <dd>
            <span class={`figure ${tone ?? ''}`}>{figure}</span>
            {label ? <span class="dim label">{label}</span> : null}
            <span class="dim note">{note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function statsOf(header: EvalsHeader): readonly Stat[] {
  const { passed, failed, unscored, errors, passRate, low = 0, high = 1, medianLatencyMs, p95LatencyMs, costUsd } = header;
  const rate = passRate === undefined ? 'nothing scored yet' : intervalWords(passRate, low, high);
  const p95 = p95LatencyMs === undefined ? 'median' : `median, ${formatSeconds(p95LatencyMs)} at p95`;
  return [
    { figure: String(passed), label: 'passed', note: rate, ...(passed ? { tone: 'good' } : {}) },
    { figure: String(failed), label: 'failed', note: countedNames(header.failedBy), ...(failed ? { tone: 'bad' } : {}) },
    { figure: String(unscored), label: 'unscored', note: unscored ? countedNames(header.unscoredBy) || 'no evaluator' : '' },
    { figure: String(errors), label: 'errors', note: retryNote(header), ...(errors ? { tone: 'bad' } : {}) },
    { figure: medianLatencyMs === undefined ? '–' : formatSeconds(medianLatencyMs), note: p95 },
    { figure: formatMoney(costUsd), note: moneyNote(header) },
  ];
}

function retryNote({ retries, unknownOutcomes }: EvalsHeader): string {
  const unknown = unknownOutcomes && `${unknownOutcomes} with unknown outcome`;
  return [retries && `${retries} retried`, unknown].filter(Boolean).join(', ');
}

function moneyNote({ moneyNote: note, unpriced }: EvalsHeader): string {
  return [note, unpriced > 0 && !note.startsWith('local sandbox') && `${unpriced} calls without a known price`].filter(Boolean).join(', ');
}
