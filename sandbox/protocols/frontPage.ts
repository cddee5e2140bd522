import { SANDBOX_MODELS } from '../models.ts';

/** The plain-text page at `/`: what this server is and is not. */
export function frontPage(): string {
  const models = SANDBOX_MODELS.map((model) => `  ${model.id.padEnd(20)} ${model.released}  ${model.differs}`);
  return `Evenkeel sandbox

A deterministic stand-in that speaks the OpenAI and Anthropic wire protocols. It is NOT a language model: it looks words up,
copies what it finds and counts, so that prompts can be run without a key and every run can be repeated. Its answers say nothing
about how a real model would do.

POST /v1/chat/completions   POST /v1/responses   POST /v1/messages   GET /v1/models
GET  /__requests            what was asked and answered, as JSON

Models
${models.join('\n')}

Headers
  x-evenkeel-draw    an unsigned integer or hex: another draw of the same question (absent = 0)
  x-evenkeel-fault   a fault to inject, such as "rate-limit; retry-after=negative; first-attempt"
The same request, draw and model always give the same bytes. A token is counted as four characters.
`;
}
