import type { EnvironmentSource } from '../../ledger/index.ts';
import type { EvenkeelConfig } from '../../prompts-schema/index.ts';
import type { BoundKey, DeployedPrompt, DeploymentProblem, KeyNeed } from '../../protocol/index.ts';
import type { Capability } from '../../safety/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { WireTimeouts } from '../providers/guardedFetch.ts';

/** What a look at a source needs. */
export interface Look {
  readonly workspace: Workspace;
  readonly config: EvenkeelConfig;
  readonly source: EnvironmentSource;
  readonly keys: readonly BoundKey[];
  /** What the last answer gave to ask whether it still holds. */
  readonly validator: string | undefined;
  /** For tests. */
  readonly timeouts?: Partial<WireTimeouts>;
}

/** What a look gave. What a source, a network or a repository does wrong is a `failed`, never an error. */
export type LookResult =
  | {
      readonly status: 'answered';
      readonly prompts: readonly DeployedPrompt[];
      readonly commit?: string;
      readonly validator?: string;
    }
  /** The prompts of the last answer still hold. */
  | { readonly status: 'unchanged' }
  | FailedLook;

/** A look that gave nothing: why, and a sentence that says what to do. */
export interface FailedLook {
  readonly status: 'failed';
  readonly kind: DeploymentProblem['kind'];
  readonly message: string;
}

/** One kind of source. A look reads and nothing else: it writes no file and follows nothing that the answer names. */
export interface DeploymentSource {
  /** Without it no look is taken; a folder that is not trusted has none of them. */
  readonly needs: Capability;
  /** The keys that a look would send. */
  readonly keys: (source: EnvironmentSource) => readonly KeyNeed[];
  readonly look: (look: Look) => Promise<LookResult>;
}

/** As many prompts of an environment as are kept: 2,000. */
export const MOST_PROMPTS = 2000;

/** A failure in one line. */
export function failed(kind: DeploymentProblem['kind'], message: string): FailedLook {
  return { status: 'failed', kind, message };
}
