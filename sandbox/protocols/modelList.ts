import { releaseSeconds, SANDBOX_MODELS, type SandboxModel } from '../models.ts';

/** The body of OpenAI's GET /v1/models. */
export function openAiModelList(): string {
  return JSON.stringify({ object: 'list', data: SANDBOX_MODELS.map(openAiModel) });
}

/** One model in OpenAI's shape. */
export function openAiModel(model: SandboxModel) {
  return { id: model.id, object: 'model', created: releaseSeconds(model), owned_by: 'evenkeel-sandbox', shutdown_date: null };
}

/** The body of Anthropic's GET /v1/models: all models on one page. */
export function anthropicModelList(): string {
  return JSON.stringify({
    data: SANDBOX_MODELS.map(anthropicModel),
    has_more: false,
    first_id: SANDBOX_MODELS[0]?.id ?? null,
    last_id: SANDBOX_MODELS.at(-1)?.id ?? null,
  });
}

/** One model in Anthropic's shape. */
export function anthropicModel(model: SandboxModel) {
  return {
    type: 'model',
    id: model.id,
    display_name: `${model.id} (deterministic stand-in)`,
    created_at: `${model.released}T00:00:00Z`,
    deprecated_at: null,
    retires_at: null,
    lifecycle: 'active',
    line: null,
    capabilities: null,
    max_input_tokens: null,
    max_tokens: null,
  };
}
