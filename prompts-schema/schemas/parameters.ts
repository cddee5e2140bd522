import * as z from 'zod';
import type { ParameterName } from '../document.ts';

/** What is known of one model parameter. */
export interface ParameterInfo {
  readonly name: ParameterName;
  /** Every way it is written in files, the canonical one first. */
  readonly spellings: readonly string[];
  /** Type, range and doc in one. */
  readonly schema: z.ZodType;
}

/** The parameters that prompt files may set, by canonical name. What a given model takes is the catalog's business. */
export const PARAMETERS: { readonly [name in ParameterName]: ParameterInfo } = {
  maxTokens: {
    name: 'maxTokens',
    spellings: ['maxTokens', 'max_tokens', 'maxCompletionTokens', 'max_completion_tokens', 'maxOutputTokens', 'max_output_tokens'],
    schema: z
      .int()
      .min(1)
      .meta({ description: 'The longest answer allowed, in tokens. An answer cut here ends with finish reason `length`.' }),
  },
  temperature: {
    name: 'temperature',
    spellings: ['temperature'],
    schema: z.number().min(0).max(2).meta({
      description: 'How freely the model draws: 0 is nearly the same answer each time. Several newer models take no temperature.',
    }),
  },
  topP: {
    name: 'topP',
    spellings: ['topP', 'top_p'],
    schema: z.number().min(0).max(1).meta({
      description: 'Draw only among the likeliest tokens that together have this probability. Set this or `temperature`, not both.',
    }),
  },
  topK: {
    name: 'topK',
    spellings: ['topK', 'top_k'],
    schema: z.int().min(0).meta({ description: 'Draw only among this many likeliest tokens.' }),
  },
  stop: {
    name: 'stop',
    spellings: ['stop', 'stopSequences', 'stop_sequences'],
    schema: z
      .union([z.string(), z.array(z.string())])
      .meta({ description: 'Text that ends the answer when the model writes it; one or a list.' }),
  },
  seed: {
    name: 'seed',
    spellings: ['seed'],
    schema: z.int().meta({ description: 'Asks the provider to draw the same way again. A wish, not a promise.' }),
  },
  frequencyPenalty: {
    name: 'frequencyPenalty',
    spellings: ['frequencyPenalty', 'frequency_penalty'],
    schema: z.number().min(-2).max(2).meta({ description: 'Makes words less likely the more often they were used.' }),
  },
  presencePenalty: {
    name: 'presencePenalty',
    spellings: ['presencePenalty', 'presence_penalty'],
    schema: z.number().min(-2).max(2).meta({ description: 'Makes words less likely once they were used.' }),
  },
  reasoningEffort: {
    name: 'reasoningEffort',
    spellings: ['reasoningEffort', 'reasoning_effort'],
    schema: z.string().meta({
      description:
        'How long a reasoning model thinks before it answers, such as `low`, `medium` or `high`; models differ in the levels they know.',
      examples: ['minimal', 'low', 'medium', 'high'],
    }),
  },
};

/** The parameter that is written like this, or undefined. */
export function parameterOf(writtenName: string): ParameterInfo | undefined {
  return BY_SPELLING.get(writtenName);
}

/** Every spelling of every parameter. */
export function parameterSpellings(): readonly string[] {
  return [...BY_SPELLING.keys()];
}

const BY_SPELLING: ReadonlyMap<string, ParameterInfo> = new Map(
  Object.values(PARAMETERS).flatMap((parameter) => parameter.spellings.map((spelling) => [spelling, parameter] as const)),
);
