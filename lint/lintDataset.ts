import type { Dataset } from '../prompts-schema/index.ts';
import type { Finding } from './finding.ts';
import type { LintOptions } from './lintPrompt.ts';
import { optionReader } from './ruleOption.ts';
import { RULES, ruleOf } from './rules/index.ts';
import { toFinding } from './toFinding.ts';

/** What is wrong in a dataset's own file: ranges are offsets in its text. `path` is the file's path from the root. */
export function lintDataset(dataset: Dataset, path: string, options: LintOptions = {}): readonly Finding[] {
  const { severities } = options;
  const ofReader = dataset.issues.flatMap((issue) => {
    const rule = ruleOf(issue.code);
    const set = severities?.get(issue.code);
    if (rule === undefined || set === 'off') return [];
    return [toFinding(rule, { range: issue.range, message: issue.message, data: { ...issue.data, dataset: path } }, set)];
  });
  const ofRules = RULES.flatMap((rule) => {
    const set = severities?.get(rule.code);
    if (rule.checkDataset === undefined || set === 'off') return [];
    const hits = rule.checkDataset(dataset, optionReader(options.options?.get(rule.code)));
    return hits.map((hit) => toFinding(rule, { ...hit, data: { ...hit.data, dataset: path } }, set));
  });
  return [...ofReader, ...ofRules].sort((a, b) => a.range.start - b.range.start);
}
