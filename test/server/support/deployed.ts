import { emptyHistory, type StoredHistory, writeIndex } from '../../../ledger/history/historyFile.ts';
import { environmentSources, writeAnswer } from '../../../ledger/index.ts';
import { encodeLock, fingerprintPrompt, lockPath, parseConfig, parsePrompt, type Release } from '../../../prompts-schema/index.ts';
import { DEPLOYMENTS_FORMAT, type DeploymentAnswer, type HistoryEntry } from '../../../protocol/index.ts';
import { TRUSTED } from '../../../safety/index.ts';
import { openWorkspace } from '../../../workspace/index.ts';
import type { TestServer } from './client.ts';

type Answer = Partial<Omit<DeploymentAnswer, 'formatVersion' | 'environment' | 'source' | 'sourceHash'>>;

/** Stores answers of environments as the engine would have; `config` is the text of evenkeel.yml. The server is not told. */
export async function storeAnswers(server: TestServer, config: string, answers: Readonly<Record<string, Answer>>): Promise<void> {
  const workspace = openWorkspace({ root: server.root, capabilities: TRUSTED });
  for (const { environment, kind, origin, hash } of environmentSources(parseConfig(config).config)) {
    const answer = answers[environment];
    if (!answer) continue;
    const answeredAt = hoursAgo(0.2);
    const fixed = { formatVersion: DEPLOYMENTS_FORMAT, environment, source: kind, origin, sourceHash: hash } as const;
    await writeAnswer(workspace, { ...fixed, lookedAt: answeredAt, answeredAt, prompts: [], ...answer });
  }
}

/** Stores the history of a prompt whose commits had these texts, newest first, as `c3`, `c2`, `c1` …. */
export async function storeHistory(server: TestServer, promptId: string, newestFirst: readonly string[]): Promise<void> {
  const workspace = openWorkspace({ root: server.root, capabilities: TRUSTED });
  const entries = newestFirst.map((text, at): HistoryEntry => {
    const { fingerprint, parts } = fingerprintPrompt(parsePrompt(text));
    const commit = `c${newestFirst.length - at}`;
    const version = parsePrompt(text).version?.value;
    const fixed = { at: '2026-11-03T10:00:00Z', author: 'ada', subject: 's', path: promptId, changed: [], edit: true };
    return { commit, ...fixed, fingerprint, parts, ...(version === undefined ? {} : { version }) };
  });
  const index: StoredHistory = { ...emptyHistory(promptId), head: 'c', entries, prefix: '', watched: [promptId], tips: [], versions: [] };
  await writeIndex(workspace, index);
}

/** A release of a text, as the lock file has it. */
export function releaseOf(text: string, version: string): Release {
  const { fingerprint, parts } = fingerprintPrompt(parsePrompt(text));
  return { prompt: undefined, version, fingerprint, parts, files: {}, released: '2026-11-01', tested: [] };
}

/** Writes the lock file of a prompt; the server is not told. */
export async function storeLock(server: TestServer, promptId: string, releases: readonly Release[]): Promise<void> {
  await server.write(lockPath(promptId), encodeLock({ releases }));
}

/** An ISO time that many hours before now. */
export function hoursAgo(hours: number): string {
  return new Date(Date.now() - hours * 3_600_000).toISOString();
}
