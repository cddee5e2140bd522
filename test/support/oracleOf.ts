import type { PromptHistory } from '../../protocol/index.ts';
import type { OracleEntry } from './historyOracle.ts';

/** A history in the oracle's words, for `toEqual`. */
export function inOracleWords({ entries }: PromptHistory): readonly OracleEntry[] {
  return entries.map(({ commit, path, fingerprint, version, model, changed, edit, parents }, at) => {
    const next = entries[at + 1];
    return { commit, path, fingerprint, version, model, changed, edit, parents: [...(parents ?? (next ? [next.commit] : []))].sort() };
  });
}
