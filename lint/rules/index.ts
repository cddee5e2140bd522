import type { Rule } from '../rule.ts';
import { contextExceeded } from './contextExceeded.ts';
import { datasetEmpty, datasetMissingFile, datasetOutsideRoot, datasetUnreadable } from './datasetReference.ts';
import { datasetRowRules } from './datasetRowRules.ts';
import { datasetTooSmall } from './datasetTooSmall.ts';
import { irreversibleWithoutReview } from './decisionReview.ts';
import { decisionNoThreshold } from './decisionThreshold.ts';
import { noDeadLetter, noIdempotencyKey } from './deliveryRules.ts';
import { droppedParameter } from './droppedParameter.ts';
import { duplicateCase } from './duplicateCase.ts';
import { emptyMessage } from './emptyMessage.ts';
import { evaluatorNone } from './evaluatorNone.ts';
import { evaluatorRules } from './evaluatorRules.ts';
import { fewShotLeak } from './fewShotLeak.ts';
import { referenceInvalid, referenceMissingFile, referenceOutsideRoot } from './fileReference.ts';
import { invalidSchema } from './invalidSchema.ts';
import { jsonNotDeclared } from './jsonNotDeclared.ts';
import { judgeIsModel } from './judgeIsModel.ts';
import { labelsDiffer } from './labelsDiffer.ts';
import { maxTokensAboveLimit } from './maxTokensAboveLimit.ts';
import { missingColumn } from './missingColumn.ts';
import { modelDeprecated, modelRerouted, modelRetired, modelRollingAlias } from './modelLifecycle.ts';
import { modelMissing, modelUnknown, modelUnknownProvider } from './modelName.ts';
import { neverFails } from './neverFails.ts';
import { pathNotInSchema } from './pathNotInSchema.ts';
import { releaseChanged } from './releaseChanged.ts';
import { releaseInvalidVersion } from './releaseInvalidVersion.ts';
import { releaseLockConflict } from './releaseLockConflict.ts';
import { releaseLockEdited } from './releaseLockEdited.ts';
import { releaseLockUnreadable } from './releaseLockUnreadable.ts';
import { releaseModelUntested } from './releaseModelUntested.ts';
import { releaseUntested } from './releaseUntested.ts';
import { roleMarkerInData } from './roleMarkerInData.ts';
import { roleOrder } from './roleOrder.ts';
import { schemaNotStrict } from './schemaNotStrict.ts';
import { schemaRules } from './schemaRules.ts';
import { secretRule } from './secretRule.ts';
import { spacedPlaceholder } from './spacedPlaceholder.ts';
import { suppressionWithoutReason, unusedSuppression } from './suppressionRules.ts';
import { templateSyntaxRules } from './templateSyntaxRules.ts';
import { uncheckedField } from './uncheckedField.ts';
import { undefinedVariable } from './undefinedVariable.ts';
import { unsafeRegex } from './unsafeRegex.ts';
import { modelUnsupportedParameter } from './unsupportedParameterRule.ts';
import { untrustedWithoutDelimiters } from './untrustedDelimiters.ts';
import { untrustedInSystem } from './untrustedInSystem.ts';
import { unusedVariable } from './unusedVariable.ts';

/** Every rule, listed once, in the order of the docs. */
export const RULES: readonly Rule[] = [
  ...schemaRules,
  ...evaluatorRules,
  evaluatorNone,
  unsafeRegex,
  pathNotInSchema,
  judgeIsModel,
  neverFails,
  ...templateSyntaxRules,
  undefinedVariable,
  unusedVariable,
  spacedPlaceholder,
  emptyMessage,
  roleOrder,
  datasetMissingFile,
  datasetOutsideRoot,
  datasetUnreadable,
  datasetEmpty,
  missingColumn,
  ...datasetRowRules,
  datasetTooSmall,
  duplicateCase,
  fewShotLeak,
  referenceMissingFile,
  referenceOutsideRoot,
  referenceInvalid,
  modelMissing,
  modelUnknownProvider,
  modelUnknown,
  modelDeprecated,
  modelRetired,
  modelRerouted,
  modelRollingAlias,
  modelUnsupportedParameter,
  droppedParameter,
  contextExceeded,
  maxTokensAboveLimit,
  jsonNotDeclared,
  invalidSchema,
  schemaNotStrict,
  uncheckedField,
  labelsDiffer,
  irreversibleWithoutReview,
  decisionNoThreshold,
  noIdempotencyKey,
  noDeadLetter,
  secretRule,
  untrustedInSystem,
  untrustedWithoutDelimiters,
  roleMarkerInData,
  unusedSuppression,
  suppressionWithoutReason,
  releaseChanged,
  releaseUntested,
  releaseModelUntested,
  releaseInvalidVersion,
  releaseLockEdited,
  releaseLockConflict,
  releaseLockUnreadable,
];

/** The rule of a code, or undefined where there is none: evenkeel.yml may name rules of another release. */
export function ruleOf(code: string): Rule | undefined {
  return BY_CODE.get(code);
}

const BY_CODE: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.code, rule]));
