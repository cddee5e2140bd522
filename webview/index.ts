/**
 * The panels' side of the browser: view models in, intents out. evals/ and drift/ are the panels' entries and views, components/ are parts that know
 * no panel, state/ holds what is shown and is the only user of the message channel. Knows neither the extension nor the engine; every
 * text of a model, a file or a person is put on the page as text.
 */

export { prettyJson } from '../safety/index.ts';
export {
  type Cursor,
  completeGroups,
  type DriftEntry,
  driftEntries,
  nextPending,
  nextStop,
} from './state/driftEntries.ts';
export { commandOf, DRIFT_KEYS } from './state/driftKeys.ts';
export { acceptGroup, acceptRest, move, otherSample, reject, review, skip } from './state/driftReview.ts';
export { reviewNews } from './state/driftSpoken.ts';
export { type DriftPanelState, DriftStore } from './state/driftStore.ts';
export { formatMoney, formatPercent, formatSeconds, intervalWords } from './state/figures.ts';
export { textBlocks } from './state/textBlocks.ts';
export { type FilterName, type VisibleEntry, visibleEntries } from './state/visibleEntries.ts';
export type { VsCodeApi } from './state/vscodeApi.ts';
