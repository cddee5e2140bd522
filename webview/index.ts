/**
 * The panels' side of the browser: view models in, intents out. evals/ is the evals panel's entry and views, components/ are parts that know
 * no panel, state/ holds what is shown and is the only user of the message channel. Knows neither the extension nor the engine; every
 * text of a model, a file or a person is put on the page as text.
 */
export { type FilterName, type VisibleEntry, visibleEntries } from './state/visibleEntries.ts';
export { prettyJson } from './state/prettyJson.ts';
export { formatMoney, formatPercent, formatSeconds, intervalWords } from './state/figures.ts';
