import { findModel } from '../../catalog/index.ts';
import { type DatasetRow, likelyInputTokens, valueText } from '../../prompts-schema/index.ts';
import { ownValue } from '../../safety/index.ts';
import type { Rule, RuleContext, RuleHit } from '../rule.ts';
import { firstLine } from '../text/firstLine.ts';
import { explained } from './explained.ts';

/** A case that does not fit into the model's context window, by estimate. */
export const contextExceeded: Rule = {
  code: 'model.context-exceeded',
  title: 'a request that is longer than the model can read',
  severity: 'warning',
  explain: explained(
    'What the longest case sends, with the answer that `maxTokens` allows, is more than the model’s context window: the provider refuses the call or cuts the text. The count is an estimate of four characters a token; other languages than English and code take more.',
    `model: openai/gpt-3.5-turbo
modelParameters:
  maxTokens: 16384
messages:
  - role: user
    content: Say hello.`,
    `model: openai/gpt-6-luna
modelParameters:
  maxTokens: 4000
messages:
  - role: user
    content: Say hello.`,
  ),
  check: (context) => {
    const { document, facts } = context;
    const name = document.model?.value ?? facts.defaultModel;
    if (name === undefined || document.messages.length === 0) return [];
    const found = context.model()?.found ?? findModel(name, context.catalog);
    const model = found.unknown ? found.elsewhere : found.model;
    if (model?.contextWindow === undefined) return [];
    const longest = longestRequest(context);
    const maxTokens = document.parameters.find((parameter) => parameter.name === 'maxTokens')?.value;
    const answer = typeof maxTokens === 'number' ? maxTokens : 0;
    if (answer > (model.maxOutputTokens ?? model.contextWindow)) return []; // the limit itself is said to be exceeded
    const tokens = likelyInputTokens('', longest.length);
    if (tokens + answer <= model.contextWindow) return [];
    return [
      hit(context, longest.row, tokens, answer, `${model.id}’s context window is ${count(model.contextWindow)} (as of ${model.asOf})`),
    ];
  },
};

function hit({ document }: RuleContext, row: DatasetRow | undefined, tokens: number, answer: number, window: string): RuleHit {
  const first = document.messages[0]?.role.range ?? { start: 0, end: 0 };
  const inline = row !== undefined && document.testData?.includes(row) === true;
  const range = inline ? firstLine(document.text, row.range) : row ? (document.dataset?.range ?? first) : first;
  const which = row === undefined ? 'The request' : `The request of case "${row.id}"`;
  const more = answer > 0 ? ` and ${count(answer)} for the answer` : '';
  return {
    range,
    message: `${which} has an estimated ${count(tokens)} tokens${more}; ${window}. Shorten it, or choose a model that reads more.`,
    data: { tokens, ...(row ? { case: row.id } : {}) },
  };
}

/** A number of characters, and the case that brings them. */
interface Longest {
  readonly length: number;
  readonly row: DatasetRow | undefined;
}

/** The longest request, by estimate. */
function longestRequest({ document, variables }: RuleContext): Longest {
  const base = document.messages.reduce((sum, { content }) => sum + content.value.length, 0);
  const uses = new Map<string, number>();
  for (const { placeholders } of document.messages) for (const { name } of placeholders) uses.set(name, (uses.get(name) ?? 0) + 1);
  const { length, row } = uses.size > 0 ? longestRow(variables().rows, uses) : NO_ROW;
  return { length: base + length, row };
}

const NO_ROW: Longest = { length: 0, row: undefined };

/** What the longest case puts in beyond its placeholders. The same rows are asked at every key that is pressed, so it is kept with them. */
function longestRow(rows: readonly DatasetRow[], uses: ReadonlyMap<string, number>): Longest {
  const key = JSON.stringify([...uses]);
  const known = kept.get(rows);
  if (known?.key === key) return known.longest;
  let longest = NO_ROW;
  for (const row of rows) {
    let length = 0;
    for (const [name, times] of uses) length += times * (lengthOf(row, name) - name.length - 4);
    if (length > longest.length) longest = { length, row };
  }
  kept.set(rows, { key, longest });
  return longest;
}

const kept = new WeakMap<readonly DatasetRow[], { readonly key: string; readonly longest: Longest }>();

function lengthOf(row: DatasetRow, name: string): number {
  const value = ownValue(row.variables, name);
  if (value === undefined) return name.length + 4;
  return typeof value === 'string' ? value.length : valueText(value).length;
}

function count(tokens: number): string {
  return tokens.toLocaleString('en-US');
}
