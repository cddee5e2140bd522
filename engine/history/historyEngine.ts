import type { HostRequests } from '../../protocol/index.ts';

type Ask<M extends keyof HostRequests> = (params: HostRequests[M]['params']) => Promise<HostRequests[M]['result']>;

/** What happened to prompts and where they stand. No model is called and nothing is fetched; git is asked where that is allowed. */
export interface HistoryEngine {
  readonly history: Ask<'history'>;
  /** UserError that says what to do where there is no such text. */
  readonly promptAt: Ask<'promptAt'>;
  /** One row a prompt, in the order asked; a prompt that cannot be read is a row that says so. */
  readonly status: Ask<'status'>;
}
