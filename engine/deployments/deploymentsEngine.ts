import type { HostRequests } from '../../protocol/index.ts';

/** What front ends may ask about deployments. */
export interface DeploymentsEngine {
  /** From stored answers alone: nothing is fetched, no process is started. */
  readonly deployments: Op<'deployments'>;
  /** Looks at the sources that are due (`force`: at all), then the same view. What sources do wrong is in the view. In a folder that is not trusted nothing is looked at. */
  readonly refreshDeployments: Op<'refreshDeployments'>;
  /** Which keys a look would send, and to whom. */
  readonly deploymentKeys: Op<'deploymentKeys'>;
  /** Appends to deployments files, durable when it resolves, and looks at them again. */
  readonly recordDeployed: Op<'recordDeployed'>;
}

type Op<M extends keyof HostRequests> = (params: HostRequests[M]['params']) => Promise<HostRequests[M]['result']>;
