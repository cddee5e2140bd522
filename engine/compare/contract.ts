import type { Output, Score } from '../../protocol/index.ts';
import { type Json, type JsonObject, parseJson } from '../../safety/index.ts';
import { validateSchema } from '../evaluators/jsonSchema.ts';
import type { RegexEngine } from '../evaluators/regexEngine.ts';

/** What an output must keep whatever it says (drift.md 2): it is there, whole, not refused, reads as declared, and passes what `must` pass. */
export interface ContractTerms {
  /** JSON was asked for. */
  readonly json: boolean;
  readonly schema: JsonObject | undefined;
  readonly regex: RegexEngine | undefined;
}

/** Why an output breaks its contract, in a few words; undefined when it keeps it. */
export function brokenBy(output: Output, scores: readonly Score[], { json, schema, regex }: ContractTerms): string | undefined {
  if (output.refusal !== undefined || output.finishReason === 'refusal') return 'refused';
  if (output.finishReason === 'contentFilter') return 'stopped by the content filter';
  if (output.finishReason === 'length') return 'cut off at the token limit';
  const byTools = (output.toolCalls?.length ?? 0) > 0;
  if (!byTools && output.text.trim() === '') return 'empty';
  const unread = json && !byTools ? jsonProblem(output.text, schema, regex) : undefined;
  if (unread !== undefined) return unread;
  const failed = scores.find(({ must, status }) => must === true && status === 'failed');
  return failed && `fails “${failed.evaluator}”`;
}

function jsonProblem(text: string, schema: JsonObject | undefined, regex: RegexEngine | undefined): string | undefined {
  const read = parseJson(text);
  if (!read.ok) return 'not valid JSON';
  if (!schema) return undefined;
  // A schema that this validator does not know in full breaks nothing.
  return validateSchema(read.value as Json, schema, regex).status === 'invalid' ? 'does not fit the schema' : undefined;
}
