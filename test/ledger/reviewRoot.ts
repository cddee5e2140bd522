import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createReviewLedger, distinctOutputs, encodeBaseline, inputsHash, type ReviewLedger } from '../../ledger/index.ts';
import { TRUSTED } from '../../safety/index.ts';
import { type FileSystem, openWorkspace, type Workspace } from '../../workspace/index.ts';
import { BASELINE, MODEL, OLD_SOURCE, outputOf, PROMPT } from './comparisonOf.ts';

/** Files of a root with a prompt whose baseline holds `old` for each of these cases. */
export function reviewFiles(...ids: readonly string[]): Readonly<Record<string, string>> {
  const cases = ids.map(
    (id) => [id, { inputs: inputsHash({ text: id }), source: 0, outputs: distinctOutputs([outputOf('old')]) }] as const,
  );
  const baseline = { promptId: PROMPT, model: MODEL, wanted: 10, sources: [OLD_SOURCE], cases: new Map(cases) };
  return { [PROMPT]: 'messages: []', ...(ids.length ? { [BASELINE]: encodeBaseline(baseline) } : {}) };
}

export function workspaceOf(root: string): Workspace {
  return openWorkspace({ root, capabilities: TRUSTED });
}

export function ledgerOf(
  root: string,
  { by = 'Ada', ...disk }: { readonly by?: string; readonly fileSystem?: FileSystem; readonly patienceMs?: number } = {},
): ReviewLedger {
  return createReviewLedger(workspaceOf(root), { by: () => by, now: () => new Date('2026-11-22T12:00:00Z'), ...disk });
}

/** Undefined where there is no such file. */
export function textOf(root: string, path: string): string | undefined {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
}
