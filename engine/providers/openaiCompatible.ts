import { open as openOpenAi } from './openai.ts';
import type { OpenProvider, ProviderSettings } from './providerSettings.ts';

/**
 * Servers that speak OpenAI's protocols at an address of their own: Ollama, vLLM, LM Studio, OpenRouter, Azure and others.
 * They differ in how parameters are spelled (`compatibleChat`) and in whether streams end with a marker (`endMarker` in evenkeel.yml);
 * a finish reason is asked for in any case.
 */
export function open(settings: ProviderSettings): OpenProvider {
  return openOpenAi(settings);
}
