import './sparkline.css';

const WIDTH = 120;
const HEIGHT = 18;
/** A point a pixel: more is not to be seen. */
const MOST_POINTS = WIDTH;

/** A small line of values over time; `words` says the same to those who do not see it. */
export function Sparkline({ values, words }: { readonly values: readonly number[]; readonly words: string }) {
  const points = sparkPoints(values);
  if (points.length === 0) return null;
  const last = points.at(-1);
  return (
    <>
      <svg class="sparkline" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
        {last ? <circle cx={last.x} cy={last.y} r="2" /> : null}
      </svg>
      <span class="unseen">{words}</span>
    </>
  );
}

/** Places on the picture, the newest value at its right edge; what is no number has none. */
function sparkPoints(values: readonly number[]): readonly { readonly x: number; readonly y: number }[] {
  const known = values.filter((value) => Number.isFinite(value)).slice(-MOST_POINTS);
  const low = Math.min(...known);
  const range = Math.max(...known) - low;
  const step = known.length > 1 ? (WIDTH - 6) / (known.length - 1) : 0;
  const first = WIDTH - 3 - step * (known.length - 1);
  const height = (value: number): number => (range > 0 ? (value - low) / range : 0.5);
  return known.map((value, at) => ({
    x: Number((first + at * step).toFixed(1)),
    y: Number((HEIGHT - 3 - height(value) * (HEIGHT - 6)).toFixed(1)),
  }));
}
