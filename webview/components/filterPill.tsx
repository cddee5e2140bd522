import './filterPill.css';

/** A filter with its count: pressed while it is on. */
export function FilterPill({
  label,
  count,
  on,
  onToggle,
}: {
  readonly label: string;
  readonly count: number | undefined;
  readonly on: boolean;
  readonly onToggle: () => void;
}) {
  return (
    <button type="button" class="filterPill" aria-pressed={on} onClick={onToggle}>
      {count === undefined ? label : `${label} ${count.toLocaleString('en')}`}
    </button>
  );
}
