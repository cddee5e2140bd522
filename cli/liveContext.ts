import { createEngine } from '../engine/index.ts';
import type { HostRequests } from '../protocol/index.ts';
import { createRedactor, type Redactor, TRUSTED } from '../safety/index.ts';
import type { ParsedOptions } from './args.ts';
import { catalogOf } from './catalogOf.ts';
import type { CliIo } from './io.ts';
import type { Selected } from './selection.ts';

/** What of the engine the commands about releases, deployments and history ask. */
export type LiveEngine = {
  readonly [Method in LiveMethod]: (params: HostRequests[Method]['params']) => Promise<HostRequests[Method]['result']>;
};

type LiveMethod =
  | 'release'
  | 'repairLock'
  | 'deployments'
  | 'refreshDeployments'
  | 'deploymentKeys'
  | 'recordDeployed'
  | 'history'
  | 'status'
  | 'comparisons';

/** What these commands work with. */
export interface LiveContext {
  readonly engine: LiveEngine;
  readonly redactor: Redactor;
  readonly options: ParsedOptions;
  readonly io: CliIo;
  /** The moment of the command: ages and days are told from it. */
  readonly now: Date;
}

export function openLive(options: ParsedOptions, io: CliIo): LiveContext {
  const redactor = createRedactor();
  return {
    engine: createEngine({ capabilities: TRUSTED, interactive: false, redactor, catalog: catalogOf(io) }),
    redactor,
    options,
    io,
    now: new Date(),
  };
}

/** One object a line with its `type`, for `--json`. */
export function jsonLine({ io }: Pick<LiveContext, 'io'>, type: string, fields: object): void {
  io.out(`${JSON.stringify({ type, ...fields })}\n`);
}

/** The prompts selected, by their roots, in the order in which they came. */
export function byRoot(selected: readonly Selected[]): ReadonlyMap<string, readonly Selected[]> {
  const roots = new Map<string, Selected[]>();
  for (const prompt of selected) {
    const known = roots.get(prompt.workspace.root);
    if (known) known.push(prompt);
    else roots.set(prompt.workspace.root, [prompt]);
  }
  return roots;
}
