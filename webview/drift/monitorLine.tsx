import type { DriftSummary } from '../../protocol/index.ts';
import { Icon } from '../components/icon.tsx';
import { Sparkline } from '../components/sparkline.tsx';
import './monitorLine.css';

type Monitor = NonNullable<DriftSummary['monitor']>;

/** Where the daily check stands, with its evidence over the days. */
export function MonitorLine({ monitor: { colour, sentence, history } }: { readonly monitor: Monitor }) {
  return (
    <p class={`monitorLine ${colour}`}>
      <Icon name={ICONS[colour]} label={`Daily check ${colour}: `} />
      <span class="sentence">{sentence}</span>
      <Sparkline values={history.map(({ evidence }) => Math.log10(Math.max(evidence, LEAST)))} words={historyWords(history)} />
    </p>
  );
}

/** Evidence multiplies from day to day, so the picture is of its logarithm, from here on. */
const LEAST = 0.01;

/** The picture in words: where it began, its highest and its last day. */
function historyWords(history: Monitor['history']): string {
  const first = history[0];
  const last = history.at(-1);
  if (!first || !last) return '';
  const highest = history.reduce((best, day) => (day.evidence > best.evidence ? day : best), first);
  const day = ({ date, evidence }: typeof first): string => `${Number(evidence.toPrecision(2))} on ${date}`;
  return `Evidence of a change over ${history.length} days: ${day(first)}, highest ${day(highest)}, last ${day(last)}.`;
}

const ICONS: Readonly<Record<Monitor['colour'], string>> = { green: 'pass-filled', amber: 'warning', red: 'error' };
