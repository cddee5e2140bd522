import type { SeededRandom } from '../../../engine/drift/cases/random.ts';
import type { Draft, PromptShape, Row } from './draft.ts';

/** Makes a clean draft wrong in exactly one way; false where this draft has nothing that could be made wrong like that. */
export type Mutation = (draft: Draft, random: SeededRandom) => boolean | undefined;

/** The one input that comes from outside, as every made-up draft has one. */
export function inputOf({ inputs }: PromptShape): string | undefined {
  return Object.keys(inputs ?? {}).at(-1);
}

export function evaluatorsOf(prompt: PromptShape): Record<string, unknown>[] {
  prompt.evaluators ??= [];
  return prompt.evaluators;
}

/** The last message of that role. */
export function lastOf(prompt: PromptShape, role: string): { role: string; content: string } | undefined {
  return prompt.messages.findLast((message) => message.role === role);
}

/** The schema within its wrapper, where the prompt file has it. */
export function schemaOf({ jsonSchema }: PromptShape): Record<string, unknown> | undefined {
  if (typeof jsonSchema !== 'object' || jsonSchema === null || 'file' in jsonSchema) return undefined;
  const inner = 'schema' in jsonSchema ? jsonSchema.schema : jsonSchema;
  return inner as Record<string, unknown>;
}

/** A row of the draft, whether in its dataset or in the file itself. */
export function rowsOf(draft: Draft): Row[] {
  const inline = draft.prompt['testData'];
  return Array.isArray(inline) ? (inline as Row[]) : draft.rows;
}
