import { type Baseline, type Canary, entryFor, type FrozenCase, inputsHash } from '../../../ledger/index.ts';
import { canonicalJson, sha256Hex } from '../../../prompts-schema/index.ts';
import type { Output } from '../../../protocol/index.ts';
import type { Json } from '../../../safety/index.ts';

/** The cases that are run every day: a seeded choice among those with approved answers, the same for everybody. */
export function chooseCanaries(baseline: Baseline, cases: readonly FrozenCase[], most: number, seed: number): readonly Canary[] {
  const ranked = cases
    .map((of) => ({ of, inputs: inputsHash(of.variables), rank: sha256Hex(`${seed}\n${of.id}`) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return ranked
    .flatMap(({ of, inputs }) => {
      const entry = entryFor(baseline, of.id, inputs);
      return entry ? [{ caseId: of.id, inputs, approved: entry.outputs.map(({ count, output }) => ({ count, output })) }] : [];
    })
    .slice(0, most);
}

/** Which approved answers a monitor holds its samples against: another hash is another baseline. */
export function canariesHash(canaries: readonly Canary[]): string {
  return sha256Hex(canonicalJson(JSON.parse(JSON.stringify(canaries)) as Json)).slice(0, 16);
}

/** Approved outputs one by one. */
export function approvedOutputs({ approved }: Canary): readonly Output[] {
  return approved.flatMap(({ count, output }) => Array.from({ length: count }, () => output));
}
