import { canonicalJson, type DatasetRow, type PromptDocument } from '../../prompts-schema/index.ts';
import type { Json } from '../../safety/index.ts';
import { removeItem } from '../edits/removeItem.ts';
import type { Rule, RuleHit } from '../rule.ts';
import { firstLine } from '../text/firstLine.ts';
import { explained } from './explained.ts';

const PROMPT = `messages:
  - role: user
    content: "{{ticket}}"`;

/** Two cases with the same variables. */
export const duplicateCase: Rule = {
  code: 'dataset.duplicate-case',
  title: 'two cases with the same inputs',
  severity: 'warning',
  explain: explained(
    'The same question counts twice in every rate, and where the two expect different answers, one of them can never pass.',
    `${PROMPT}
testData:
  - { id: fire, ticket: The printer is on fire. }
  - { id: again, ticket: The printer is on fire. }`,
    `${PROMPT}
testData:
  - { id: fire, ticket: The printer is on fire. }
  - { id: jam, ticket: The printer is jammed. }`,
  ),
  check: ({ document }) => (document.testData ? hits(document.testData).map((hit) => inPrompt(document, hit)) : []),
  checkDataset: ({ rows }) => hits(rows),
};

function hits(rows: readonly DatasetRow[]): readonly RuleHit[] {
  const alike = new Map<number, DatasetRow[]>();
  const canonical = new Map<DatasetRow, string>();
  const textOf = (row: DatasetRow): string => {
    const text = canonical.get(row) ?? canonicalJson(row.variables);
    canonical.set(row, text);
    return text;
  };
  return rows.flatMap((row) => {
    if (Object.keys(row.variables).length === 0) return [];
    const sum = roughSum(row.variables);
    const others = alike.get(sum);
    const known = others?.find((other) => textOf(other) === textOf(row));
    if (known === undefined) {
      if (others) others.push(row);
      else alike.set(sum, [row]);
      return [];
    }
    const differs = canonicalJson(known.expected ?? null) !== canonicalJson(row.expected ?? null);
    const so = differs
      ? 'but expects another answer: one of the two can never pass. Keep the right one'
      : 'and counts twice. Remove one of them';
    return [
      {
        range: row.range,
        message: `This case has the inputs of case "${known.id}" ${so}.`,
        data: { case: row.id, same: known.id, differs },
      },
    ];
  });
}

/** The same for equal values, whatever the order of their keys, and nearly always another for others: so that few rows are written out to be compared. */
function roughSum(value: Json): number {
  if (typeof value === 'string') return textSum(value);
  if (typeof value !== 'object' || value === null) return textSum(String(value));
  return Object.entries(value).reduce(
    (sum: number, [key, inner]: [string, Json]) => (sum + Math.imul(textSum(key) | 1, roughSum(inner))) | 0,
    0,
  );
}

function textSum(text: string): number {
  let sum = text.length;
  for (let at = 0; at < text.length; at++) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  return sum;
}

function inPrompt(document: PromptDocument, hit: RuleHit): RuleHit {
  const edit = hit.data?.['differs'] === false ? removeItem(document, 'testData', hit.range) : undefined;
  const range = firstLine(document.text, hit.range);
  return { ...hit, range, fixes: edit ? [{ title: 'Remove the case', preferred: true, byHand: true, edits: [edit] }] : [] };
}
