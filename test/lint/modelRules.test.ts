import { describe, expect, it } from 'vitest';
import { builtinCatalog, mergeCatalog } from '../../catalog/index.ts';
import { checkRules, lintText } from './checkRules.ts';

const MESSAGES = `messages:
  - role: user
    content: Say hello.
`;

describe('lifecycle of the model', () => {
  it('warns of an announced shutdown in days, with the replacement', () => {
    const { fixed, findings } = checkRules(`
model: openai/gpt-4o-mini
       ^^^^^^^^^^^^^^^^^^ warning model.deprecated Shuts down on 14 January 2027, in 53 days. Replacement named by the provider: gpt-6-luna. As of 22 Nov 2026, developers.openai.com.
${MESSAGES}`);
    expect(fixed('Replace with gpt-6-luna')).toContain('model: openai/gpt-6-luna\n');
    expect(findings[0]).toMatchObject({
      tags: ['deprecated'],
      docs: 'docs/rules/model.deprecated.md',
      data: { model: 'gpt-4o-mini', daysLeft: 53, retiresOn: '2027-01-14', replacement: 'gpt-6-luna' },
    });
  });

  it('keeps quotes and the way the name is written', () => {
    const { fixed } = checkRules(`
model: "gpt-4o"  # the old one
       ^^^^^^^^ warning model.deprecated
${MESSAGES}`);
    expect(fixed('Replace with gpt-6-luna')).toContain('model: "gpt-6-luna"  # the old one\n');
  });

  it('calls a retired model an error and follows replacements to one that lasts', () => {
    const { fixed } = checkRules(`
model: anthropic/claude-3-5-sonnet-20241022
       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error model.retired It is on its way out itself; what lasts is claude-sonnet-5-5.
${MESSAGES}`);
    expect(fixed('Replace with claude-sonnet-5-5')).toContain('model: anthropic/claude-sonnet-5-5\n');
  });

  it('offers no fix where the provider names a phrase', () => {
    const { findings } = checkRules(`
model: openai/o1-pro
       ^^^^^^^^^^^^^ error model.retired Shut down on 23 October 2026, 30 days ago. Replacement named by the provider: gpt-5.6-sol (reasoning.mode: pro).
${MESSAGES}`);
    expect(findings[0]?.fixes).toEqual([]);
  });

  it('tells rerouting from failing', () => {
    const before = `
model: google/gemini-2.5-pro
       ^^^^^^^^^^^^^^^^^^^^^ warning model.deprecated After 1 December 2026, in 9 days, calls are answered by gemini-3.8-flash at its price.
${MESSAGES}`;
    const after = `
model: google/gemini-2.5-pro
       ^^^^^^^^^^^^^^^^^^^^^ error model.rerouted Since 1 December 2026 calls are answered by gemini-3.8-flash at its price.
${MESSAGES}`;
    const providers = ['google'];
    checkRules(before, { facts: { providers } });
    checkRules(after, { facts: { providers, today: '2027-01-05' } });
  });

  it('warns only where the date is not confirmed', () => {
    checkRules(
      `
model: vertexai/gemini-2.5-pro
       ^^^^^^^^^^^^^^^^^^^^^^^ warning model.retired not confirmed by the provider’s page
${MESSAGES}`,
      { facts: { providers: ['vertexai'] } },
    );
  });

  it('never takes a floor for a date, nor a missing date in the id for an alias', () => {
    for (const model of ['anthropic/claude-haiku-4-5-20251001', 'anthropic/claude-opus-4-6', 'openai/gpt-6-luna', 'openai/gpt-5.5'])
      expect(lintText(`model: ${model}\n${MESSAGES}`).findings, model).toEqual([]);
  });

  it('counts a fine-tuned model as what it was built on', () => {
    checkRules(`
model: openai/ft:gpt-4o-mini-2024-07-18:acme::abc
       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning model.deprecated It is built on gpt-4o-mini-2024-07-18.
${MESSAGES}`);
  });

  it('goes by a refreshed catalog', () => {
    const row = builtinCatalog().get('openai', 'gpt-6-luna');
    if (!row) throw new Error('gpt-6-luna is not in the catalog');
    const catalog = mergeCatalog(builtinCatalog(), [{ ...row, retiresOn: '2026-12-24', retirementKind: 'exact', asOf: '2026-11-22' }]);
    checkRules(
      `
model: openai/gpt-6-luna
       ^^^^^^^^^^^^^^^^^ warning model.deprecated in 32 days
${MESSAGES}`,
      { catalog },
    );
  });
});

describe('the name of the model', () => {
  it('pins an alias to its snapshot', () => {
    const { fixed } = checkRules(`
model: anthropic/claude-haiku-4-5
       ^^^^^^^^^^^^^^^^^^^^^^^^^^ info model.rolling-alias what answers can change
${MESSAGES}`);
    expect(fixed('Pin to claude-haiku-4-5-20251001')).toContain('model: anthropic/claude-haiku-4-5-20251001\n');
    checkRules(`
model: sandbox/extractor-latest
       ^^^^^^^^^^^^^^^^^^^^^^^^ info model.rolling-alias Pinned today it is extractor-2026-10.
${MESSAGES}`);
  });

  it('offers what is written alike for a model it does not have', () => {
    const { fixed } = checkRules(`
model: openai/gpt-6-lunar
       ^^^^^^^^^^^^^^^^^^ info model.unknown The catalog has no model \`gpt-6-lunar\` of openai. Written alike: gpt-6-luna
${MESSAGES}`);
    expect(fixed('Change to gpt-6-luna')).toContain('model: openai/gpt-6-luna\n');
  });

  it('says nothing of models it cannot know', () => {
    const providers = ['openai', 'local', 'azure', 'bedrock', 'xai', 'mistral', 'openrouter'];
    for (const model of [
      'local/llama3:8b',
      'azure/triage-prod',
      'bedrock/anthropic.claude-opus-4-7',
      'xai/grok-4.3',
      'mistral/mistral-small-2603',
      'mistral/something-new',
      'openrouter/anthropic/claude-3-opus-20240229',
      'openai/gpt-5.4-mini',
    ])
      expect(lintText(`model: ${model}\n${MESSAGES}`, { facts: { providers } }).findings, model).toEqual([]);
  });

  it('knows the providers of the workspace', () => {
    const { fixed } = checkRules(`
model: opnai/gpt-6-luna
       ^^^^^^^^^^^^^^^^ warning model.unknown-provider No provider is called \`opnai\`.
${MESSAGES}`);
    expect(fixed('Change to openai')).toContain('model: openai/gpt-6-luna\n');
    checkRules(`
model: our triage model
       ^^^^^^^^^^^^^^^^ warning model.unknown-provider names no provider
${MESSAGES}`);
  });

  it('remarks that no model is named anywhere', () => {
    checkRules(
      `
name: greeting
^^^^ info model.missing
${MESSAGES}`,
      { facts: { defaultModel: undefined } },
    );
    checkRules(`name: greeting\n${MESSAGES}`);
  });
});

describe('model.unsupported-parameter', () => {
  it('removes what the model does not take, in either form of map', () => {
    const flow = checkRules(`
model: anthropic/claude-sonnet-5-5
modelParameters: { temperature: 0, maxTokens: 400, seed: 1 }
                   ^^^^^^^^^^^^^^ warning model.unsupported-parameter claude-sonnet-5-5 does not take this \`temperature\`.
                                                   ^^^^^^^ warning model.unsupported-parameter no such parameter
${MESSAGES}`);
    expect(flow.fixed('Remove `temperature`')).toContain('modelParameters: { maxTokens: 400, seed: 1 }\n');
    expect(flow.fixed('Remove `seed`')).toContain('modelParameters: { temperature: 0, maxTokens: 400 }\n');
    const block = checkRules(`
model: openai/o3-2025-04-16
       ^^^^^^^^^^^^^^^^^^^^ warning model.deprecated
modelParameters:
  top_p: 0.9   # careful
  ^^^^^ hint model.dropped-parameter Write \`topP\`
  ^^^^^^^^^^ warning model.unsupported-parameter this \`top_p\`
  max_tokens: 400
  ^^^^^^^^^^ hint model.dropped-parameter Write \`maxTokens\`
${MESSAGES}`);
    expect(block.fixed('Remove `top_p`')).toContain('modelParameters:\n  max_tokens: 400\nmessages:');
  });

  it('goes by the default model where the file names none', () => {
    checkRules(
      `
modelParameters:
  topK: 5
  ^^^^^^^ warning model.unsupported-parameter
${MESSAGES}`,
      { facts: { defaultModel: 'openai/gpt-6-luna' } },
    );
  });
});
