/**
 * What is wrong with a prompt: one rule a file, pure over the document and the facts gathered about it, with mends as text edits.
 * Reads no file and knows no editor; whoever shows findings turns offsets into lines.
 */
export type { FileEdit, Finding, FindingTag, Fix, Severity } from './finding.ts';
export { lintDataset } from './lintDataset.ts';
export { type LintOptions, lintPrompt, type Severities } from './lintPrompt.ts';
export type { Rule, RuleContext, RuleHit } from './rule.ts';
export { RULES, ruleOf } from './rules/index.ts';
