import { appendDeployments, environmentSources } from '../../ledger/index.ts';
import type { EvenkeelConfig } from '../../prompts-schema/index.ts';
import { DEPLOYMENTS_FORMAT, DeploymentRecord, type HostRequests } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { chosen } from './refresh.ts';

/**
 * Appends the records to the deployments files of their environments, one after the other, durable when it resolves. UserError where an environment
 * has another source, or where a record says neither prompt nor name.
 */
export async function recordDeployed(
  workspace: Workspace,
  config: EvenkeelConfig,
  records: HostRequests['recordDeployed']['params']['records'],
  now: Date,
): Promise<HostRequests['recordDeployed']['result']> {
  if (!records.length) throw new UserError('usage', 'There is nothing to record: name a prompt.');
  const byFile = new Map<string, DeploymentRecord[]>();
  for (const record of records) {
    if (record.promptId === undefined && record.name === undefined) throw new UserError('usage', 'A record says which prompt it is of.');
    const path = fileOf(workspace, config, record.environment);
    const whole = DeploymentRecord.parse({ formatVersion: DEPLOYMENTS_FORMAT, at: now.toISOString(), ...record });
    byFile.set(path, [...(byFile.get(path) ?? []), whole]);
  }
  for (const [path, whole] of byFile) await appendDeployments(workspace, path, whole);
  const files = [...byFile.keys()];
  const environments = [...new Set(records.map(({ environment }) => environment))];
  return { files, message: `Recorded ${prompts(records)} in ${environments.join(', ')} (${files.join(', ')}).` };
}

function fileOf(workspace: Workspace, config: EvenkeelConfig, environment: string): string {
  const [source] = chosen(environmentSources(config), [environment]);
  const { file } = source?.config ?? {};
  if (file === undefined)
    throw new UserError(
      'configuration',
      `What runs in ${environment} is told by its ${source?.kind} source, so nothing is recorded for it. Record into an environment with \`file:\`.`,
      { file: 'evenkeel.yml' },
    );
  const path = workspace.resolve('evenkeel.yml', file);
  if (path === undefined)
    throw new UserError('configuration', `${file} leads outside the folder. Name a file inside it.`, { file: 'evenkeel.yml' });
  return path;
}

function prompts(records: readonly Pick<DeploymentRecord, 'promptId' | 'name' | 'version'>[]): string {
  const [first] = records;
  if (records.length > 1) return `${records.length} prompts`;
  return [first?.name ?? first?.promptId, first?.version].filter((word) => word !== undefined).join(' ');
}
