import type { ComparisonView, DriftState, EvalsHeader, EvalsRow } from '../protocol/index.ts';
import type { RootDeployments } from './deployments/deploymentRefresher.ts';

/** What `activate` returns: for tests in a real editor, not for other extensions. */
export interface ExtensionApi {
  /** Milliseconds that activation took, without the servers' start. */
  readonly activationMs: number;
  /** Resolves when the language server is ready. */
  readonly serverReady: Promise<void>;
  /** Whether the engine's process has been started. */
  readonly engineStarted: () => boolean;
  /** What a prompt's panel shows now. */
  readonly evals: (uri: string) => Promise<{ readonly header: EvalsHeader; readonly rows: readonly EvalsRow[] }>;
  /** What is deployed from each root that has environments. */
  readonly deployments: () => readonly RootDeployments[];
  /** What a prompt's drift panel shows now. */
  readonly drift: (uri: string) => Promise<{ readonly state: DriftState; readonly view?: ComparisonView }>;
}
