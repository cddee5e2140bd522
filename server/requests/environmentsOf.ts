import { environmentSources } from '../../ledger/index.ts';
import type { RootEnvironments } from '../../protocol/index.ts';
import { loadConfig, type Workspace } from '../../workspace/index.ts';

/** The environments that a root's evenkeel.yml names, in its order. */
export async function environmentsOf(workspace: Workspace): Promise<RootEnvironments> {
  const { config } = await loadConfig(workspace);
  const environments = environmentSources(config).map(({ environment, kind }) => ({ environment, source: kind }));
  return { root: workspace.root, environments };
}
