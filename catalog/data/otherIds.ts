import type { Platform } from '../model.ts';

/**
 * Ids that @pydantic/genai-prices 0.1.8 knows and of which no lifecycle was read: they exist or existed, so they are not called unknown,
 * and nothing is said about their dates.
 */
export const OTHER_IDS: Readonly<Partial<Record<Platform, readonly string[]>>> = {
  openai: [
    'ada', 'babbage', 'codex-mini', 'curie', 'davinci', 'gpt-3.5-turbo-1106', 'gpt-3.5-turbo-16k', 'gpt-3.5-turbo-instruct', 'gpt-4-32k',
    'gpt-4-vision-preview', 'gpt-4.5-preview', 'gpt-4o-audio-preview', 'gpt-4o-mini-audio-preview', 'gpt-4o-mini-realtime-preview',
    'gpt-4o-realtime-preview', 'gpt-4o-search-preview', 'gpt-5.2-pro', 'gpt-5.4-image-2', 'gpt-5.4-mini', 'gpt-5.4-pro', 'gpt-5.5-pro',
    'gpt-audio-mini', 'gpt-chat-latest', 'gpt-image-1', 'gpt-image-2', 'gpt-oss-120b', 'gpt-oss-20b', 'gpt-oss-safeguard-20b',
    'gpt-realtime-2', 'gpt-realtime-mini', 'gpt-transcribe', 'o1-mini', 'o1-preview', 'text-davinci-002', 'text-davinci-003',
    'text-embedding-3-large', 'text-embedding-3-small', 'text-embedding-ada-002',
  ],
  anthropic: [
    'claude-2', 'claude-3-5-sonnet', 'claude-3-haiku', 'claude-3-sonnet', 'claude-v1',
  ],
  google: [
    'gemini-1.0-pro-vision-001', 'gemini-1.5-flash', 'gemini-1.5-pro', 'gemini-2.5-flash-lite-preview-tts', 'gemini-2.5-flash-preview',
    'gemini-2.5-flash-tts', 'gemini-2.5-pro-tts', 'gemini-3.1-flash-lite-image', 'gemini-3.1-flash-live-preview', 'gemini-embedding-001',
    'gemini-embedding-2', 'gemini-flash-1.5', 'gemini-flash-1.5-8b', 'gemini-live-2.5-flash', 'gemini-omni-flash-preview', 'gemini-pro',
    'gemini-pro-1.5', 'gemma-2-27b-it', 'gemma-3', 'gemma-3n', 'gemma-4-26b-a4b-it', 'gemma-4-26b-a4b-it-maas', 'gemma-4-31b-it',
  ],
  xai: [
    'grok-2-1212', 'grok-2-vision-1212', 'grok-3-fast', 'grok-3-mini', 'grok-3-mini-fast', 'grok-4.20', 'grok-4.20-multi-agent',
    'grok-4.3', 'grok-4.5', 'grok-4.6', 'grok-build-0.1', 'grok-voice-latest', 'grok-voice-think-fast-1.0', 'grok-voice-think-fast-2.0',
  ],
  mistral: [
    'codestral', 'devstral-2512', 'devstral-small', 'magistral-medium', 'magistral-small', 'ministral-14b-2512', 'ministral-3b',
    'ministral-3b-2512', 'ministral-8b', 'ministral-8b-2512', 'ministral-8b-latest', 'mistral-7b', 'mistral-embed', 'mistral-large',
    'mistral-large-2512', 'mistral-medium-2312', 'mistral-medium-3-1', 'mistral-medium-3-5', 'mistral-medium-latest', 'mistral-nemo',
    'mistral-ocr-2503', 'mistral-ocr-2505', 'mistral-ocr-2512', 'mistral-ocr-4-0', 'mistral-ocr-4-1', 'mistral-ocr-latest',
    'mistral-saba', 'mistral-small-24b-instruct-2501', 'mistral-small-2603', 'mistral-small-3.1-24b-instruct',
    'mistral-small-3.2-24b-instruct', 'mistral-small-latest', 'mistral-tiny', 'mixtral-8x22b-instruct', 'mixtral-8x7b', 'pixtral-12b',
    'pixtral-large', 'voxtral-mini-2602', 'voxtral-small-24b-2507',
  ],
};
