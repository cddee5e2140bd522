import type { FieldCell, FieldRow } from '../../protocol/index.ts';
import './fieldCell.css';
import { MarkedText } from './markedText.tsx';

interface CellProps {
  readonly cell: FieldCell;
  readonly side: 'baseline' | 'candidate';
  /** Samples of this side: what a full bar stands for. */
  readonly samples: number;
  readonly status: FieldRow['status'];
}

/** What one side has at one path: its values with their counts, a range, a text, or nothing. */
export function FieldCellView({ cell, side, samples, status }: CellProps) {
  switch (cell.kind) {
    case 'values':
      return <Distribution cell={cell} samples={samples} status={status} />;
    case 'range':
      return (
        <>
          {cell.median}{' '}
          <span class="dim">
            ({cell.low} – {cell.high})
          </span>
        </>
      );
    case 'text':
      return (
        <>
          <MarkedText segments={cell.segments} side={side} />
          {cell.coarse ? <p class="aside">Too long to compare word by word.</p> : null}
          {cell.cut ? <p class="aside">{`${cell.cut.toLocaleString('en')} more characters: see the diff editor.`}</p> : null}
        </>
      );
    case 'absent':
      return <span class="dim">–</span>;
  }
}

type Values = Extract<FieldCell, { readonly kind: 'values' }>;

function Distribution({ cell: { values, others }, samples, status }: Pick<CellProps, 'samples' | 'status'> & { readonly cell: Values }) {
  const full = Math.max(samples, ...values.map(({ count }) => count), 1);
  const alarming = status === 'changed' || status === 'differs';
  return (
    <ul class={`distribution ${alarming ? 'alarming' : ''}`}>
      {values.map(({ text, count, elsewhere }, index) => (
        <li key={index} class={elsewhere ? 'shared' : 'own'}>
          <span class={text === '' ? 'value dim' : 'value mono'}>{text === '' ? '(empty)' : text}</span>
          <span class="bar" style={{ width: `${(count / full) * LONGEST_BAR}px` }} />
          <span class="samples">
            {count}
            <span class="unseen">{` ${count === 1 ? 'sample' : 'samples'}${elsewhere ? '' : ', on this side only'}`}</span>
          </span>
        </li>
      ))}
      {others > 0 ? <li class="dim">{`and ${others} more`}</li> : null}
    </ul>
  );
}

/** Pixels of the bar of a value that all samples have. */
const LONGEST_BAR = 120;
