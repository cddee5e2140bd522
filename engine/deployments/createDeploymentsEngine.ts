import { deploymentsView, enoughFor, environmentSources, updateHistories } from '../../ledger/index.ts';
import { BoundKey, type DeployedPrompt, type DeploymentsView } from '../../protocol/index.ts';
import { type Redactor, requireCapability, UserError } from '../../safety/index.ts';
import { loadConfig, type Workspace } from '../../workspace/index.ts';
import { driftWords } from '../compare/view/driftWords.ts';
import type { EngineContext } from '../engineContext.ts';
import type { WireTimeouts } from '../providers/guardedFetch.ts';
import type { DeploymentsEngine } from './deploymentsEngine.ts';
import { recordDeployed } from './recordDeployed.ts';
import { chosen, createRefresh } from './refresh.ts';
import { SOURCES } from './registry.ts';

export interface DeploymentsOptions {
  readonly redactor: Redactor;
  /** For tests. */
  readonly timeouts?: Partial<WireTimeouts>;
}

/** Environments of the roots that the engine knows; front ends ask here and nowhere else. */
export function createDeploymentsEngine(engine: EngineContext, options: DeploymentsOptions): DeploymentsEngine {
  const { clock, random, folderOf } = engine;
  const refresh = createRefresh({ clock, random, ...options });

  const view = async (root: string): Promise<DeploymentsView> => {
    const { workspace, comparisons } = folderOf(root);
    const { config } = await loadConfig(workspace);
    const listed = await comparisons.list();
    return deploymentsView(workspace, config, (promptId) => driftWords(listed, promptId));
  };

  return {
    deployments: ({ root }) => view(root),
    refreshDeployments: async ({ root, environments, force = false, keys }) => {
      const { workspace } = folderOf(root);
      if (force) requireCapability(workspace.capabilities, 'network', 'ask what is deployed');
      const { config } = await loadConfig(workspace);
      const bound = keys.map((key) => BoundKey.parse(key));
      const looked = await refresh({ workspace, config, force, keys: bound, ...(environments ? { environments } : {}) });
      const shown = await view(root);
      return (looked.length || force) && (await countEdits(workspace, shown)) ? view(root) : shown;
    },
    deploymentKeys: async ({ root, environments }) => {
      const { config } = await loadConfig(folderOf(root).workspace);
      return chosen(environmentSources(config), environments).flatMap((source) => SOURCES[source.kind].keys(source));
    },
    recordDeployed: async ({ root, records }) => {
      const { workspace } = folderOf(root);
      const { config } = await loadConfig(workspace);
      const result = await recordDeployed(workspace, config, records, clock.date());
      const environments = [...new Set(records.map(({ environment }) => environment))];
      await refresh({ workspace, config, environments, force: true, keys: [] });
      return result;
    },
  };
}

/**
 * Brings the stored history of prompts that differ somewhere up to date, as far back as what is deployed, so that “2 edits behind” can be told
 * without asking git. Whether anything may have changed. A repository that git cannot read only leaves the number out.
 */
async function countEdits(workspace: Workspace, { environments }: DeploymentsView): Promise<boolean> {
  if (!workspace.capabilities.processes) return false;
  const wanted = new Map<string, readonly DeployedPrompt[]>();
  for (const { promptId, deployed, relation } of environments.flatMap(({ prompts }) => prompts))
    if (promptId !== undefined && relation.kind !== 'same') wanted.set(promptId, [...(wanted.get(promptId) ?? []), deployed]);
  if (!wanted.size) return false;
  try {
    await updateHistories(workspace, [...wanted.keys()], { enough: enoughFor(wanted) });
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
