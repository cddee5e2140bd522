/**
 * What is wrong with a prompt: one rule a file, pure over the document and the facts gathered about it, with mends as text edits.
 * Reads no file and knows no editor; whoever shows findings turns offsets into lines.
 */
export { datasetSkeleton } from './edits/datasetSkeleton.ts';
export { suppressLine } from './edits/suppressLine.ts';
export type { FileEdit, Finding, FindingTag, Fix, FixCommand, Severity } from './finding.ts';
export { lintConfig, type ReadConfig } from './lintConfig.ts';
export { lintDataset } from './lintDataset.ts';
export { lintPartial } from './lintPartial.ts';
export { type LintOptions, lintPrompt } from './lintPrompt.ts';
export { lintPrompts, type PromptOfFile } from './lintPrompts.ts';
export type { Rule, RuleContext, RuleHit } from './rule.ts';
export type { RuleOption } from './ruleOption.ts';
export { type RuleSettings, ruleSettings, type Severities, type WrittenRule } from './ruleSettings.ts';
export { RULES, ruleOf } from './rules/index.ts';
export { unreadableFile } from './unreadableFile.ts';
