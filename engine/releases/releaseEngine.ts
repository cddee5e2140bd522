import type { HostRequests } from '../../protocol/index.ts';

type Ask<M extends keyof HostRequests> = (params: HostRequests[M]['params']) => Promise<HostRequests[M]['result']>;

/** Releases prompts and mends their lock files. No model is called. What each does stands at its request in protocol's HostRequests. */
export interface ReleaseEngine {
  readonly release: Ask<'release'>;
  readonly repairLock: Ask<'repairLock'>;
}
