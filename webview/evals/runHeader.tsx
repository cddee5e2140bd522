import type { EvalsHeader } from '../../protocol/index.ts';
import { Button } from '../components/button.tsx';
import { ProgressBar } from '../components/progressBar.tsx';
import type { EvalsStore } from '../state/evalsStore.ts';
import { formatSeconds } from '../state/figures.ts';
import './runHeader.css';
import { Stats } from './stats.tsx';

/** What was run, how far it is, and the figures. */
export function RunHeader({ header, store }: { readonly header: EvalsHeader; readonly store: EvalsStore }) {
  const { title, state, done, planned } = header;
  const going = state === 'running' || state === 'planning';
  return (
    <header class="runHeader">
      <div class="runTitle">
        <h1>{title}</h1>
        <span class="dim subject">{subject(header)}</span>
        <span class="progress">
          <span class="dim">{progress(header)}</span>
          {state === 'running' ? <ProgressBar value={done} max={planned} label="Cases done" /> : null}
          {going ? <Button onClick={() => store.send({ type: 'cancel' })}>Cancel</Button> : null}
        </span>
      </div>
      <Stats header={header} />
    </header>
  );
}

function subject({ version, models, dataset }: EvalsHeader): string {
  return [version, models.join(', '), dataset && `dataset ${dataset}`].filter(Boolean).join(' · ');
}

function progress({ state, done, planned, inFlight, secondsLeft, fromCache, cachedAgo }: EvalsHeader): string {
  if (state === 'planning') return 'Preparing…';
  const cache = fromCache > 0 && `${fromCache} from cache${cachedAgo ? `, ${cachedAgo} old` : ''}`;
  const flight = inFlight > 0 && `${inFlight} in flight`;
  const left = secondsLeft !== undefined && `${formatSeconds(secondsLeft * 1000).replace('.0', '')} left`;
  return planned ? [`${done} of ${planned}`, flight, left, cache].filter(Boolean).join(' · ') : '';
}
