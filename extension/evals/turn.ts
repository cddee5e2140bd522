import { UserError } from '../../safety/index.ts';
import type { SessionWorld } from './sessionWorld.ts';

/** Why a session's work did not come to its end, as its panel shows it. */
export interface Stopped {
  readonly state: 'untrusted' | 'failed';
  readonly notice: string;
}

/** What a turn tells its session. */
export interface TurnSession {
  readonly stopped: (why: Stopped) => void;
  /** Shows how things stand. */
  readonly flush: () => void;
}

/**
 * One thing at a time in a session, and nothing at all without trust: the work goes on until it has ended, may ask the person, and may be
 * called off. `A` is what a person can answer; `stop` is the answer of one who calls it off.
 */
export class Turn<A> {
  readonly #world: Pick<SessionWorld, 'trusted' | 'report'>;
  readonly #session: TurnSession;
  readonly #stop: A;
  #answer: ((answer: A) => void) | undefined;
  #busy = false;
  #cancelled = false;

  constructor(world: Pick<SessionWorld, 'trusted' | 'report'>, session: TurnSession, stop: A) {
    this.#world = world;
    this.#session = session;
    this.#stop = stop;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** The person called the work off. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** Does the work, unless other work is going on; whatever goes wrong is said in the panel. */
  async begin(work: () => Promise<void>): Promise<void> {
    if (this.#busy) return;
    if (!this.#world.trusted()) {
      this.#session.stopped({ state: 'untrusted', notice: UNTRUSTED_NOTICE });
      return this.#session.flush();
    }
    this.#busy = true;
    this.#cancelled = false;
    this.#session.flush();
    try {
      await work();
    } catch (error) {
      this.#session.stopped({ state: 'failed', notice: errorNotice(error) });
      this.#world.report(error);
    } finally {
      this.#busy = false;
      this.#session.flush();
    }
  }

  /** Waits for the person's answer to what the session shows. */
  async ask(): Promise<A> {
    const { promise, resolve } = Promise.withResolvers<A>();
    this.#answer = resolve;
    if (this.#cancelled) this.answer(this.#stop);
    this.#session.flush();
    return promise;
  }

  /** The person's answer to the question shown. */
  answer(answer: A): void {
    this.#answer?.(answer);
    this.#answer = undefined;
  }

  /** Calls off what is going on. Whether there was anything. */
  cancel(): boolean {
    if (!this.#busy) return false;
    this.#cancelled = true;
    this.answer(this.#stop);
    return true;
  }
}

/** An error as a panel says it: one for people by its words, any other without its insides. */
export function errorNotice(error: unknown): string {
  return error instanceof UserError ? error.located : 'Something went wrong inside Evenkeel. “Evenkeel: Show Log” has the details.';
}

export const UNTRUSTED_NOTICE = 'This folder is not trusted. Evenkeel runs nothing and sends nothing before you trust it.';
