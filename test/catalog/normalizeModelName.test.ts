import { describe, expect, it } from 'vitest';
import { builtinCatalog, findModel, normalizeModelName } from '../../catalog/index.ts';

const NAMES: ReadonlyArray<readonly [written: string, platform: string | undefined, id: string, provider: string | undefined]> = [
  ['openai/gpt-4o', 'openai', 'gpt-4o', 'openai'],
  ['gpt-4o', 'openai', 'gpt-4o', undefined],
  [' openai/gpt-4o ', 'openai', 'gpt-4o', 'openai'],
  ['xai/grok-3', 'xai', 'grok-3', 'xai'],
  ['mistral-ai/mistral-large-2411', 'mistral', 'mistral-large-2411', 'mistral-ai'],
  ['azureml://registries/azure-openai/models/gpt-4o/versions/2024-11-20', 'azure-openai', 'gpt-4o@2024-11-20', undefined],
  ['azureml://registries/azureml-meta/models/Llama-3/versions/2', undefined, 'Llama-3@2', undefined],
  ['gpt-35-turbo', 'azure-openai', 'gpt-35-turbo', undefined],
  ['azure/my-deployment', undefined, 'my-deployment', 'azure'],
  ['azure:chat:my-deployment', undefined, 'my-deployment', 'azure'],
  ['azure/gpt-4o@2024-08-06', 'azure-openai', 'gpt-4o@2024-08-06', 'azure'],
  ['anthropic.claude-3-5-sonnet-20241022-v2:0', 'bedrock', 'claude-3-5-sonnet-20241022', undefined],
  ['us.anthropic.claude-3-5-sonnet-20241022-v2:0', 'bedrock', 'claude-3-5-sonnet-20241022', undefined],
  ['bedrock:global.anthropic.claude-opus-4-7', 'bedrock', 'claude-opus-4-7', 'bedrock'],
  [
    'arn:aws:bedrock:us-east-1:111122223333:inference-profile/eu.anthropic.claude-haiku-4-5-20251001-v1:0',
    'bedrock',
    'claude-haiku-4-5-20251001',
    'bedrock',
  ],
  ['claude-sonnet-4-5@20250929', 'google-vertex', 'claude-sonnet-4-5-20250929', undefined],
  ['publishers/anthropic/models/claude-opus-4-6', 'google-vertex', 'claude-opus-4-6', 'anthropic'],
  ['vertexai/gemini-2.5-pro', 'google-vertex', 'gemini-2.5-pro', 'vertexai'],
  ['models/gemini-2.5-flash', 'google', 'gemini-2.5-flash', undefined],
  ['googleai/gemini-2.5-flash', 'google', 'gemini-2.5-flash', 'googleai'],
  ['google:gemini-2.5-pro', 'google', 'gemini-2.5-pro', 'google'],
  ['openai:gpt-4o', 'openai', 'gpt-4o', 'openai'],
  ['openai:chat:gpt-4o', 'openai', 'gpt-4o', 'openai'],
  ['openai:responses:gpt-5', 'openai', 'gpt-5', 'openai'],
  ['anthropic:messages:claude-opus-4-6', 'anthropic', 'claude-opus-4-6', 'anthropic'],
  ['openai/gpt-4o:extended', 'openai', 'gpt-4o', 'openai'],
  ['anthropic/claude-sonnet-4.5', 'anthropic', 'claude-sonnet-4-5', 'anthropic'],
  ['anthropic/claude-2.1', 'anthropic', 'claude-2.1', 'anthropic'],
  ['openrouter/anthropic/claude-sonnet-5:free', undefined, 'anthropic/claude-sonnet-5', 'openrouter'],
  ['sandbox/extractor-2026-08', 'sandbox', 'extractor-2026-08', 'sandbox'],
  ['llama3:8b', undefined, 'llama3:8b', undefined],
  ['ollama/llama3:8b', undefined, 'llama3:8b', 'ollama'],
  ['our triage model', undefined, 'our triage model', undefined],
  ['constructor/gpt-4o', undefined, 'gpt-4o', 'constructor'],
  ['file://provider.py', undefined, 'file://provider.py', undefined],
  ['https://llm.example.com/v1', undefined, 'https://llm.example.com/v1', undefined],
  ['', undefined, '', undefined],
  ['/', undefined, '/', undefined],
];

describe('normalizeModelName', () => {
  it.each(NAMES)('%s', (written, platform, id, provider) => {
    expect(normalizeModelName(written)).toEqual({ written: written.trim(), platform, id, provider, fineTuned: false });
  });

  it('reads a fine-tuned model as what it was built on', () => {
    const found = normalizeModelName('openai/ft:gpt-4o-mini-2024-07-18:acme::abc123');
    expect(found).toMatchObject({ platform: 'openai', id: 'gpt-4o-mini-2024-07-18', fineTuned: true });
    expect(normalizeModelName('ft:gpt-4o-mini-2024-07-18:acme::abc123')).toMatchObject({ id: 'gpt-4o-mini-2024-07-18', fineTuned: true });
  });
});

describe('findModel', () => {
  it('finds the same row under every spelling', () => {
    for (const name of ['gpt-4o', 'openai/gpt-4o', 'openai:chat:gpt-4o', 'OpenAI/GPT-4o']) {
      const found = findModel(name, builtinCatalog());
      expect(found.unknown ? undefined : found.model.id, name).toBe('gpt-4o');
    }
  });

  it('keeps platforms apart: a model of Anthropic on Bedrock has no dates, but limits', () => {
    const found = findModel('bedrock/anthropic.claude-opus-4-7', builtinCatalog());
    expect(found).toMatchObject({ unknown: true, elsewhere: { platform: 'anthropic', id: 'claude-opus-4-7' }, nearest: [] });
  });

  it('names what is written alike', () => {
    expect(findModel('openai/gpt-4o-mnii', builtinCatalog())).toMatchObject({
      unknown: true,
      exists: false,
      nearest: ['gpt-4o-mini', expect.anything(), expect.anything()],
    });
  });

  it('knows that a model exists of which it has no dates', () => {
    expect(findModel('xai/grok-4.3', builtinCatalog())).toMatchObject({ unknown: true, exists: true, nearest: [] });
  });
});
