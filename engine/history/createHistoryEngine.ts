import { promptIds } from '../../ledger/index.ts';
import { PromptPoint } from '../../protocol/index.ts';
import { loadConfig, type Workspace, wantedPrompts } from '../../workspace/index.ts';
import type { EngineContext } from '../engineContext.ts';
import type { HistoryEngine } from './historyEngine.ts';
import { historyView } from './historyView.ts';
import { promptAt } from './promptAt.ts';
import { statusRows } from './statusRows.ts';

/** Histories and status over the ledger; front ends ask here and nowhere else. */
export function createHistoryEngine({ folderOf, clock, catalog }: Pick<EngineContext, 'folderOf' | 'clock' | 'catalog'>): HistoryEngine {
  return {
    history: ({ root, promptId, limit }) => historyView(folderOf(root), promptId, { today: clock.date(), limit }),
    promptAt: ({ root, promptId, point }) => promptAt(folderOf(root), promptId, PromptPoint.parse(point)),
    status: async ({ root, promptIds: ids }) => {
      const folder = folderOf(root);
      return statusRows(folder, ids ?? (await wantedIds(folder.workspace)), clock.date(), await catalog());
    },
  };
}

/** The prompts that evenkeel.yml of the root takes for prompts. */
async function wantedIds(workspace: Workspace): Promise<readonly string[]> {
  return promptIds(workspace, await wantedPrompts(workspace, (await loadConfig(workspace)).config));
}
