import type { JsonObject } from '../../safety/index.ts';
import { canonicalJson } from '../fingerprint/canonicalJson.ts';
import { sha256Hex } from '../fingerprint/sha256.ts';

/** The id of a case that has none of its own: 12 hex digits of SHA-256 over the canonical JSON of its variables. */
export function caseId(variables: JsonObject): string {
  return sha256Hex(canonicalJson(variables)).slice(0, 12);
}
