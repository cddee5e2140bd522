import './progressBar.css';

/** How far something is, from 0 to `max`. */
export function ProgressBar({ value, max, label }: { readonly value: number; readonly max: number; readonly label: string }) {
  const share = max > 0 ? Math.min(1, value / max) : 0;
  return (
    <div
      class="progressBar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
    >
      <div style={{ width: `${share * 100}%` }} />
    </div>
  );
}
