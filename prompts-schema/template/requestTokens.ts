import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Json } from '../../safety/index.ts';
import type { NamedSchema } from '../document.ts';
import { canonicalJson } from '../fingerprint/canonicalJson.ts';

/** An answer that nothing is known of is taken to have this many tokens, or what the prompt allows where that is less. */
export const LIKELY_OUTPUT_TOKENS = 300;

/** Bytes of what every request of a prompt carries beside its messages: the schema of its answer and its tools. */
export function sharedRequestBytes(schema: NamedSchema | undefined, tools: readonly Json[]): number {
  return utf8ToBytes(canonicalJson([(schema ?? null) as unknown as Json, tools])).length;
}

/** Input tokens of a request, about four characters each; messages as canonical JSON. */
export function likelyInputTokens(messages: string, sharedBytes: number): number {
  return Math.ceil((messages.length + sharedBytes) / 4);
}
