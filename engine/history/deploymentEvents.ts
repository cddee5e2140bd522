import { deployedRows, environmentSources, type PromptNow, parseDeployments } from '../../ledger/index.ts';
import type { EvenkeelConfig } from '../../prompts-schema/index.ts';
import type { DeployedPrompt, HistoryEvent, PromptHistory, PromptPoint } from '../../protocol/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/**
 * When environments got which version: every record of deployments files, and of the other sources what runs now, where they tell since when.
 * From what is stored; a file that cannot be read has no events here, as the environment's own row says why.
 */
export async function deploymentEvents(
  workspace: Workspace,
  config: EvenkeelConfig,
  promptId: string,
  now: PromptNow | undefined,
  history: PromptHistory,
): Promise<readonly HistoryEvent[]> {
  const rows = now ? await deployedRows(workspace, now, config) : [];
  const paths = new Set([promptId, ...history.entries.map(({ path }) => path)]);
  const events: HistoryEvent[] = [];
  for (const { environment, config: source } of environmentSources(config)) {
    if (source.file !== undefined) events.push(...(await recorded(workspace, environment, source.file, paths, now?.name)));
    else {
      const deployed = rows.find((row) => row.environment === environment)?.deployed;
      if (deployed?.since !== undefined) events.push(eventOf(environment, deployed, deployed.since, { kind: 'environment', environment }));
    }
  }
  return events;
}

async function recorded(
  workspace: Workspace,
  environment: string,
  file: string,
  paths: ReadonlySet<string>,
  name: string | undefined,
): Promise<readonly HistoryEvent[]> {
  const read = await workspace.read(file);
  const parsed = read.ok ? parseDeployments(read.text) : undefined;
  if (!parsed?.ok) return [];
  const own = parsed.records.filter(
    (record) => record.environment === environment && (record.promptId === undefined ? record.name === name : paths.has(record.promptId)),
  );
  return own.map((record, at) => {
    const [point, before] = [pointOf(record), at > 0 ? pointOf(own[at - 1]) : undefined];
    return { ...eventOf(environment, record, record.since ?? record.at, point), ...(before ? { before } : {}) };
  });
}

function eventOf(environment: string, deployed: DeployedPrompt, at: string, point: PromptPoint | undefined): HistoryEvent {
  const { version, commit, fingerprint, model, by } = deployed;
  const what = version ?? commit?.slice(0, 7) ?? fingerprint?.slice(0, 11) ?? 'a version that its source does not name';
  return {
    kind: 'deployment',
    at,
    title: `${environment} got ${what}`,
    detail: [model, by, version === undefined ? undefined : commit?.slice(0, 7)].filter((part) => part !== undefined).join(' · '),
    ...(point ? { point } : {}),
  };
}

function pointOf(deployed: DeployedPrompt | undefined): PromptPoint | undefined {
  if (deployed?.commit !== undefined) return { kind: 'commit', commit: deployed.commit };
  return deployed?.version === undefined ? undefined : { kind: 'release', version: deployed.version };
}
