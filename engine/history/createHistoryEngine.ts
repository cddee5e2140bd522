import { promptIds } from '../../ledger/index.ts';
import { PromptPoint } from '../../protocol/index.ts';
import type { EngineContext } from '../engineContext.ts';
import type { HistoryEngine } from './historyEngine.ts';
import { historyView } from './historyView.ts';
import { promptAt } from './promptAt.ts';
import { statusRows } from './statusRows.ts';

/** Histories and status over the ledger; front ends ask here and nowhere else. */
export function createHistoryEngine({ folderOf, clock }: Pick<EngineContext, 'folderOf' | 'clock'>): HistoryEngine {
  return {
    history: ({ root, promptId, limit }) => historyView(folderOf(root), promptId, { today: clock.date(), limit }),
    promptAt: ({ root, promptId, point }) => promptAt(folderOf(root), promptId, PromptPoint.parse(point)),
    status: async ({ root, promptIds: ids }) => {
      const folder = folderOf(root);
      return statusRows(folder, ids ?? (await promptIds(folder.workspace)), clock.date());
    },
  };
}
