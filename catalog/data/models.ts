import type { ModelFacts } from '../model.ts';

/** The day on which every row below was read. */
export const AS_OF = '2026-11-22';

const OPENAI = 'https://developers.openai.com/api/docs/deprecations';
const OPENAI_MODELS = 'https://developers.openai.com/api/docs/models';
const ANTHROPIC = 'https://platform.claude.com/docs/en/about-claude/model-deprecations';
const GOOGLE = 'https://ai.google.dev/gemini-api/docs/deprecations';
const VERTEX = 'https://cloud.google.com/vertex-ai/generative-ai/docs/learn/model-versions';
const XAI = 'https://docs.x.ai/developers/migration/may-15-retirement';
const AZURE = 'https://learn.microsoft.com/azure/ai-foundry/openai/concepts/legacy-models';
const MISTRAL = 'https://docs.mistral.ai/guides/model-selection';
const BRAINTRUST = 'https://github.com/braintrustdata/braintrust-proxy/issues/1005';
const MAX_BOB = 'https://dev.to/max_bob';
const IMPORTSTATIC = 'https://dev.to/importstatic';
const AIDRIFTLINE = 'https://dev.to/aidriftline';
const LEIGHEFFORD = 'https://dev.to/leighefford';
const LEIGHEFFORD_OPENAI = 'https://dev.to/leighefford/retiring-ai-models-a-pre-flight-checklist-first-openai-batch-goes-23-oct-5dc9';
const AIDEPRECATIONS_OPENAI = 'https://dev.to/aideprecations/what-to-do-before-openai-gpt-5-and-o3-shut-down-on-december-11-2026-fap';
const AIDEPRECATIONS_GOOGLE = 'https://dev.to/aideprecations/what-to-do-before-gemini-25-pro-and-25-flash-are-retired-on-december-1-2026-5gg9';
const SPYBARA_APRIL = 'https://spybara.com/openai/api/history/docs/en/2026-04-22-0555..2026-04-23-0556/';
const SPYBARA_MAY = 'https://spybara.com/openai/api/history/docs/en/2026-05-12-1857..2026-05-14-2100/';
const AKARANJKAR08 = 'https://dev.to/akaranjkar08/gemini-api-shutdowns-30-sept-omni-flash-preview-migration-guide-2jae';
const SANDBOX = 'local';
const FINE_TUNES = 'Fine-tuned models built on it stop the same day.';
const AZURE_DATES = 'Azure keeps its own dates; name@version is model and version of a deployment.';
const VERTEX_DATES = 'Vertex AI keeps its own dates.';
const ALIAS_STOPS_TOO = 'The provider’s page names the dated snapshots; the alias is taken to stop with them.';
const APPROXIMATE_NOTICE = 'The day of the announcement is approximate.';
const PINNED = 'The id has no date but is a pinned snapshot.';
const REPLACEMENT_MOVED = 'The replacement that the provider names has changed before.';
const LEFT_LIST = 'Left the provider’s list of current models; no shutdown date was known on 2026-10-04.';
const NEWER_REPLACEMENT = 'A newer copy of the page may name a gpt-6 model as replacement.';
const AS_SNAPSHOT = 'Dates are those of the snapshot it stands for.';
const STAND_IN = 'Evenkeel’s local stand-in, not a language model; it needs no key.';

/**
 * Dated facts about models, one row a model and platform: dates differ from platform to platform. Read from the providers' own pages,
 * or (`via`) from somebody who relays them. Context windows are those of @pydantic/genai-prices 0.1.8; a test holds them together.
 */
export const MODELS: readonly ModelFacts[] = [
  ...on('openai', OPENAI, 'error', [
    { id: 'chatgpt-4o-latest', kind: 'rolling-alias', family: 'chatgpt-4o', released: '2024-08-14', retiresOn: '2026-02-17', replacement: 'gpt-5.2 family', contextWindow: 128_000, via: 'https://github.com/orgs/cometapi-dev/discussions/71', confidence: 'relayed' },
    { id: 'chatgpt-image-latest', kind: 'rolling-alias', family: 'chatgpt-image', deprecatedOn: '2026-06-02', retiresOn: '2026-12-01', replacement: 'gpt-image-2.6-sunburst or gpt-image-2.6-flare' },
    { id: 'computer-use-preview', kind: 'alias', family: 'computer-use', deprecatedOn: '2026-04-22', retiresOn: '2026-07-23', replacement: 'gpt-5.4-mini', contextWindow: 8_192, via: SPYBARA_APRIL, confidence: 'relayed' },
    { id: 'computer-use-preview-2025-03-11', kind: 'snapshot', family: 'computer-use', deprecatedOn: '2026-04-22', retiresOn: '2026-07-23', replacement: 'gpt-5.4-mini', contextWindow: 8_192, via: SPYBARA_APRIL, confidence: 'relayed' },
    { id: 'gpt-3.5-turbo', kind: 'alias', deprecatedOn: '2026-04-22', retiresOn: '2026-10-23', replacement: 'gpt-5.6-terra', contextWindow: 16_385, via: IMPORTSTATIC, confidence: 'relayed' },
    { id: 'gpt-3.5-turbo-0125', kind: 'snapshot', family: 'gpt-3.5-turbo', released: '2024-01-25', deprecatedOn: '2026-04-22', retiresOn: '2026-10-23', replacement: 'gpt-5.6-terra', contextWindow: 16_385, via: IMPORTSTATIC, confidence: 'relayed' },
    { id: 'gpt-3.5-turbo-0301', kind: 'snapshot', family: 'gpt-3.5-turbo', released: '2023-03-01', deprecatedOn: '2023-06-13', retiresOn: '2024-09-13', replacement: 'gpt-3.5-turbo', confidence: 'unverified' },
    { id: 'gpt-3.5-turbo-0613', kind: 'snapshot', family: 'gpt-3.5-turbo', released: '2023-06-13', deprecatedOn: '2023-11-06', retiresOn: '2024-09-13', replacement: 'gpt-3.5-turbo', contextWindow: 16_385, confidence: 'unverified' },
    { id: 'gpt-3.5-turbo-16k-0613', kind: 'snapshot', family: 'gpt-3.5-turbo-16k', released: '2023-06-13', deprecatedOn: '2023-11-06', retiresOn: '2024-09-13', replacement: 'gpt-3.5-turbo', contextWindow: 16_385, confidence: 'unverified' },
    { id: 'gpt-4', kind: 'alias', deprecatedOn: '2026-04-22', retiresOn: '2026-10-23', replacement: 'gpt-5.6-sol', contextWindow: 8_192, via: IMPORTSTATIC, confidence: 'relayed' },
    { id: 'gpt-4-0314', kind: 'snapshot', family: 'gpt-4', released: '2023-03-14', deprecatedOn: '2023-06-13', retiresOn: '2024-06-13', replacement: 'gpt-4 / gpt-4-turbo', contextWindow: 8_192, confidence: 'unverified' },
    { id: 'gpt-4-0613', kind: 'snapshot', family: 'gpt-4', released: '2023-06-13', deprecatedOn: '2026-04-22', retiresOn: '2026-10-23', replacement: 'gpt-5.6-sol', contextWindow: 8_192, via: IMPORTSTATIC, confidence: 'relayed' },
    { id: 'gpt-4-1106-preview', kind: 'snapshot', family: 'gpt-4-1106', released: '2023-11-06', deprecatedOn: '2026-04-22', retiresOn: '2026-10-23', replacement: 'gpt-5.6-sol', contextWindow: 128_000, via: IMPORTSTATIC, confidence: 'relayed' },
    { id: 'gpt-4-turbo', kind: 'alias', deprecatedOn: '2026-04-22', retiresOn: '2026-10-23', replacement: 'gpt-5.6-sol', contextWindow: 128_000, via: IMPORTSTATIC, confidence: 'relayed' },
    { id: 'gpt-4-turbo-2024-04-09', kind: 'snapshot', family: 'gpt-4-turbo', released: '2024-04-09', deprecatedOn: '2026-04-22', retiresOn: '2026-10-23', replacement: 'gpt-5.6-sol', contextWindow: 128_000, via: IMPORTSTATIC, confidence: 'relayed' },
    { id: 'gpt-4.1', kind: 'alias', aliasOf: 'gpt-4.1-2025-04-14', released: '2025-04-14', deprecatedOn: '2026-10-14', retiresOn: '2027-01-14', replacement: 'gpt-6-luna', contextWindow: 1_000_000, via: MAX_BOB, confidence: 'relayed', note: ALIAS_STOPS_TOO },
    { id: 'gpt-4.1-2025-04-14', kind: 'snapshot', family: 'gpt-4.1', released: '2025-04-14', deprecatedOn: '2026-10-14', retiresOn: '2027-01-14', replacement: 'gpt-6-luna', contextWindow: 1_000_000, via: LEIGHEFFORD_OPENAI, confidence: 'relayed', note: FINE_TUNES },
    { id: 'gpt-4.1-mini', kind: 'alias', aliasOf: 'gpt-4.1-mini-2025-04-14', released: '2025-04-14', deprecatedOn: '2026-10-14', retiresOn: '2027-01-14', replacement: 'gpt-6-luna', contextWindow: 1_000_000, via: MAX_BOB, confidence: 'relayed', note: ALIAS_STOPS_TOO },
    { id: 'gpt-4.1-mini-2025-04-14', kind: 'snapshot', family: 'gpt-4.1-mini', released: '2025-04-14', deprecatedOn: '2026-10-14', retiresOn: '2027-01-14', replacement: 'gpt-6-luna', contextWindow: 1_000_000, via: LEIGHEFFORD_OPENAI, confidence: 'relayed', note: FINE_TUNES },
    { id: 'gpt-4.1-nano', kind: 'alias', deprecatedOn: '2026-04-22', retiresOn: '2026-10-23', replacement: 'gpt-5.6-luna', contextWindow: 1_000_000, via: IMPORTSTATIC, confidence: 'relayed' },
    { id: 'gpt-4.1-nano-2025-04-14', kind: 'snapshot', family: 'gpt-4.1-nano', released: '2025-04-14', deprecatedOn: '2026-04-22', retiresOn: '2026-10-23', replacement: 'gpt-5.6-luna', contextWindow: 1_000_000, via: IMPORTSTATIC, confidence: 'relayed' },
    { id: 'gpt-4o', kind: 'alias', aliasOf: 'gpt-4o-2024-08-06', released: '2024-05-13', deprecatedOn: '2026-10-14', retiresOn: '2027-01-14', replacement: 'gpt-6-luna', contextWindow: 128_000, via: MAX_BOB, confidence: 'relayed', note: ALIAS_STOPS_TOO },
    { id: 'gpt-4o-2024-05-13', kind: 'snapshot', family: 'gpt-4o', released: '2024-05-13', deprecatedOn: '2026-04-22', retiresOn: '2026-10-23', replacement: 'gpt-5.6-sol', contextWindow: 128_000, via: IMPORTSTATIC, confidence: 'relayed' },
    { id: 'gpt-4o-2024-08-06', kind: 'snapshot', family: 'gpt-4o', released: '2024-08-06', deprecatedOn: '2026-10-14', retiresOn: '2027-01-14', replacement: 'gpt-6-luna', contextWindow: 128_000, via: LEIGHEFFORD_OPENAI, confidence: 'relayed', note: FINE_TUNES },
    { id: 'gpt-4o-2024-11-20', kind: 'snapshot', family: 'gpt-4o', released: '2024-11-20', deprecatedOn: '2026-10-14', retiresOn: '2027-01-14', replacement: 'gpt-6-luna', contextWindow: 128_000, via: LEIGHEFFORD_OPENAI, confidence: 'relayed', note: FINE_TUNES },
    { id: 'gpt-4o-audio', kind: 'alias', retiresOn: '2027-01-20', via: AIDRIFTLINE, confidence: 'relayed' },
    { id: 'gpt-4o-audio-preview-2024-12-17', kind: 'snapshot', family: 'gpt-4o-audio', deprecatedOn: '2026-04-22', retiresOn: '2026-07-23', replacement: 'gpt-audio', contextWindow: 128_000, via: SPYBARA_APRIL, confidence: 'relayed' },
    { id: 'gpt-4o-mini', kind: 'alias', aliasOf: 'gpt-4o-mini-2024-07-18', released: '2024-07-18', deprecatedOn: '2026-10-14', retiresOn: '2027-01-14', replacement: 'gpt-6-luna', contextWindow: 128_000, via: MAX_BOB, confidence: 'relayed', note: ALIAS_STOPS_TOO },
    { id: 'gpt-4o-mini-2024-07-18', kind: 'snapshot', family: 'gpt-4o-mini', released: '2024-07-18', deprecatedOn: '2026-10-14', retiresOn: '2027-01-14', replacement: 'gpt-6-luna', contextWindow: 128_000, via: LEIGHEFFORD_OPENAI, confidence: 'relayed', note: FINE_TUNES },
    { id: 'gpt-4o-mini-search-preview-2025-03-11', kind: 'snapshot', family: 'gpt-4o-mini-search', deprecatedOn: '2026-04-22', retiresOn: '2026-07-23', replacement: 'gpt-4.1-mini', contextWindow: 128_000, via: SPYBARA_APRIL, confidence: 'relayed' },
    { id: 'gpt-4o-mini-transcribe', kind: 'alias', retiresOn: '2027-02-26', contextWindow: 16_000, via: AIDRIFTLINE, confidence: 'relayed' },
    { id: 'gpt-4o-mini-tts', kind: 'alias', retiresOn: '2027-01-06', via: AIDRIFTLINE, confidence: 'relayed' },
    { id: 'gpt-4o-realtime', kind: 'alias', retiresOn: '2027-01-20', contextWindow: 32_000, via: AIDRIFTLINE, confidence: 'relayed' },
    { id: 'gpt-4o-search-preview-2025-03-11', kind: 'snapshot', family: 'gpt-4o-search', deprecatedOn: '2026-04-22', retiresOn: '2026-07-23', replacement: 'gpt-4.1-mini', contextWindow: 128_000, via: SPYBARA_APRIL, confidence: 'relayed' },
    { id: 'gpt-4o-transcribe', kind: 'alias', retiresOn: '2027-02-26', contextWindow: 16_000, via: AIDRIFTLINE, confidence: 'relayed' },
    { id: 'gpt-4o-transcribe-diarize', kind: 'alias', retiresOn: '2027-02-26', contextWindow: 16_000, via: AIDRIFTLINE, confidence: 'relayed' },
    { id: 'gpt-5', kind: 'alias', released: '2025-08-07', deprecatedOn: '2026-06-11', retiresOn: '2026-12-11', replacement: 'gpt-6.1-sol', contextWindow: 400_000, note: REPLACEMENT_MOVED },
    { id: 'gpt-5-2025-08-07', kind: 'snapshot', family: 'gpt-5', released: '2025-08-07', deprecatedOn: '2026-06-11', retiresOn: '2026-12-11', replacement: 'gpt-6.1-sol', contextWindow: 400_000, note: REPLACEMENT_MOVED },
    { id: 'gpt-5-chat-latest', kind: 'rolling-alias', family: 'gpt-5-chat', deprecatedOn: '2026-04-22', retiresOn: '2026-07-23', replacement: 'gpt-5.3-chat-latest', contextWindow: 400_000, via: SPYBARA_APRIL, confidence: 'relayed' },
    { id: 'gpt-5-codex', kind: 'alias', deprecatedOn: '2026-04-22', retiresOn: '2026-07-23', replacement: 'gpt-5.4', contextWindow: 400_000, via: SPYBARA_APRIL, confidence: 'relayed' },
    { id: 'gpt-5-mini', kind: 'alias', released: '2025-08-07', deprecatedOn: '2026-06-11', retiresOn: '2026-12-11', replacement: 'gpt-6.1-terra', contextWindow: 400_000, note: REPLACEMENT_MOVED },
    { id: 'gpt-5-mini-2025-08-07', kind: 'snapshot', family: 'gpt-5-mini', released: '2025-08-07', deprecatedOn: '2026-06-11', retiresOn: '2026-12-11', replacement: 'gpt-6.1-terra', contextWindow: 400_000, note: REPLACEMENT_MOVED },
    { id: 'gpt-5-nano', kind: 'alias', released: '2025-08-07', deprecatedOn: '2026-06-11', retiresOn: '2026-12-11', replacement: 'gpt-5.6-luna', contextWindow: 400_000, via: AIDEPRECATIONS_OPENAI, confidence: 'relayed', note: NEWER_REPLACEMENT },
    { id: 'gpt-5-nano-2025-08-07', kind: 'snapshot', family: 'gpt-5-nano', released: '2025-08-07', deprecatedOn: '2026-06-11', retiresOn: '2026-12-11', replacement: 'gpt-5.6-luna', contextWindow: 400_000, via: AIDEPRECATIONS_OPENAI, confidence: 'relayed', note: NEWER_REPLACEMENT },
    { id: 'gpt-5-pro', kind: 'alias', released: '2025-10-06', deprecatedOn: '2026-06-11', retiresOn: '2026-12-11', replacement: 'gpt-5.6-sol (reasoning.mode: pro)', contextWindow: 400_000, via: AIDEPRECATIONS_OPENAI, confidence: 'relayed' },
    { id: 'gpt-5-pro-2025-10-06', kind: 'snapshot', family: 'gpt-5-pro', released: '2025-10-06', deprecatedOn: '2026-06-11', retiresOn: '2026-12-11', replacement: 'gpt-5.6-sol (reasoning.mode: pro)', contextWindow: 400_000, via: AIDEPRECATIONS_OPENAI, confidence: 'relayed' },
    { id: 'gpt-5.1', kind: 'alias', released: '2025-11-13', deprecatedOn: '2026-10-01', retiresOn: '2027-04-01', contextWindow: 400_000, via: MAX_BOB, confidence: 'relayed', note: APPROXIMATE_NOTICE },
    { id: 'gpt-5.1-2025-11-13', kind: 'snapshot', family: 'gpt-5.1', released: '2025-11-13', deprecatedOn: '2026-10-01', retiresOn: '2027-04-01', contextWindow: 400_000, via: MAX_BOB, confidence: 'inferred', note: APPROXIMATE_NOTICE },
    { id: 'gpt-5.1-chat-latest', kind: 'rolling-alias', family: 'gpt-5.1-chat', deprecatedOn: '2026-04-22', retiresOn: '2026-07-23', replacement: 'gpt-5.3-chat-latest', contextWindow: 400_000, via: SPYBARA_APRIL, confidence: 'relayed' },
    { id: 'gpt-5.1-codex', kind: 'alias', deprecatedOn: '2026-04-22', retiresOn: '2026-07-23', replacement: 'gpt-5', contextWindow: 400_000, via: SPYBARA_APRIL, confidence: 'relayed' },
    { id: 'gpt-5.1-codex-max', kind: 'alias', deprecatedOn: '2026-04-22', retiresOn: '2026-07-23', replacement: 'gpt-5.4', contextWindow: 400_000, via: SPYBARA_APRIL, confidence: 'relayed' },
    { id: 'gpt-5.1-codex-mini', kind: 'alias', deprecatedOn: '2026-04-22', retiresOn: '2026-07-23', replacement: 'gpt-5.4-mini', contextWindow: 400_000, via: SPYBARA_APRIL, confidence: 'relayed' },
    { id: 'gpt-5.2', kind: 'alias', released: '2025-12-11', contextWindow: 400_000, source: OPENAI_MODELS, confidence: 'relayed' },
    { id: 'gpt-5.2-chat-latest', kind: 'rolling-alias', family: 'gpt-5.2-chat', deprecatedOn: '2026-05-08', retiresOn: '2026-08-10', replacement: 'gpt-5.5', contextWindow: 400_000, via: SPYBARA_MAY, confidence: 'relayed' },
    { id: 'gpt-5.2-codex', kind: 'alias', deprecatedOn: '2026-04-22', retiresOn: '2026-07-23', replacement: 'gpt-5.4', contextWindow: 400_000, via: SPYBARA_APRIL, confidence: 'relayed' },
    { id: 'gpt-5.3-chat-latest', kind: 'rolling-alias', family: 'gpt-5.3-chat', deprecatedOn: '2026-05-08', retiresOn: '2026-08-10', replacement: 'gpt-5.5', contextWindow: 128_000, via: SPYBARA_MAY, confidence: 'relayed' },
    { id: 'gpt-5.3-codex', kind: 'alias', deprecatedOn: '2026-10-01', retiresOn: '2027-04-01', contextWindow: 400_000, via: MAX_BOB, confidence: 'relayed', note: APPROXIMATE_NOTICE },
    { id: 'gpt-5.4', kind: 'alias', aliasOf: 'gpt-5.4-2026-03-05', released: '2026-03-05', contextWindow: 1_050_000, source: OPENAI_MODELS, confidence: 'relayed' },
    { id: 'gpt-5.4-2026-03-05', kind: 'snapshot', family: 'gpt-5.4', released: '2026-03-05', contextWindow: 1_050_000, source: OPENAI_MODELS, confidence: 'relayed' },
    { id: 'gpt-5.4-nano', kind: 'alias', deprecatedOn: '2026-10-01', retiresOn: '2027-04-01', contextWindow: 400_000, via: MAX_BOB, confidence: 'relayed', note: APPROXIMATE_NOTICE },
    { id: 'gpt-5.5', kind: 'alias', contextWindow: 1_000_000, source: OPENAI_MODELS, confidence: 'relayed', note: 'Available in the API; left ChatGPT on 2026-10-14.' },
    { id: 'gpt-5.5-cyber-preview', kind: 'preview', family: 'gpt-5.5-cyber', deprecatedOn: '2026-11-05', retiresOn: '2027-02-01', replacement: 'most capable cyber model you have access to', via: 'https://www.w3cschool.cn/openai_api/openai_api-docs-deprecations.html', confidence: 'relayed' },
    { id: 'gpt-5.6-luna', kind: 'alias', contextWindow: 1_050_000, source: OPENAI_MODELS, confidence: 'relayed' },
    { id: 'gpt-5.6-sol', kind: 'alias', contextWindow: 1_050_000, source: OPENAI_MODELS, confidence: 'relayed', note: LEFT_LIST },
    { id: 'gpt-5.6-terra', kind: 'alias', contextWindow: 1_050_000, source: OPENAI_MODELS, confidence: 'relayed' },
    { id: 'gpt-6-astra', kind: 'alias', released: '2026-09-03', contextWindow: 1_050_000, source: OPENAI_MODELS, confidence: 'relayed' },
    { id: 'gpt-6-luna', kind: 'alias', released: '2026-09-22', contextWindow: 1_050_000, source: OPENAI_MODELS, confidence: 'relayed' },
    { id: 'gpt-6-sol', kind: 'alias', released: '2026-09-22', contextWindow: 1_050_000, source: OPENAI_MODELS, confidence: 'relayed', note: 'Superseded by gpt-6.1-sol; no date announced.' },
    { id: 'gpt-6.1-sol', kind: 'alias', released: '2026-09-29', source: OPENAI_MODELS, confidence: 'relayed' },
    { id: 'gpt-6.1-terra', kind: 'alias', note: 'Known only as a replacement that the provider names.' },
    { id: 'gpt-audio', kind: 'alias', retiresOn: '2027-01-20', contextWindow: 128_000, via: AIDRIFTLINE, confidence: 'relayed' },
    { id: 'gpt-image-1-mini', kind: 'alias', deprecatedOn: '2026-06-02', retiresOn: '2026-12-01', replacement: 'gpt-image-2.6-sunburst or gpt-image-2.6-flare' },
    { id: 'gpt-image-1.5', kind: 'alias', deprecatedOn: '2026-06-02', retiresOn: '2026-12-01', replacement: 'gpt-image-2.6-sunburst or gpt-image-2.6-flare' },
    { id: 'gpt-image-1.5-2025-12-16', kind: 'snapshot', family: 'gpt-image-1.5', deprecatedOn: '2026-06-02', retiresOn: '2026-12-01', replacement: 'gpt-image-2.6-sunburst or gpt-image-2.6-flare' },
    { id: 'gpt-realtime', kind: 'alias', retiresOn: '2027-01-20', contextWindow: 32_000, via: AIDRIFTLINE, confidence: 'relayed' },
    { id: 'o1', kind: 'alias', deprecatedOn: '2026-04-22', retiresOn: '2026-10-23', replacement: 'gpt-5.6-sol', contextWindow: 200_000, via: IMPORTSTATIC, confidence: 'relayed' },
    { id: 'o1-2024-12-17', kind: 'snapshot', family: 'o1', released: '2024-12-17', deprecatedOn: '2026-04-22', retiresOn: '2026-10-23', replacement: 'gpt-5.6-sol', contextWindow: 200_000, via: IMPORTSTATIC, confidence: 'relayed' },
    { id: 'o1-pro', kind: 'alias', deprecatedOn: '2026-04-22', retiresOn: '2026-10-23', replacement: 'gpt-5.6-sol (reasoning.mode: pro)', contextWindow: 200_000, via: IMPORTSTATIC, confidence: 'relayed' },
    { id: 'o1-pro-2025-03-19', kind: 'snapshot', family: 'o1-pro', released: '2025-03-19', deprecatedOn: '2026-04-22', retiresOn: '2026-10-23', replacement: 'gpt-5.6-sol (reasoning.mode: pro)', contextWindow: 200_000, via: IMPORTSTATIC, confidence: 'relayed' },
    { id: 'o3', kind: 'alias', released: '2025-04-16', deprecatedOn: '2026-06-11', retiresOn: '2026-12-11', replacement: 'gpt-5.6-sol', contextWindow: 200_000, via: AIDEPRECATIONS_OPENAI, confidence: 'relayed' },
    { id: 'o3-2025-04-16', kind: 'snapshot', family: 'o3', released: '2025-04-16', deprecatedOn: '2026-06-11', retiresOn: '2026-12-11', replacement: 'gpt-5.6-sol', contextWindow: 200_000, via: AIDEPRECATIONS_OPENAI, confidence: 'relayed' },
    { id: 'o3-deep-research', kind: 'alias', deprecatedOn: '2026-04-22', retiresOn: '2026-07-23', replacement: 'gpt-5.4-pro', contextWindow: 200_000, via: SPYBARA_APRIL, confidence: 'relayed' },
    { id: 'o3-mini', kind: 'alias', deprecatedOn: '2026-04-22', retiresOn: '2026-10-23', replacement: 'gpt-5.6-sol', contextWindow: 200_000, via: IMPORTSTATIC, confidence: 'relayed' },
    { id: 'o3-mini-2025-01-31', kind: 'snapshot', family: 'o3-mini', released: '2025-01-31', deprecatedOn: '2026-04-22', retiresOn: '2026-10-23', replacement: 'gpt-5.6-sol', contextWindow: 200_000, via: IMPORTSTATIC, confidence: 'relayed' },
    { id: 'o3-pro', kind: 'alias', released: '2025-06-10', deprecatedOn: '2026-06-11', retiresOn: '2026-12-11', replacement: 'gpt-5.6-sol (reasoning.mode: pro)', contextWindow: 200_000, via: AIDEPRECATIONS_OPENAI, confidence: 'relayed' },
    { id: 'o3-pro-2025-06-10', kind: 'snapshot', family: 'o3-pro', released: '2025-06-10', deprecatedOn: '2026-06-11', retiresOn: '2026-12-11', replacement: 'gpt-5.6-sol (reasoning.mode: pro)', contextWindow: 200_000, via: AIDEPRECATIONS_OPENAI, confidence: 'relayed' },
    { id: 'o4-mini', kind: 'alias', deprecatedOn: '2026-04-22', retiresOn: '2026-10-23', replacement: 'gpt-5.6-terra', contextWindow: 200_000, via: IMPORTSTATIC, confidence: 'relayed' },
    { id: 'o4-mini-2025-04-16', kind: 'snapshot', family: 'o4-mini', released: '2025-04-16', deprecatedOn: '2026-04-22', retiresOn: '2026-10-23', replacement: 'gpt-5.6-terra', contextWindow: 200_000, via: IMPORTSTATIC, confidence: 'relayed' },
    { id: 'o4-mini-deep-research', kind: 'alias', deprecatedOn: '2026-04-22', retiresOn: '2026-07-23', replacement: 'gpt-5.4-pro', contextWindow: 200_000, via: SPYBARA_APRIL, confidence: 'relayed' },
    { id: 'tts-1', kind: 'alias', retiresOn: '2027-01-06', via: AIDRIFTLINE, confidence: 'relayed' },
    { id: 'tts-1-hd', kind: 'alias', retiresOn: '2027-01-06', via: AIDRIFTLINE, confidence: 'relayed' },
    { id: 'whisper-1', kind: 'alias', retiresOn: '2027-02-26', via: AIDRIFTLINE, confidence: 'relayed' },
  ]),
  ...on('anthropic', ANTHROPIC, 'error', [
    { id: 'claude-1.0', kind: 'snapshot', deprecatedOn: '2024-09-04', retiresOn: '2024-11-06', confidence: 'relayed' },
    { id: 'claude-1.1', kind: 'snapshot', deprecatedOn: '2024-09-04', retiresOn: '2024-11-06', confidence: 'relayed' },
    { id: 'claude-1.2', kind: 'snapshot', deprecatedOn: '2024-09-04', retiresOn: '2024-11-06', confidence: 'relayed' },
    { id: 'claude-1.3', kind: 'snapshot', deprecatedOn: '2024-09-04', retiresOn: '2024-11-06', confidence: 'relayed' },
    { id: 'claude-2.0', kind: 'snapshot', released: '2023-07-11', deprecatedOn: '2025-01-21', retiresOn: '2025-07-21', contextWindow: 200_000 },
    { id: 'claude-2.1', kind: 'snapshot', released: '2023-11-21', deprecatedOn: '2025-01-21', retiresOn: '2025-07-21', contextWindow: 200_000 },
    { id: 'claude-3-5-haiku-20241022', kind: 'snapshot', family: 'claude-3-5-haiku', released: '2024-11-04', deprecatedOn: '2025-12-19', retiresOn: '2026-02-19', replacement: 'claude-haiku-4-5-20251001', contextWindow: 200_000 },
    { id: 'claude-3-5-sonnet-20240620', kind: 'snapshot', family: 'claude-3-5-sonnet', released: '2024-06-20', deprecatedOn: '2025-08-13', retiresOn: '2025-10-28', replacement: 'claude-sonnet-4-5-20250929', contextWindow: 200_000 },
    { id: 'claude-3-5-sonnet-20241022', kind: 'snapshot', family: 'claude-3-5-sonnet', released: '2024-10-22', deprecatedOn: '2025-08-13', retiresOn: '2025-10-28', replacement: 'claude-sonnet-4-5-20250929', contextWindow: 200_000 },
    { id: 'claude-3-7-sonnet-20250219', kind: 'snapshot', family: 'claude-3-7-sonnet', released: '2025-02-24', deprecatedOn: '2025-10-28', retiresOn: '2026-02-19', replacement: 'claude-sonnet-4-5-20250929', contextWindow: 200_000 },
    { id: 'claude-3-haiku-20240307', kind: 'snapshot', family: 'claude-3-haiku', released: '2024-03-13', deprecatedOn: '2026-02-19', retiresOn: '2026-04-20', replacement: 'claude-haiku-4-5-20251001', contextWindow: 200_000 },
    { id: 'claude-3-opus-20240229', kind: 'snapshot', family: 'claude-3-opus', released: '2024-03-04', deprecatedOn: '2025-06-30', retiresOn: '2026-01-05', replacement: 'claude-opus-4 family', contextWindow: 200_000 },
    { id: 'claude-3-sonnet-20240229', kind: 'snapshot', family: 'claude-3-sonnet', released: '2024-03-04', deprecatedOn: '2025-01-21', retiresOn: '2025-07-21', replacement: 'claude-sonnet-4 family', contextWindow: 200_000 },
    { id: 'claude-fable-5', kind: 'snapshot', released: '2026-06-09', retiresOn: '2027-06-09', retirementKind: 'notSoonerThan', contextWindow: 1_000_000, note: PINNED },
    { id: 'claude-fable-5-1', kind: 'snapshot', released: '2026-09-01', retiresOn: '2027-09-01', retirementKind: 'notSoonerThan', contextWindow: 1_000_000, maxOutputTokens: 128_000, note: PINNED },
    { id: 'claude-haiku-4-5', kind: 'alias', aliasOf: 'claude-haiku-4-5-20251001', contextWindow: 200_000, maxOutputTokens: 64_000 },
    { id: 'claude-haiku-4-5-20251001', kind: 'snapshot', family: 'claude-haiku-4-5', released: '2025-10-15', retiresOn: '2026-10-15', retirementKind: 'notSoonerThan', contextWindow: 200_000, maxOutputTokens: 64_000 },
    { id: 'claude-instant-1.0', kind: 'snapshot', deprecatedOn: '2024-09-04', retiresOn: '2024-11-06', confidence: 'relayed' },
    { id: 'claude-instant-1.1', kind: 'snapshot', deprecatedOn: '2024-09-04', retiresOn: '2024-11-06', confidence: 'relayed' },
    { id: 'claude-instant-1.2', kind: 'snapshot', deprecatedOn: '2024-09-04', retiresOn: '2024-11-06', confidence: 'relayed' },
    { id: 'claude-mythos-preview', kind: 'snapshot', family: 'claude-mythos', retiresOn: '2026-07-21', replacement: 'claude-mythos-5', note: 'Sources disagree about the date (2026-06-30, 2026-07-21).' },
    { id: 'claude-mythos-5', kind: 'snapshot', released: '2026-06-09', retiresOn: '2027-06-09', retirementKind: 'notSoonerThan', note: PINNED },
    { id: 'claude-mythos-5-1', kind: 'snapshot', released: '2026-09-01', retiresOn: '2027-09-01', retirementKind: 'notSoonerThan', note: PINNED },
    { id: 'claude-opus-4-20250514', kind: 'snapshot', family: 'claude-opus-4', released: '2025-05-22', deprecatedOn: '2026-04-14', retiresOn: '2026-06-15', replacement: 'claude-opus-4-8', contextWindow: 200_000 },
    { id: 'claude-opus-4-1-20250805', kind: 'snapshot', family: 'claude-opus-4-1', released: '2025-08-05', deprecatedOn: '2026-06-05', retiresOn: '2026-08-05', replacement: 'claude-opus-4-8', contextWindow: 200_000 },
    { id: 'claude-opus-4-5', kind: 'alias', aliasOf: 'claude-opus-4-5-20251101', contextWindow: 200_000 },
    { id: 'claude-opus-4-5-20251101', kind: 'snapshot', family: 'claude-opus-4-5', released: '2025-11-24', retiresOn: '2026-11-24', retirementKind: 'notSoonerThan', contextWindow: 200_000 },
    { id: 'claude-opus-4-6', kind: 'snapshot', released: '2026-02-05', retiresOn: '2027-02-05', retirementKind: 'notSoonerThan', contextWindow: 1_000_000, note: PINNED },
    { id: 'claude-opus-4-7', kind: 'snapshot', released: '2026-04-16', retiresOn: '2027-04-16', retirementKind: 'notSoonerThan', contextWindow: 1_000_000, maxOutputTokens: 128_000, note: PINNED },
    { id: 'claude-opus-4-8', kind: 'snapshot', released: '2026-05-28', retiresOn: '2027-05-28', retirementKind: 'notSoonerThan', contextWindow: 1_000_000, note: PINNED },
    { id: 'claude-opus-5', kind: 'snapshot', released: '2026-07-24', retiresOn: '2027-07-24', retirementKind: 'notSoonerThan', contextWindow: 1_000_000, maxOutputTokens: 128_000, note: PINNED },
    { id: 'claude-opus-5-5', kind: 'snapshot', released: '2026-09-22', retiresOn: '2027-09-22', retirementKind: 'notSoonerThan', contextWindow: 1_000_000, maxOutputTokens: 128_000, note: PINNED },
    { id: 'claude-sonnet-4-20250514', kind: 'snapshot', family: 'claude-sonnet-4', released: '2025-05-22', deprecatedOn: '2026-04-14', retiresOn: '2026-06-15', replacement: 'claude-sonnet-4-6', contextWindow: 200_000 },
    { id: 'claude-sonnet-4-5', kind: 'alias', aliasOf: 'claude-sonnet-4-5-20250929', deprecatedOn: '2026-09-30', retiresOn: '2026-11-30', replacement: 'claude-sonnet-5-5', contextWindow: 200_000 },
    { id: 'claude-sonnet-4-5-20250929', kind: 'snapshot', family: 'claude-sonnet-4-5', released: '2025-09-29', deprecatedOn: '2026-09-30', retiresOn: '2026-11-30', replacement: 'claude-sonnet-5-5', contextWindow: 200_000 },
    { id: 'claude-sonnet-4-6', kind: 'snapshot', released: '2026-02-17', retiresOn: '2027-02-17', retirementKind: 'notSoonerThan', contextWindow: 1_000_000, note: PINNED },
    { id: 'claude-sonnet-5', kind: 'snapshot', released: '2026-06-30', retiresOn: '2027-06-30', retirementKind: 'notSoonerThan', contextWindow: 1_000_000, maxOutputTokens: 128_000, note: PINNED },
    { id: 'claude-sonnet-5-5', kind: 'snapshot', released: '2026-09-28', retiresOn: '2027-09-28', retirementKind: 'notSoonerThan', contextWindow: 1_000_000, maxOutputTokens: 128_000, note: PINNED },
    { id: 'claude-opus-4-1', kind: 'alias', aliasOf: 'claude-opus-4-1-20250805', released: '2025-08-05', deprecatedOn: '2026-06-05', retiresOn: '2026-08-05', replacement: 'claude-opus-4-8', contextWindow: 200_000, confidence: 'inferred', note: AS_SNAPSHOT },
    { id: 'claude-opus-4-0', kind: 'alias', family: 'claude-opus-4', aliasOf: 'claude-opus-4-20250514', released: '2025-05-22', deprecatedOn: '2026-04-14', retiresOn: '2026-06-15', replacement: 'claude-opus-4-8', contextWindow: 200_000, confidence: 'inferred', note: AS_SNAPSHOT },
    { id: 'claude-sonnet-4-0', kind: 'alias', family: 'claude-sonnet-4', aliasOf: 'claude-sonnet-4-20250514', released: '2025-05-22', deprecatedOn: '2026-04-14', retiresOn: '2026-06-15', replacement: 'claude-sonnet-4-6', contextWindow: 200_000, confidence: 'inferred', note: AS_SNAPSHOT },
    { id: 'claude-3-7-sonnet-latest', kind: 'rolling-alias', family: 'claude-3-7-sonnet', aliasOf: 'claude-3-7-sonnet-20250219', released: '2025-02-24', deprecatedOn: '2025-10-28', retiresOn: '2026-02-19', replacement: 'claude-sonnet-4-5-20250929', contextWindow: 200_000, confidence: 'inferred', note: AS_SNAPSHOT },
    { id: 'claude-3-5-sonnet-latest', kind: 'rolling-alias', family: 'claude-3-5-sonnet', aliasOf: 'claude-3-5-sonnet-20241022', released: '2024-10-22', deprecatedOn: '2025-08-13', retiresOn: '2025-10-28', replacement: 'claude-sonnet-4-5-20250929', contextWindow: 200_000, confidence: 'inferred', note: AS_SNAPSHOT },
    { id: 'claude-3-5-haiku-latest', kind: 'rolling-alias', family: 'claude-3-5-haiku', aliasOf: 'claude-3-5-haiku-20241022', released: '2024-11-04', deprecatedOn: '2025-12-19', retiresOn: '2026-02-19', replacement: 'claude-haiku-4-5-20251001', contextWindow: 200_000, confidence: 'inferred', note: AS_SNAPSHOT },
    { id: 'claude-3-opus-latest', kind: 'rolling-alias', family: 'claude-3-opus', aliasOf: 'claude-3-opus-20240229', released: '2024-03-04', deprecatedOn: '2025-06-30', retiresOn: '2026-01-05', replacement: 'claude-opus-4 family', contextWindow: 200_000, confidence: 'inferred', note: AS_SNAPSHOT },
  ]),
  ...on('google', GOOGLE, 'unknown', [
    { id: 'gemini-2.0-flash', kind: 'stable', released: '2025-02-05', retiresOn: '2026-06-01', replacement: 'gemini-2.5-flash', contextWindow: 1_000_000, via: AKARANJKAR08, confidence: 'relayed' },
    { id: 'gemini-2.0-flash-001', kind: 'stable', released: '2025-02-05', retiresOn: '2026-06-01', replacement: 'gemini-2.5-flash', contextWindow: 1_000_000, via: AKARANJKAR08, confidence: 'relayed' },
    { id: 'gemini-2.0-flash-lite', kind: 'stable', released: '2025-02-25', retiresOn: '2026-06-01', replacement: 'gemini-2.5-flash-lite', contextWindow: 1_000_000, confidence: 'inferred' },
    { id: 'gemini-2.0-flash-lite-001', kind: 'stable', released: '2025-02-25', retiresOn: '2026-06-01', replacement: 'gemini-2.5-flash-lite', contextWindow: 1_000_000, confidence: 'inferred' },
    { id: 'gemini-2.0-flash-live-001', kind: 'preview', released: '2025-04-09', retiresOn: '2025-12-09', replacement: 'gemini-2.5-flash-native-audio-preview-12-2025' },
    { id: 'gemini-2.5-flash', kind: 'stable', released: '2025-06-17', retiresOn: '2026-12-01', replacement: 'gemini-3.5-flash-lite', afterRetirement: 'reroute:gemini-3.5-flash-lite', contextWindow: 1_048_576, via: AIDEPRECATIONS_GOOGLE, confidence: 'relayed' },
    { id: 'gemini-2.5-flash-image', kind: 'stable', released: '2025-10-02', retiresOn: '2026-10-02', replacement: 'gemini-3.1-flash-image', contextWindow: 1_000_000 },
    { id: 'gemini-2.5-flash-lite', kind: 'stable', released: '2025-07-22', contextWindow: 1_000_000, via: AIDEPRECATIONS_GOOGLE, confidence: 'relayed', note: 'The provider says: not deprecated, available until further notice.' },
    { id: 'gemini-2.5-pro', kind: 'stable', released: '2025-06-17', retiresOn: '2026-12-01', replacement: 'gemini-3.8-flash', afterRetirement: 'reroute:gemini-3.8-flash', via: AIDEPRECATIONS_GOOGLE, confidence: 'relayed', note: 'The date has moved before (2026-06-17, 2026-10-16).' },
    { id: 'gemini-2.5-pro-preview-03-25', kind: 'preview', family: 'gemini-2.5-pro', released: '2025-06-05', retiresOn: '2025-12-02', replacement: 'gemini-3.1-pro-preview' },
    { id: 'gemini-2.5-pro-preview-05-06', kind: 'preview', family: 'gemini-2.5-pro', released: '2025-06-05', retiresOn: '2025-12-02', replacement: 'gemini-3.1-pro-preview' },
    { id: 'gemini-2.5-pro-preview-06-05', kind: 'preview', family: 'gemini-2.5-pro', released: '2025-06-05', retiresOn: '2025-12-02', replacement: 'gemini-3.1-pro-preview' },
    { id: 'gemini-3-flash-preview', kind: 'preview', family: 'gemini-3-flash', released: '2025-12-17', replacement: 'gemini-3.5-flash', contextWindow: 1_000_000 },
    { id: 'gemini-3-pro-preview', kind: 'preview', family: 'gemini-3-pro', released: '2025-11-18', retiresOn: '2026-03-09', replacement: 'gemini-3.1-pro-preview' },
    { id: 'gemini-3-pro-image', kind: 'stable', released: '2026-05-28', contextWindow: 1_000_000 },
    { id: 'gemini-3-pro-image-preview', kind: 'preview', family: 'gemini-3-pro-image', released: '2025-11-20', retiresOn: '2026-06-25', replacement: 'gemini-3-pro-image', contextWindow: 1_000_000 },
    { id: 'gemini-3.1-flash-image', kind: 'stable', released: '2026-05-28', contextWindow: 1_000_000 },
    { id: 'gemini-3.1-flash-image-preview', kind: 'preview', family: 'gemini-3.1-flash-image', released: '2026-02-26', retiresOn: '2026-06-25', replacement: 'gemini-3.1-flash-image', contextWindow: 1_000_000 },
    { id: 'gemini-3.1-flash-lite', kind: 'stable', released: '2026-05-07', retiresOn: '2027-05-07', retirementKind: 'notSoonerThan', contextWindow: 1_000_000 },
    { id: 'gemini-3.1-flash-lite-preview', kind: 'preview', family: 'gemini-3.1-flash-lite', released: '2026-03-03', retiresOn: '2026-05-25', replacement: 'gemini-3.1-flash-lite', contextWindow: 1_000_000 },
    { id: 'gemini-3.1-pro-preview', kind: 'preview', family: 'gemini-3.1-pro', released: '2026-02-19' },
    { id: 'gemini-3.5-flash', kind: 'stable', released: '2026-05-19', contextWindow: 1_000_000 },
    { id: 'gemini-3.5-flash-lite', kind: 'stable', released: '2026-07-21', contextWindow: 1_000_000 },
    { id: 'gemini-3.6-flash', kind: 'stable', released: '2026-07-21', contextWindow: 1_000_000 },
    { id: 'gemini-3.7-flash', kind: 'stable', released: '2026-08-13', contextWindow: 1_000_000 },
    { id: 'gemini-3.8-flash', kind: 'stable', released: '2026-09-02', contextWindow: 1_000_000 },
    { id: 'gemini-3.8-live', kind: 'stable', released: '2026-09-15' },
    { id: 'gemini-live-2.5-flash-preview', kind: 'preview', family: 'gemini-live-2.5-flash', released: '2025-04-09', retiresOn: '2025-12-09', replacement: 'gemini-2.5-flash-native-audio-preview-12-2025' },
  ]),
  ...on('google-vertex', VERTEX, 'unknown', [
    { id: 'gemini-2.5-flash', kind: 'stable', released: '2025-06-17', retiresOn: '2026-10-20', contextWindow: 1_048_576, via: LEIGHEFFORD, confidence: 'unverified', note: VERTEX_DATES },
    { id: 'gemini-2.5-flash-lite', kind: 'stable', released: '2025-06-17', retiresOn: '2026-10-20', contextWindow: 1_000_000, via: LEIGHEFFORD, confidence: 'unverified', note: VERTEX_DATES },
    { id: 'gemini-2.5-pro', kind: 'stable', released: '2025-06-17', retiresOn: '2026-10-20', via: LEIGHEFFORD, confidence: 'unverified', note: VERTEX_DATES },
  ]),
  ...on('xai', XAI, 'error', [
    { id: 'grok-3', kind: 'alias', retiresOn: '2026-05-15', replacement: 'grok-4.3', contextWindow: 131_072 },
    { id: 'grok-4-0709', kind: 'snapshot', family: 'grok-4', retiresOn: '2026-05-15', replacement: 'grok-4.3', contextWindow: 256_000 },
    { id: 'grok-4-1-fast-non-reasoning', kind: 'alias', retiresOn: '2026-05-15', replacement: 'grok-4.20-non-reasoning (later page: grok-4.3 with reasoning effort none)', contextWindow: 2_000_000 },
    { id: 'grok-4-1-fast-reasoning', kind: 'alias', retiresOn: '2026-05-15', replacement: 'grok-4.3', contextWindow: 2_000_000 },
    { id: 'grok-4-fast-non-reasoning', kind: 'alias', retiresOn: '2026-05-15', replacement: 'grok-4.20-non-reasoning (later page: grok-4.3 with reasoning effort none)', contextWindow: 2_000_000 },
    { id: 'grok-4-fast-reasoning', kind: 'alias', retiresOn: '2026-05-15', replacement: 'grok-4.3', contextWindow: 2_000_000 },
    { id: 'grok-code-fast-1', kind: 'alias', retiresOn: '2026-05-15', replacement: 'grok-4.3', contextWindow: 256_000 },
  ]),
  ...on('mistral', MISTRAL, 'error', [
    { id: 'codestral-2501', kind: 'snapshot', family: 'codestral', released: '2025-01-13', deprecatedOn: '2025-11-06', retiresOn: '2025-11-30', replacement: 'codestral-2508', contextWindow: 256_000, source: BRAINTRUST, confidence: 'relayed' },
    { id: 'codestral-2508', kind: 'snapshot', family: 'codestral', contextWindow: 256_000, confidence: 'relayed' },
    { id: 'magistral-medium-2509', kind: 'snapshot', family: 'magistral-medium', confidence: 'relayed' },
    { id: 'mistral-large-2411', kind: 'snapshot', family: 'mistral-large', released: '2024-11-18', retiresOn: '2026-05-31', replacement: 'mistral-large-3 (mistral-large-2512)', source: 'https://docs.embabel.com/', confidence: 'relayed' },
    { id: 'mistral-medium-2508', kind: 'snapshot', family: 'mistral-medium', confidence: 'relayed' },
    { id: 'pixtral-12b-2409', kind: 'snapshot', family: 'pixtral-12b', released: '2024-09-17', deprecatedOn: '2025-12-02', retiresOn: '2025-12-31', replacement: 'ministral-3-14b', source: BRAINTRUST, confidence: 'relayed' },
  ]),
  ...on('azure-openai', AZURE, 'unknown', [
    { id: 'gpt-35-turbo@0301', kind: 'snapshot', family: 'gpt-35-turbo', retiresOn: '2025-02-13', replacement: 'gpt-35-turbo (0125), gpt-4o-mini', note: AZURE_DATES },
    { id: 'gpt-35-turbo@0613', kind: 'snapshot', family: 'gpt-35-turbo', retiresOn: '2025-02-13', replacement: 'gpt-35-turbo (0125), gpt-4o-mini', note: AZURE_DATES },
    { id: 'gpt-35-turbo-16k@0613', kind: 'snapshot', family: 'gpt-35-turbo-16k', retiresOn: '2025-04-30', replacement: 'gpt-4.1-mini 2025-04-14', note: AZURE_DATES },
    { id: 'gpt-4@0314', kind: 'snapshot', family: 'gpt-4', retiresOn: '2025-06-06', replacement: 'gpt-4o 2024-11-20', note: AZURE_DATES },
    { id: 'gpt-4@0613', kind: 'snapshot', family: 'gpt-4', retiresOn: '2025-06-06', replacement: 'gpt-4o 2024-11-20', note: AZURE_DATES },
    { id: 'gpt-4.5-preview', kind: 'snapshot', family: 'gpt-4.5', retiresOn: '2025-07-14', replacement: 'gpt-4.1 2025-04-14', note: AZURE_DATES },
    { id: 'gpt-4o@2024-08-06', kind: 'snapshot', family: 'gpt-4o', released: '2024-08-06', retiresOn: '2026-10-01', source: 'https://learn.microsoft.com/en-us/answers/questions/5770339/', confidence: 'unverified', note: 'Standard deployments may be upgraded to a newer version since 2026-03.' },
    { id: 'o1-preview', kind: 'snapshot', family: 'o1', retiresOn: '2025-07-28', replacement: 'o1', contextWindow: 128_000, note: AZURE_DATES },
  ]),
  ...on('sandbox', SANDBOX, 'unknown', [
    { id: 'extractor-2026-05', kind: 'snapshot', family: 'extractor', note: STAND_IN },
    { id: 'extractor-2026-08', kind: 'snapshot', family: 'extractor', note: STAND_IN },
    { id: 'extractor-2026-09', kind: 'snapshot', family: 'extractor', note: STAND_IN },
    { id: 'extractor-2026-10', kind: 'snapshot', family: 'extractor', note: STAND_IN },
    { id: 'extractor-latest', kind: 'rolling-alias', family: 'extractor', aliasOf: 'extractor-2026-10', note: STAND_IN },
  ]),
];

type Row = Partial<Omit<ModelFacts, 'platform'>> & Pick<ModelFacts, 'id' | 'kind'>;

/** Rows of one platform with what they do not say filled in: family is the id, a date of retirement is exact. */
function on(
  platform: ModelFacts['platform'],
  source: string,
  afterRetirement: ModelFacts['afterRetirement'],
  rows: readonly Row[],
): readonly ModelFacts[] {
  return rows.map((row) => ({
    platform,
    family: row.id,
    released: null,
    deprecatedOn: null,
    retiresOn: null,
    retirementKind: row.retiresOn ? 'exact' : null,
    replacement: null,
    afterRetirement,
    asOf: AS_OF,
    source,
    confidence: 'official',
    ...row,
  }));
}
