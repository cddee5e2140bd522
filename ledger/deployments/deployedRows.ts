import { type EvenkeelConfig, type FingerprintParts, releasesOf, splitPromptId } from '../../prompts-schema/index.ts';
import type { DeployedPrompt, DeployedRow, PromptHistory, Relation } from '../../protocol/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { editsBetween } from '../history/editsBetween.ts';
import { readHistory } from '../history/historyFile.ts';
import { readLock } from '../releases/readLock.ts';
import { type EnvironmentAnswer, readAnswers } from './readAnswers.ts';

/** A prompt as it is in the editor or on disk. */
export interface PromptNow {
  readonly promptId: string;
  /** As sources without paths call it; the file's own name without its ending where it has none. */
  readonly name: string;
  readonly fingerprint: string;
  /** Needed where a source tells the text and no fingerprint (Langfuse). */
  readonly parts?: FingerprintParts;
}

/**
 * What runs of a prompt in every environment and how that stands to the file, from stored answers, stored history and the lock alone: nothing is
 * fetched, no process is started. In the order of evenkeel.yml; never throws.
 */
export async function deployedRows(workspace: Workspace, now: PromptNow, config: EvenkeelConfig): Promise<readonly DeployedRow[]> {
  const found = await findDeployed(workspace, now, await readAnswers(workspace, config));
  return found.map(({ row }) => row);
}

/** A row, with the answer's own entry that it was made of. */
export interface FoundDeployed {
  readonly row: DeployedRow;
  readonly told: DeployedPrompt | undefined;
}

/** The same for answers that were read already. */
export async function findDeployed(
  workspace: Workspace,
  now: PromptNow,
  answers: readonly EnvironmentAnswer[],
): Promise<readonly FoundDeployed[]> {
  if (!answers.some(({ prompts }) => prompts.length)) return answers.map((answer) => ({ row: rowOf(answer), told: undefined }));
  const past = await readPast(workspace, now.promptId);
  return Promise.all(
    answers.map(async (answer): Promise<FoundDeployed> => {
      const told = await promptIn(workspace, answer.prompts, now, past);
      if (!told) return { row: rowOf(answer), told };
      const deployed = completed(told, now, past);
      return { row: { ...rowOf(answer), deployed, relation: relationOf(deployed, now, past) }, told };
    }),
  );
}

/** What is stored of a prompt's past: what versions and texts mean. */
interface Past {
  readonly history: PromptHistory | undefined;
  readonly known: readonly KnownVersion[];
}

/** A fingerprint that had, or has, a version; the most trustworthy source first. */
interface KnownVersion {
  readonly version: string | undefined;
  readonly fingerprint: string;
  readonly messages: string;
}

async function readPast(workspace: Workspace, promptId: string): Promise<Past> {
  const [history, read] = await Promise.all([readHistory(workspace, promptId), readLock(workspace, promptId)]);
  const lock = read?.status === 'read' && read.value.status === 'read' ? read.value.lock : undefined;
  const releases = lock ? releasesOf(lock, promptId).toReversed() : [];
  return {
    history,
    known: [
      ...releases.map(({ version, fingerprint, parts }) => ({ version, fingerprint, messages: parts.messages })),
      ...(history?.entries ?? []).map(({ version, fingerprint, parts }) => ({ version, fingerprint, messages: parts.messages })),
    ],
  };
}

/** The prompt by its id, else by a path that it had and nobody has now, else by its name. */
async function promptIn(
  workspace: Workspace,
  prompts: readonly DeployedPrompt[],
  { promptId, name }: PromptNow,
  { history }: Past,
): Promise<DeployedPrompt | undefined> {
  const own = prompts.find((prompt) => prompt.promptId === promptId);
  if (own) return own;
  const earlier = new Set(history?.entries.map(({ path }) => path));
  for (const prompt of prompts)
    if (prompt.promptId !== undefined && earlier.has(prompt.promptId) && !(await workspace.stat(splitPromptId(prompt.promptId).file)))
      return prompt;
  return prompts.find((prompt) => prompt.promptId === undefined && prompt.name === name);
}

/** With the fingerprint that its version or its text stands for, and the version that its fingerprint was released as. */
function completed(deployed: DeployedPrompt, now: PromptNow, { known }: Past): DeployedPrompt {
  const fingerprint = deployed.fingerprint ?? fingerprintFor(deployed, now, known);
  if (fingerprint === undefined) return deployed;
  const version = deployed.version ?? known.find((one) => one.fingerprint === fingerprint && one.version !== undefined)?.version;
  return { ...deployed, fingerprint, ...(version === undefined ? {} : { version }) };
}

function fingerprintFor({ version, messages }: DeployedPrompt, now: PromptNow, known: readonly KnownVersion[]): string | undefined {
  const byVersion = version === undefined ? undefined : known.find((one) => one.version === version)?.fingerprint;
  if (byVersion !== undefined || messages === undefined) return byVersion;
  if (now.parts?.messages === messages) return now.fingerprint;
  const matching = known.filter((one) => one.messages === messages);
  return (matching.find((one) => one.fingerprint === now.fingerprint) ?? matching[0])?.fingerprint;
}

function relationOf({ fingerprint, commit, messages }: DeployedPrompt, now: PromptNow, { history }: Past): Relation {
  if (fingerprint !== undefined && fingerprint === now.fingerprint) return { kind: 'same' };
  if (history && (fingerprint !== undefined || commit !== undefined))
    return editsBetween(history, { fingerprint, commit }, { fingerprint: now.fingerprint });
  return { kind: fingerprint === undefined && messages === undefined ? 'unknown' : 'differs' };
}

function rowOf({ environment, kind, origin, answeredAt, problem }: EnvironmentAnswer): DeployedRow {
  return {
    environment,
    source: kind,
    origin,
    ...(answeredAt === undefined ? {} : { answeredAt }),
    ...(problem ? { problem } : {}),
  };
}
