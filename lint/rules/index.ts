import type { Rule } from '../rule.ts';
import { datasetEmpty, datasetMissingFile, datasetOutsideRoot, datasetUnreadable } from './datasetReference.ts';
import { datasetRowRules } from './datasetRowRules.ts';
import { evaluatorRules } from './evaluatorRules.ts';
import { referenceInvalid, referenceMissingFile, referenceOutsideRoot } from './fileReference.ts';
import { missingColumn } from './missingColumn.ts';
import { modelDeprecated, modelRerouted, modelRetired, modelRollingAlias } from './modelLifecycle.ts';
import { modelMissing, modelUnknown, modelUnknownProvider } from './modelName.ts';
import { schemaRules } from './schemaRules.ts';
import { spacedPlaceholder } from './spacedPlaceholder.ts';
import { undefinedVariable } from './undefinedVariable.ts';
import { modelUnsupportedParameter } from './unsupportedParameterRule.ts';
import { unusedVariable } from './unusedVariable.ts';

/** Every rule, listed once, in the order of the docs. */
export const RULES: readonly Rule[] = [
  ...schemaRules,
  ...evaluatorRules,
  undefinedVariable,
  unusedVariable,
  spacedPlaceholder,
  datasetMissingFile,
  datasetOutsideRoot,
  datasetUnreadable,
  datasetEmpty,
  missingColumn,
  ...datasetRowRules,
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
];

/** The rule of a code, or undefined where there is none: evenkeel.yml may name rules of another release. */
export function ruleOf(code: string): Rule | undefined {
  return BY_CODE.get(code);
}

const BY_CODE: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.code, rule]));
