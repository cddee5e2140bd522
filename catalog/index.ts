/**
 * Dated facts about models: lifecycle, limits, parameters, prices, and the many ways to write a model's name. Pure data and look-ups;
 * knows nothing of files, editors or calls, and fetches nothing: what a refresh brought is merged in by whoever has it.
 */
export { builtinCatalog, type Catalog, createCatalog, type FoundModel, findModel, isModelId, mergeCatalog } from './catalog.ts';
export { type CatalogSource, createCatalogSource, type KnownCatalog } from './catalogSource.ts';
export { AS_OF } from './data/models.ts';
export {
  describeModel,
  lifecycleSentence,
  longDay,
  type ModelDescription,
  priceWords,
  replacementSentences,
  shortDay,
  sourceSentence,
} from './describeModel.ts';
export { daysBetween, isSteady, type Lifecycle, lifecycleOn, replacementFor } from './lifecycleOn.ts';
export { loadPrices } from './loadPrices.ts';
export type { Confidence, ModelFacts, ModelKind, Platform } from './model.ts';
export { type AskedPlatform, type ModelAnswer, type ModelAnswers, withModelAnswers } from './modelAnswers.ts';
export { type ModelName, modelNames } from './modelNames.ts';
export { type NormalizedModel, normalizeModelName } from './normalizeModelName.ts';
export type { ModelPrice, PricedModel, PriceTable, TokenUsage } from './prices.ts';
export { type UnsupportedParameter, unsupportedParameter } from './unsupportedParameter.ts';
