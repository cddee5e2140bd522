import type { Dataset } from '../prompts-schema/index.ts';
import type { Finding } from './finding.ts';
import { type Severities, toFinding } from './lintPrompt.ts';
import { ruleOf } from './rules/index.ts';

/** What is wrong in a dataset's own file: ranges are offsets in its text. `path` is the file's path from the root. */
export function lintDataset(dataset: Dataset, path: string, severities: Severities = new Map()): readonly Finding[] {
  return dataset.issues
    .flatMap((issue) => {
      const rule = ruleOf(issue.code);
      const set = severities.get(issue.code);
      if (rule === undefined || set === 'off') return [];
      return [toFinding(rule, { range: issue.range, message: issue.message, data: { ...issue.data, dataset: path } }, set)];
    })
    .sort((a, b) => a.range.start - b.range.start);
}
