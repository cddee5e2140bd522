import { describe, expect, it } from 'vitest';
import type { ParameterName } from '../../prompts-schema/index.ts';
import type { Json } from '../../safety/index.ts';
import { normalizeModelName, unsupportedParameter } from '../../catalog/index.ts';

const CASES: ReadonlyArray<readonly [model: string, parameter: ParameterName, settings: Record<string, Json>, refused: boolean]> = [
  ['openai/gpt-4o', 'temperature', { temperature: 0 }, false],
  ['openai/o3', 'temperature', { temperature: 0 }, true],
  ['openai/o3', 'temperature', { temperature: 1 }, false],
  ['openai/gpt-5-mini', 'topP', { topP: 0.5 }, true],
  ['openai/gpt-5-mini-2025-08-07', 'temperature', { temperature: 0.2 }, true],
  ['openai/gpt-5-chat-latest', 'temperature', { temperature: 0.2 }, false],
  ['openai/gpt-5.1', 'temperature', { temperature: 0.2 }, false],
  ['openai/gpt-5.1', 'temperature', { temperature: 0.2, reasoningEffort: 'low' }, true],
  ['openai/gpt-5.6-luna', 'temperature', { temperature: 0.2 }, true],
  ['openai/gpt-5.6-luna', 'temperature', { temperature: 0.2, reasoningEffort: 'none' }, false],
  ['openai/gpt-6-astra', 'temperature', { temperature: 0.2 }, true],
  ['openai/gpt-6-luna', 'temperature', { temperature: 0.2 }, false],
  ['openai/gpt-4o', 'reasoningEffort', { reasoningEffort: 'low' }, true],
  ['openai/o4-mini', 'reasoningEffort', { reasoningEffort: 'low' }, false],
  ['openai/o4-mini', 'stop', { stop: ['x'] }, true],
  ['openai/gpt-4o', 'topK', { topK: 5 }, true],
  ['anthropic/claude-haiku-4-5', 'topK', { topK: 5 }, false],
  ['anthropic/claude-haiku-4-5', 'seed', { seed: 5 }, true],
  ['anthropic/claude-haiku-4-5', 'topP', { topP: 0.9 }, false],
  ['anthropic/claude-haiku-4-5', 'topP', { topP: 0.9, temperature: 0 }, true],
  ['anthropic/claude-sonnet-4-6', 'temperature', { temperature: 0 }, false],
  ['anthropic/claude-opus-4-7', 'temperature', { temperature: 0 }, true],
  ['anthropic/claude-sonnet-5-5', 'temperature', { temperature: 1 }, false],
  ['google/gemini-3.5-flash', 'topK', { topK: 5 }, false],
  ['sandbox/extractor-2026-10', 'temperature', { temperature: 0 }, false],
  ['ours/gpt-5', 'temperature', { temperature: 0 }, false],
];

describe('unsupportedParameter', () => {
  it.each(CASES)('%s %s with %j: refused %s', (model, parameter, settings, refused) => {
    const found = unsupportedParameter(normalizeModelName(model), parameter, new Map(Object.entries(settings)));
    expect(found !== undefined).toBe(refused);
  });
});
