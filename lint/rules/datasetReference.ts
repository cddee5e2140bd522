import { datasetSkeleton } from '../edits/datasetSkeleton.ts';
import type { Fix } from '../finding.ts';
import type { Rule, RuleContext, RuleHit } from '../rule.ts';
import { explained } from './explained.ts';

const PROMPT = `messages:
  - role: user
    content: "{{ticket}}"`;
const GOOD = `${PROMPT}
dataset: ./triage.cases.jsonl`;

/** A dataset that is not there. */
export const datasetMissingFile: Rule = {
  code: 'dataset.missing-file',
  title: 'a dataset that does not exist',
  severity: 'error',
  explain: explained(
    'The prompt names its cases and there are none: an eval has nothing to run. The fix makes the file with one empty case.',
    `${PROMPT}\ndataset: ./trage.cases.jsonl`,
    GOOD,
  ),
  check: (context) => hitFor(context, 'missing', (path, message) => ({ message, fixes: [createDataset(context, path)] })),
};

/** A dataset beyond the root. */
export const datasetOutsideRoot: Rule = {
  code: 'dataset.outside-root',
  title: 'a dataset outside the root',
  severity: 'error',
  explain: explained(
    'Files outside the root are never read, whatever a repository names: a prompt file from somewhere else must not reach into your disk. Keep the cases beside the prompt.',
    `${PROMPT}\ndataset: ../../elsewhere/cases.jsonl`,
    GOOD,
  ),
  check: (context) => hitFor(context, 'outside', (_, message) => ({ message })),
};

/** A dataset that is there and cannot be used. */
export const datasetUnreadable: Rule = {
  code: 'dataset.unreadable',
  title: 'a dataset that cannot be read',
  severity: 'error',
  explain:
    'The file is there, but it cannot be opened, is no text, is too large, or has an ending other than .jsonl, .csv, .yaml, .yml or .json. The message says which.',
  check: (context) => [
    ...hitFor(context, 'unreadable', (_, message) => ({ message })),
    ...hitFor(context, 'invalid', (_, message) => ({ message })),
  ],
};

/** A dataset without a case. */
export const datasetEmpty: Rule = {
  code: 'dataset.empty',
  title: 'a dataset without cases',
  severity: 'warning',
  explain: 'The file holds no case, so an eval of this prompt checks nothing. Add rows, or remove `dataset:` from the prompt.',
  check: ({ document, facts: { dataset } }) =>
    document.dataset && dataset?.status === 'read' && dataset.value.rows.length === 0
      ? [
          {
            range: document.dataset.range,
            message: `${dataset.path} holds no case: an eval would check nothing.`,
            data: { path: dataset.path },
          },
        ]
      : [],
};

function hitFor(
  { document, facts: { dataset } }: RuleContext,
  status: 'missing' | 'outside' | 'unreadable' | 'invalid',
  make: (path: string, message: string) => Pick<RuleHit, 'message' | 'fixes'>,
): readonly RuleHit[] {
  if (document.dataset === undefined || dataset?.status !== status) return [];
  return [{ range: document.dataset.range, data: { path: dataset.path }, ...make(dataset.path, dataset.message) }];
}

function createDataset({ document }: RuleContext, path: string): Fix {
  return { title: `Create ${path}`, preferred: true, edits: [], create: { file: path, text: datasetSkeleton(document, path) } };
}
