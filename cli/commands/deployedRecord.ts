import { deployedPromptOf, gitUser, openVersion, resolveVersion } from '../../ledger/index.ts';
import type { HostRequests } from '../../protocol/index.ts';
import { escapeTerminalLine, TRUSTED, UserError } from '../../safety/index.ts';
import { loadConfig, type Workspace } from '../../workspace/index.ts';
import { listOption, textOption } from '../args.ts';
import { EXIT, type ExitCode } from '../exitCodes.ts';
import { byRoot, jsonLine, type LiveContext } from '../liveContext.ts';
import { type Selected, selectPrompts } from '../selection.ts';

/** `evenkeel deployed record`: one line a prompt in the deployments file of an environment, of what the files are now. */
export async function recordDeployed(paths: readonly string[], context: LiveContext): Promise<ExitCode> {
  const { engine, io, options } = context;
  const [environment, ...more] = listOption(options, 'env');
  if (environment === undefined || more.length)
    throw new UserError('usage', 'evenkeel deployed record wants one environment: evenkeel deployed record --env production.');
  for (const name of ['offline', 'refresh', 'allow-origin'])
    if (options[name] !== undefined) throw new UserError('usage', `--${name} does not belong to evenkeel deployed record.`);
  const selected = await selectPrompts(paths, io.cwd, TRUSTED);
  if (selected.length > 1 && options['version'] !== undefined)
    throw new UserError('usage', `--version is of one prompt; here are ${selected.length}. Name the prompt.`);
  for (const [root, prompts] of byRoot(selected)) {
    const records = await recordsOf(environment, prompts, context);
    const result = await engine.recordDeployed({ root, records });
    if (options['json']) for (const record of records) jsonLine(context, 'recorded', { root, files: result.files, record });
    else io.out(`${escapeTerminalLine(result.message)}\n`);
  }
  return EXIT.passed;
}

type DeployedRecord = HostRequests['recordDeployed']['params']['records'][number];

/** What each prompt's files say, and who deploys; what was given on the command line counts instead. */
async function recordsOf(
  environment: string,
  prompts: readonly Selected[],
  { io, options }: LiveContext,
): Promise<readonly DeployedRecord[]> {
  const [workspace] = prompts.map((prompt) => prompt.workspace);
  if (!workspace) return [];
  const { config } = await loadConfig(workspace);
  const by = textOption(options, 'by') ?? CI_USERS.map((name) => io.env[name]?.trim()).find(Boolean) ?? (await gitUser(workspace));
  const head = textOption(options, 'commit') ?? (await headOf(workspace));
  const [version, model] = [textOption(options, 'version'), textOption(options, 'model')];
  const records: DeployedRecord[] = [];
  for (const { promptId } of prompts) {
    const found = await deployedPromptOf(workspace, promptId, config);
    if (!found) throw new UserError('configuration', 'The prompt cannot be read. Nothing was recorded.', { file: promptId });
    const commit =
      head === undefined || options['commit'] !== undefined || (await isCommitted(workspace, promptId, head, found)) ? head : undefined;
    if (head !== undefined && commit === undefined)
      io.err(`${escapeTerminalLine(promptId)} is not as committed; no commit is recorded for it.\n`);
    records.push({
      environment,
      ...found.prompt,
      ...(version === undefined ? {} : { version }),
      ...(model === undefined ? {} : { model }),
      by,
      ...(commit === undefined ? {} : { commit }),
    });
  }
  return records;
}

/** Where pipelines say who started them: GitHub, GitLab, Azure, CircleCI, Jenkins. */
const CI_USERS: readonly string[] = ['GITHUB_ACTOR', 'GITLAB_USER_LOGIN', 'BUILD_REQUESTEDFOR', 'CIRCLE_USERNAME', 'BUILD_USER_ID'];

/** Undefined outside of a repository, in one without a commit, and where git is not installed. */
async function headOf(workspace: Workspace): Promise<string | undefined> {
  try {
    return (await resolveVersion(workspace, 'HEAD')).commit;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Whether the commit holds the prompt as it is on disk: another text must not be found again by it. */
async function isCommitted(
  workspace: Workspace,
  promptId: string,
  commit: string,
  { prompt }: NonNullable<Awaited<ReturnType<typeof deployedPromptOf>>>,
): Promise<boolean> {
  const { config } = await loadConfig(workspace);
  const committed = await deployedPromptOf(openVersion(workspace, { commit, short: commit.slice(0, 7), at: '' }), promptId, config);
  return committed?.prompt.fingerprint === prompt.fingerprint;
}
