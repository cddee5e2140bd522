import { loadPrices } from '../../catalog/index.ts';
import { hasBaseline } from '../../ledger/index.ts';
import { loadConfig } from '../../workspace/index.ts';
import { caseRows } from '../documents/caseRows.ts';
import type { OpenPrompt } from '../documents/promptCache.ts';
import type { Place } from '../documents/roots.ts';
import { comparisonsOf } from '../requests/comparisonsOf.ts';
import { baselineSamples, costOfCases, mayHavePrice } from './captureCost.ts';
import type { DriftLensInput } from './driftLenses.ts';

/** Looks up what the drift lenses of an open prompt say; no comparison and no baseline is read for it. */
export async function driftLensInput(prompt: OpenPrompt, place: Place): Promise<DriftLensInput> {
  const { promptId } = prompt.facts;
  const [comparisons, captured] = await Promise.all([comparisonsOf(place, promptId), hasBaseline(place.workspace, promptId)]);
  return { comparisons, hasBaseline: captured, capture: captured ? undefined : await captureOf(prompt, place) };
}

/** Without messages, cases or a model there is nothing to capture. */
async function captureOf({ document, facts }: OpenPrompt, { workspace }: Place): Promise<DriftLensInput['capture']> {
  const model = (document.model?.value ?? facts.defaultModel ?? '').trim();
  const cases = caseRows(document, facts);
  if (!model || !cases.length || !document.messages.length) return undefined;
  const samples = baselineSamples(document);
  const { config } = await loadConfig(workspace);
  const priced = mayHavePrice(model, Object.keys(config.providers));
  const once = priced ? costOfCases({ document, facts }, cases, model, await loadPrices()) : undefined;
  return { calls: cases.length * samples, usd: once === undefined ? undefined : once * samples };
}
