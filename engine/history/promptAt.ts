import { posix } from 'node:path';
import {
  deployedRows,
  emptyHistory,
  environmentSources,
  findRelease,
  openVersion,
  promptNow,
  readPromptAt,
  resolveVersion,
  updateHistory,
} from '../../ledger/index.ts';
import { promptIdOf, splitPromptId } from '../../prompts-schema/index.ts';
import type { DeployedPrompt, PointText, PromptHistory, PromptPoint } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { loadConfig, type Workspace } from '../../workspace/index.ts';
import { releasedFingerprint } from '../compare/sides/pastSide.ts';
import type { Folder } from '../engineContext.ts';
import { readRun } from '../run/resume.ts';
import { otherFiles } from './otherFiles.ts';

/** The text of a prompt's file at a moment, for a diff. UserError that says what to do where there is none. */
export async function promptAt(
  { workspace, store }: Pick<Folder, 'workspace' | 'store'>,
  promptId: string,
  point: PromptPoint,
): Promise<PointText> {
  switch (point.kind) {
    case 'commit': {
      const { short, ...found } = await atCommit(workspace, promptId, point.commit);
      return { title: short, ...found };
    }
    case 'release': {
      const fingerprint = await releasedFingerprint(point.version, { workspace, judged: { promptId } });
      return { title: point.version, ...(await ofFingerprint(workspace, promptId, fingerprint, point.version)) };
    }
    case 'environment':
      return atEnvironment(workspace, promptId, point.environment);
    case 'run': {
      const { header, prompt } = await readRun(store, point.runId);
      if (header.promptId !== promptId)
        throw new UserError('usage', `The run ${point.runId} is of ${header.promptId}, not of ${promptId}. Name a run of this prompt.`);
      const names = new Set((await otherFiles(workspace, promptId)).map(({ name }) => name));
      const frozen = Object.entries(prompt.files).map(([written, text]) => ({ name: posix.normalize(written), text }));
      return {
        title: `run of ${header.startedAt.slice(0, 16).replace('T', ' ')}`,
        path: splitPromptId(promptId).file,
        text: prompt.text,
        files: frozen.filter(({ name }) => names.has(name)),
      };
    }
  }
}

type TextAt = Omit<PointText, 'title'>;

async function atCommit(workspace: Workspace, promptId: string, ref: string): Promise<TextAt & { readonly short: string }> {
  const version = await resolveVersion(workspace, ref);
  const { commit, short } = version;
  const { file, name } = splitPromptId(promptId);
  const found = await readPromptAt(workspace, await historyOf(workspace, promptId), commit, file);
  if (found) return { ...found, short, files: await otherFiles(openVersion(workspace, version), promptIdOf(found.path, name)) };
  throw new UserError('configuration', `${promptId} is not in ${short}: it came later, or was removed before.`, { file: promptId });
}

/** The newest commit with the fingerprint. */
async function ofFingerprint(workspace: Workspace, promptId: string, fingerprint: string, version: string | undefined): Promise<TextAt> {
  const found = await findRelease(workspace, promptId, { fingerprint, version });
  const { file: path, name } = splitPromptId(promptId);
  if (found.found) {
    const { commit, at } = found;
    const tree = openVersion(workspace, { commit, short: commit.slice(0, 7), at });
    return { path: found.path, text: found.text, files: await otherFiles(tree, promptIdOf(found.path, name)) };
  }
  // What was never committed may still be what is on disk.
  const { config } = await loadConfig(workspace);
  const now = await promptNow(workspace, promptId, config);
  const file = now?.fingerprint === fingerprint ? await workspace.read(path) : undefined;
  if (file?.ok) return { path, text: file.text, files: await otherFiles(workspace, promptId) };
  throw new UserError('configuration', found.message, { file: promptId });
}

async function atEnvironment(workspace: Workspace, promptId: string, environment: string): Promise<PointText> {
  const deployed = await deployedIn(workspace, promptId, environment);
  const { fingerprint, version, commit } = deployed;
  const byCommit = commit === undefined ? undefined : await atCommit(workspace, promptId, commit).catch(keepUserError);
  const found =
    byCommit && !(byCommit instanceof UserError)
      ? { path: byCommit.path, text: byCommit.text, files: byCommit.files }
      : fingerprint === undefined
        ? undefined
        : await ofFingerprint(workspace, promptId, fingerprint, version);
  if (found) return { title: `${version ?? commit?.slice(0, 7) ?? 'deployed'} (${environment})`, ...found };
  if (byCommit instanceof UserError) throw byCommit;
  throw new UserError(
    'configuration',
    `The text that runs in ${environment} cannot be found: its source tells no fingerprint and no commit, and neither the lock file nor git knows ${version === undefined ? 'its version' : `version ${version}`}.`,
    { file: promptId },
  );
}

async function deployedIn(workspace: Workspace, promptId: string, environment: string): Promise<DeployedPrompt> {
  const { config } = await loadConfig(workspace);
  const names = environmentSources(config).map((source) => source.environment);
  if (!names.includes(environment))
    throw new UserError(
      'usage',
      `evenkeel.yml names no environment “${environment}”.${names.length ? ` There are ${names.join(', ')}.` : ''}`,
    );
  const now = (await promptNow(workspace, promptId, config)) ?? { promptId, name: promptId, fingerprint: '' };
  await historyOf(workspace, promptId); // so that a version alone can be looked up
  const row = (await deployedRows(workspace, now, config)).find((each) => each.environment === environment);
  if (row?.deployed) return row.deployed;
  const why =
    row?.answeredAt === undefined
      ? `Nothing is known yet of ${environment}: look at it first (Refresh Deployments, or evenkeel deployed).`
      : '';
  throw new UserError('configuration', why || `${environment} does not have this prompt, as far as its source tells.`, { file: promptId });
}

/** Without git there is no history, and that is no reason not to go on. */
async function historyOf(workspace: Workspace, promptId: string): Promise<PromptHistory> {
  const found = await updateHistory(workspace, promptId).catch(keepUserError);
  return found instanceof UserError ? emptyHistory(promptId) : found;
}

function keepUserError(error: unknown): UserError {
  if (error instanceof UserError) return error;
  throw error;
}
