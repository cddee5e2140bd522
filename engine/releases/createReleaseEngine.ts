import { type ReleaseContext, releasePrompt, repairLock, updateHistory } from '../../ledger/index.ts';
import { ReleaseRequest } from '../../protocol/index.ts';
import type { EngineContext } from '../engineContext.ts';
import type { ReleaseEngine } from './releaseEngine.ts';

/** Releases over the ledger; front ends ask here and nowhere else. */
export function createReleaseEngine({ folderOf, clock }: Pick<EngineContext, 'folderOf' | 'clock'>): ReleaseEngine {
  const contextOf = (root: string): ReleaseContext => {
    const { workspace, store } = folderOf(root);
    return { workspace, store, today: clock.date().toISOString().slice(0, 10) };
  };
  return {
    release: async (params) => {
      const { root, promptId, bump } = ReleaseRequest.parse(params);
      return releasePrompt(contextOf(root), promptId, bump);
    },
    repairLock: ({ root, promptId }) => repairLock({ ...contextOf(root), historyOf: updateHistory }, promptId),
  };
}
