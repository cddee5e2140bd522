import { useSignal } from '@preact/signals';
import type { CaseComparison, FieldRow } from '../../protocol/index.ts';
import { Icon } from '../components/icon.tsx';
import { Key } from '../components/key.tsx';
import { otherSample } from '../state/driftReview.ts';
import type { DriftStore } from '../state/driftStore.ts';
import { FieldCellView } from './fieldCell.tsx';
import './fieldTable.css';

interface TableProps {
  readonly store: DriftStore;
  readonly comparison: CaseComparison;
}

/** Path by path what the samples of both sides hold; paths that are the same are folded into one line. */
export function FieldTable({ store, comparison }: TableProps) {
  const { rows, approved, fresh, shown } = comparison;
  const open = useSignal(false);
  const same = rows.filter(({ status }) => status === 'same');
  const others = rows.filter(({ status }) => status !== 'same');
  const folded = same.length > 0 && !(same.length === 1 && others.length === 0);
  if (rows.length === 0) return <p class="dim">Neither side has an output to show.</p>;
  return (
    <>
      <table class="fieldTable" aria-label="Outputs by path">
        <thead>
          <tr>
            <th scope="col" class="pathColumn">
              path
            </th>
            <SideHeading store={store} side="approved" name="Baseline" count={approved} at={shown.approved} />
            <SideHeading store={store} side="fresh" name="Candidate" count={fresh} at={shown.fresh} />
            <th scope="col" class="changeColumn">
              change
            </th>
          </tr>
        </thead>
        <tbody>
          {(folded ? others : rows).map((row, index) => (
            <Field key={index} row={row} comparison={comparison} />
          ))}
          {folded ? (
            <tr class="foldLine">
              <td colSpan={4}>
                <button type="button" class="fold" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
                  <Icon name={open.value ? 'chevron-down' : 'chevron-right'} />
                  {same.length === 1 ? '1 path the same' : `${same.length} paths the same`}
                </button>
              </td>
            </tr>
          ) : null}
          {folded && open.value ? same.map((row, index) => <Field key={`same ${index}`} row={row} comparison={comparison} />) : null}
        </tbody>
      </table>
      <Legend rows={others} />
    </>
  );
}

interface HeadingProps {
  readonly store: DriftStore;
  readonly side: 'approved' | 'fresh';
  readonly name: string;
  readonly count: number;
  /** The sample whose text is shown, from 0. */
  readonly at: number;
}

function SideHeading({ store, side, name, count, at }: HeadingProps) {
  const [back, on] = side === 'fresh' ? ['[', ']'] : ['{', '}'];
  return (
    <th scope="col">
      <span class="sideHeading">
        <span>{`${name} · ${count === 0 ? 'no sample' : count === 1 ? '1 sample' : `${count} samples`}`}</span>
        {count > 1 ? (
          <span class="showing dim">
            showing
            <StepButton name={back} label={`Previous ${name.toLowerCase()} sample`} onClick={() => otherSample(store, side, -1)} />
            {at + 1}
            <StepButton name={on} label={`Next ${name.toLowerCase()} sample`} onClick={() => otherSample(store, side, 1)} />
          </span>
        ) : null}
      </span>
    </th>
  );
}

function StepButton({ name, label, onClick }: { readonly name: string; readonly label: string; readonly onClick: () => void }) {
  return (
    <button type="button" class="step" aria-label={label} aria-keyshortcuts={name} onClick={onClick}>
      <Key name={name} />
    </button>
  );
}

function Field({ row, comparison: { approved, fresh } }: { readonly row: FieldRow; readonly comparison: CaseComparison }) {
  const { path, baseline, candidate, status, words } = row;
  return (
    <tr class={status}>
      <th scope="row" class="path mono">
        {path}
      </th>
      <td data-side="Baseline" class={cellClass(baseline, 'removed')}>
        <FieldCellView cell={baseline} side="baseline" samples={approved} status={status} />
      </td>
      <td data-side="Candidate" class={cellClass(candidate, 'inserted')}>
        <FieldCellView cell={candidate} side="candidate" samples={fresh} status={status} />
      </td>
      <td class="change">{words}</td>
    </tr>
  );
}

/** A text with changed words stands on the colour of a changed line. */
function cellClass(cell: FieldRow['baseline'], colour: string): string {
  return cell.kind === 'text' && cell.segments.some(({ mark }) => mark === 'changed') ? `text ${colour}` : cell.kind;
}

/** What the marks mean, as far as there are any that do not speak for themselves. */
function Legend({ rows }: { readonly rows: readonly FieldRow[] }) {
  const has = (wanted: string): boolean =>
    rows.some(({ baseline, candidate }) =>
      [baseline, candidate].some((cell) => cell.kind === 'text' && cell.segments.some(({ mark }) => mark === wanted)),
    );
  const moved = has('moved');
  const space = has('space');
  if (!moved && !space) return null;
  return (
    <p class="legend dim markedText">
      {moved ? (
        <span>
          <mark class="moved">moved</mark> stands elsewhere on the other side
        </span>
      ) : null}
      {space ? (
        <span>
          <span class="space">{' a '}</span> differs in whitespace alone
        </span>
      ) : null}
    </p>
  );
}
