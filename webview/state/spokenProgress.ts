import { effect, signal } from '@preact/signals';
import type { EvalsStore } from './evalsStore.ts';

/** What a screen reader is told of a run: at most one sentence every five seconds, and its end at once. */
export function spokenProgress(store: EvalsStore) {
  const spoken = signal('');
  let lastSpoken = Number.NEGATIVE_INFINITY;
  let lastState = '';
  effect(() => {
    const header = store.header.value;
    if (!header) return;
    const { state, done, planned, passed, failed, question, notice } = header;
    const now = performance.now();
    if (state === lastState && (state !== 'running' || now - lastSpoken < PAUSE_MS)) return;
    lastState = state;
    lastSpoken = now;
    if (state === 'asking') spoken.value = (question ?? []).join(' ');
    else if (state === 'running') spoken.value = `${done} of ${planned} done, ${failed} failed`;
    else if (state === 'finished') spoken.value = `Finished: ${passed} passed, ${failed} failed`;
    else spoken.value = notice ?? '';
  });
  return spoken;
}

const PAUSE_MS = 5000;
