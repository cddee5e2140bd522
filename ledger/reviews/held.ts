import { UserError } from '../../safety/index.ts';

/** Throws TryAgain when the prompt's lock is no longer this process's: asked before every step, since a lock can be taken over. */
export type Held = () => Promise<void>;

/** Somebody else was at the same files; nothing of this attempt is left half done, or whoever has the lock now completes it. */
export class TryAgain extends UserError {
  constructor(promptId: string) {
    super('conflict', `The baselines of ${promptId} are being changed by another Evenkeel process. Try again when it has finished.`);
  }
}
