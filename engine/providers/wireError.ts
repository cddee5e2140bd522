import type { Billing, FailureKind } from '../../protocol/index.ts';

/** What went wrong between the socket and the end of an answer, before any SDK had a say. Passes through the SDKs as a cause. */
export class WireError extends Error {
  readonly kind: FailureKind;
  readonly billing: Billing;

  constructor(kind: FailureKind, message: string, billing: Billing) {
    super(message);
    this.name = 'WireError';
    this.kind = kind;
    this.billing = billing;
  }
}

/** The WireError in an error or behind its causes; SDKs wrap the ones that come before the headers. */
export function findWireError(error: unknown): WireError | undefined {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    if (current instanceof WireError) return current;
    current = current.cause;
  }
  return undefined;
}
