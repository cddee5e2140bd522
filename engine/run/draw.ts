import { sha256Hex } from '../../prompts-schema/index.ts';

/** The draw of a sample, 32 bits: the same seed, case and repeat give the same one in every process. */
export function drawOf(seed: number, caseId: string, repeat: number): number {
  return Number.parseInt(sha256Hex(`${seed}\n${caseId}\n${repeat}`).slice(0, 8), 16);
}
