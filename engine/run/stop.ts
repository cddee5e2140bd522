import type { RunEnd } from '../../protocol/index.ts';
import type { ProviderError } from '../providers/provider.ts';

/** Why a run stopped before its end. */
export interface StopReason {
  readonly end: Exclude<RunEnd, 'finished' | 'interrupted'>;
  readonly message: string;
}

/** Notices when going on makes no sense: a key that is refused, an account without money, a model that is not there, a server that is down. */
export interface Circuit {
  /** Any answer of this provider. */
  readonly answered: () => void;
  /** The reason to stop the run, if this failure is one. */
  readonly failed: (error: ProviderError) => StopReason | undefined;
}

export function createCircuit(): Circuit {
  let answers = 0;
  let unreachable = 0;
  return {
    answered: () => {
      answers++;
      unreachable = 0;
    },
    failed: (error) => {
      if (error.kind === 'authentication' || error.kind === 'quota') return { end: 'failed', message: error.message };
      // A model or address that nobody may use or knows is so for every case; after an answer it is this case's own failure.
      if ((error.kind === 'permission' || error.kind === 'notFound') && answers === 0) return { end: 'failed', message: error.message };
      if (error.billing !== 'notSent') {
        unreachable = 0;
        return undefined;
      }
      unreachable++;
      const patience = answers ? PATIENCE_AFTER_ANSWERS : PATIENCE;
      return unreachable >= patience
        ? { end: 'failed', message: `${error.message} The run stopped; resume it when the server is back.` }
        : undefined;
    },
  };
}

/** Attempts in a row that never reached the server. */
const PATIENCE = 4;
const PATIENCE_AFTER_ANSWERS = 24;
