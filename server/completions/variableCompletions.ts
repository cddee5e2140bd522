import { fieldAt, type PromptDocument, type PromptFacts, type Range, valueText } from '../../prompts-schema/index.ts';
import { fenceMarkdown } from '../../safety/index.ts';
import { caseRows } from '../documents/caseRows.ts';
import type { Suggestion } from './suggestion.ts';

/** An opened `{{` around an offset: what a variable's name replaces, and whether the braces are closed already. */
export interface OpenBraces {
  readonly range: Range;
  readonly closed: boolean;
}

/** The name behind `{{` at an offset, whether or not the text parses; undefined where no braces are open. */
export function openBracesAt(text: string, offset: number): OpenBraces | undefined {
  const before = /\{\{([^\s{}"']*)$/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset));
  if (!before) return undefined;
  const after = /^[^\s{}"']*/.exec(text.slice(offset))?.[0] ?? '';
  const end = offset + after.length;
  return { range: { start: offset - (before[1] ?? '').length, end }, closed: text.startsWith('}}', end) };
}

/** The variables that a message, or the operand of an evaluator, may name. */
export function variableCompletions(
  document: PromptDocument,
  facts: PromptFacts,
  offset: number,
  { closed }: OpenBraces,
): readonly Suggestion[] {
  const inEvaluator = fieldAt(document, offset)?.path[0] === 'evaluators';
  const rows = caseRows(document, facts);
  const columns = facts.dataset?.status === 'read' ? facts.dataset.value.columns.map(({ name }) => name) : [];
  const inline = (document.testData ?? []).slice(0, ROWS_LOOKED_AT).flatMap(({ variables }) => Object.keys(variables));
  const inputs = document.inputs ?? [];
  const names = [...new Set([...inputs.map(({ name }) => name), ...columns, ...inline, ...(inEvaluator ? ['expected', 'id'] : [])])];
  return names
    .filter((name) => !/[\s{}]/.test(name))
    .map((name) => {
      const sample = rows.slice(0, ROWS_LOOKED_AT).find(({ variables }) => Object.hasOwn(variables, name))?.variables[name];
      const type = inputs.find((input) => input.name === name)?.type;
      return {
        label: name,
        kind: 'variable',
        insert: closed ? name : `${name}}}`,
        snippet: false,
        ...(type === undefined ? {} : { detail: type }),
        ...(sample === undefined ? {} : { documentation: fenceMarkdown(valueText(sample).slice(0, SAMPLE_LENGTH), 'text') }),
      };
    });
}

const ROWS_LOOKED_AT = 20;
const SAMPLE_LENGTH = 120;
