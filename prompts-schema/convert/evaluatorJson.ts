import type { Json, JsonObject } from '../../safety/index.ts';
import type { EvaluatorSpec, Operand } from '../evaluator.ts';
import { scanPlaceholders } from '../template/github/scan.ts';
import type { ConversionNote } from './converted.ts';

/** Checks as a native file writes them; what it has no words for is a note. `cases` are the ids of all cases. */
export function evaluatorsJson(
  evaluators: readonly EvaluatorSpec[],
  cases: readonly string[],
): { readonly list: readonly JsonObject[]; readonly notes: readonly ConversionNote[] } {
  const list: JsonObject[] = [];
  const notes: ConversionNote[] = [];
  for (const evaluator of evaluators) {
    const written =
      evaluator.cases && !cases.every((id) => evaluator.cases?.includes(id)) ? 'it is for some of the cases only' : jsonOf(evaluator);
    if (typeof written === 'string')
      notes.push({ range: evaluator.range, message: `The check “${evaluator.name}” is left out: ${written}.` });
    else list.push({ name: evaluator.name, ...written, ...(evaluator.must ? { must: true } : {}) });
  }
  return { list, notes };
}

/** The check, or why it cannot be written. */
function jsonOf(evaluator: EvaluatorSpec): JsonObject | string {
  if (evaluator.negated) return 'a native file has no word for its opposite';
  switch (evaluator.kind) {
    case 'string':
      return { string: { [evaluator.operator]: evaluator.operand } };
    case 'judge': {
      const { modelId, prompt, systemPrompt, choices } = evaluator;
      return {
        llm: {
          modelId,
          prompt,
          ...(systemPrompt === undefined ? {} : { systemPrompt }),
          choices: choices.map((choice) => ({ ...choice })),
        },
      };
    }
    case 'builtin':
      return { uses: evaluator.uses };
    case 'foreign':
      return evaluator.reason.replace(/^It /, 'it ').replace(/\.$/, '');
    case 'set':
      return 'a native file has no sets of checks with one result';
    case 'icontains': {
      const text = literalText(evaluator.operand);
      return text === undefined || scanPlaceholders(text).length ? UNWRITTEN : { string: { contains: text } };
    }
    case 'startsWith': {
      const text = literalText(evaluator.operand);
      return text === undefined ? UNWRITTEN : { matches: `^${text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}` };
    }
    default: {
      if (!('path' in evaluator)) return UNWRITTEN;
      const operand = operandJson(evaluator.operand);
      return operand === undefined ? UNWRITTEN : { ...(evaluator.path ? { path: evaluator.path.text } : {}), [evaluator.kind]: operand };
    }
  }
}

const UNWRITTEN = 'a native file has no word for it';

function literalText(operand: Operand): string | undefined {
  if (operand.from !== 'literal' && operand.from !== 'template') return undefined;
  return typeof operand.value === 'string' && !/\{\{|\{%|\{#/.test(operand.value) ? operand.value : undefined;
}

function operandJson(operand: Operand): Json | undefined {
  switch (operand.from) {
    case 'literal':
      return operand.value;
    case 'case':
      return { case: operand.path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at ? `.${step}` : step)).join('') };
    case 'file':
      return { file: operand.path };
    case 'template':
      return /\{\{|\{%|\{#/.test(JSON.stringify(operand.value)) ? undefined : operand.value;
  }
}
