import { deployedRows } from '../../ledger/index.ts';
import { fingerprintOf } from '../../prompts-schema/index.ts';
import type { DeployedRow } from '../../protocol/index.ts';
import { loadConfig } from '../../workspace/index.ts';
import type { OpenPrompt } from './promptCache.ts';

/** What runs of an open prompt in each environment and how that stands to its text now, from what is stored alone. */
export async function deployedOf({ document, facts, place }: OpenPrompt): Promise<readonly DeployedRow[]> {
  if (!place) return [];
  const { config } = await loadConfig(place.workspace);
  if (Object.keys(config.environments).length === 0) return [];
  const { promptId } = facts;
  return deployedRows(place.workspace, { promptId, name: document.name?.value ?? promptId, ...fingerprintOf(document, facts) }, config);
}
