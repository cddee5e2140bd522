import { UserError } from './userError.ts';

/**
 * What code working on an opened repository may do. One object is made at the edge (from Workspace Trust, from CLI flags)
 * and passed down; nothing else asks whether the folder is trusted.
 */
export interface Capabilities {
  /** Sockets and HTTP, provider calls among them. */
  readonly network: boolean;
  /** Child processes other than our own servers; git among them. */
  readonly processes: boolean;
  /** Environment variables, keys among them. */
  readonly environment: boolean;
  /** Files outside the root. */
  readonly outsideRoot: boolean;
  /** Files written in the workspace. */
  readonly write: boolean;
}

export type Capability = keyof Capabilities;

/** A folder that the user trusts. Reading outside the root is never part of trust. */
export const TRUSTED: Capabilities = { network: true, processes: true, environment: true, outsideRoot: false, write: true };

/** A folder nobody has trusted yet: read and show only. */
export const UNTRUSTED: Capabilities = { network: false, processes: false, environment: false, outsideRoot: false, write: false };

/** Throws a UserError that says what was refused and how to allow it. `what` completes "Evenkeel will not …". */
export function requireCapability(capabilities: Capabilities, capability: Capability, what: string): void {
  if (!capabilities[capability])
    throw new UserError(
      'untrusted',
      `Evenkeel will not ${what} in a folder that is not trusted. Trust the folder first (Workspaces: Manage Workspace Trust).`,
    );
}
