import type { ScorePart } from '../../protocol/index.ts';
import { Icon } from '../components/icon.tsx';
import './scoreParts.css';

/** The checks of a set, in their order: what each says, and why it failed or is not scored. */
export function ScoreParts({ of, parts }: { readonly of: string; readonly parts: readonly ScorePart[] }) {
  return (
    <ul class="scoreParts" aria-label={`Checks of ${of}`}>
      {parts.map(({ evaluator, status, reason, weight, figure }, index) => {
        const notes = [
          status === 'passed' ? undefined : status,
          figure === undefined ? undefined : `score ${Number(figure.toFixed(3))}`,
          weight === undefined || weight === 1 ? undefined : weight === 0 ? 'decides nothing' : `weight ${weight}`,
        ].filter((note) => note !== undefined);
        return (
          <li key={index} class={status}>
            {status === 'passed' ? <Icon name="check" label="passed" /> : <Icon name={ICONS[status]} />}
            <span>
              <span class="partName">{evaluator}</span>
              {notes.length ? <span class="dim">{` · ${notes.join(' · ')}`}</span> : null}
              {reason ? <span class="partReason">{reason}</span> : null}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

const ICONS = { failed: 'close', unscored: 'question' } as const;
