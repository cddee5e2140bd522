/**
 * The statistics of drift reviews and of the daily check: pure functions of samples and a seed, held to reference values. `review/` judges a
 * suite from what `cases/` says of each case; `monitor/` watches canaries day by day. What is shown of two outputs is `display/`.
 */
export { canonicalText, stripOuterFence } from './cases/canonicalText.ts';
export { type CaseMatrices, caseMatrices, type ReadingOptions, type Sample, type View, type ViewKind } from './cases/caseMatrices.ts';
export { dateDays } from './cases/dateDays.ts';
export { type DistanceMatrix, matrixOf } from './cases/distanceMatrix.ts';
export { exactKey } from './cases/exactDistance.ts';
export { type FieldMatrices, fieldMatrices } from './cases/fieldMatrices.ts';
export { LEAST_EFFECT, LIST_Q, labelCase, labelCases, UNSURE_P } from './cases/labelCase.ts';
export {
  alignEmptyLists,
  type FieldValue,
  type KeyOf,
  type LeafFields,
  type ListEntry,
  leafFields,
  ROOT_PATH,
} from './cases/leafFields.ts';
export { CONFIRM_SAMPLES, SCREEN_SAMPLES, THIRD_SAMPLES } from './cases/looks.ts';
export { WHOLE } from './cases/namedViews.ts';
export { DEFAULT_REL_TOL, type NumberScale, numberDistance, numberScale } from './cases/numberDistance.ts';
export { type FieldType, inferType, isIgnored, listRule, type PathRule, type PathRules } from './cases/pathTypes.ts';
export { type SeededRandom, seededRandom } from './cases/random.ts';
export {
  type CaseEvidence,
  type CaseInput,
  LEAST_BASELINE,
  LEAST_FRESH,
  reviewCase,
  type TestedView,
} from './cases/reviewCase.ts';
export { schemaRules } from './cases/schemaRules.ts';
export {
  AMBER,
  advanceMonitor,
  BURST_SAMPLES,
  type CanaryBag,
  type MonitorColour,
  monitorColour,
  RED,
  settleAlarm,
  viewsOn,
} from './monitor/advanceMonitor.ts';
export { addOccasion, recomputeEvidence, strongest } from './monitor/evidence.ts';
export { type LikelyChange, likelyChange } from './monitor/likelyChange.ts';
export {
  type CanaryPValues,
  MONITOR_FORMAT,
  type MonitorEntry,
  type MonitorState,
  startMonitor,
  type WeeklyEntry,
} from './monitor/monitorState.ts';
export { evidenceShown, monitorSentence } from './monitor/monitorWords.ts';
export { readMonitorState } from './monitor/readMonitorState.ts';
export { addDay, addToDay, mixture, noEvidence } from './monitor/shiryaevRoberts.ts';
export { chooseViews, shareOfView, watchable } from './monitor/watchedViews.ts';
export {
  recordWeeklyLook,
  WEEKLY_DAYS,
  WEEKLY_SPLITS,
  WEEKLY_TEST_ALPHA,
  type WeeklyStanding,
  weeklyAlphaSpent,
  weeklyStanding,
} from './monitor/weeklyLayer.ts';
export { type DistributionResult, distributionTest, type FirstLook } from './review/distributionTest.ts';
export { fieldTests, modeTests } from './review/fieldTests.ts';
export { percent, points, pValue } from './review/figures.ts';
export { phrases } from './review/phrases.ts';
export { GATE_ALPHA, reviewSuite } from './review/reviewSuite.ts';
export type { OutcomeCounts, SuiteCase, SuiteOptions, SuiteReview } from './review/suiteReview.ts';
export { benjaminiHochberg, holm } from './suite/adjustPValues.ts';
export { stratifiedExact } from './suite/stratifiedExact.ts';
