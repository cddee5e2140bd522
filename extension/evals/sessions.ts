import type { PromptInputs } from '../../protocol/index.ts';
import { RunSession } from './runSession.ts';
import type { SessionWatcher, SessionWorld } from './sessionWorld.ts';

/** The sessions of this window, one for each prompt, made when a prompt is first run or shown. */
export class Sessions {
  readonly #world: SessionWorld;
  readonly #inputs: (uri: string) => Promise<PromptInputs>;
  readonly #watch: (session: RunSession) => SessionWatcher;
  readonly #sessions = new Map<string, RunSession>();

  /** `inputs` says which prompt a file holds; `watch` is given to every session. */
  constructor(world: SessionWorld, inputs: (uri: string) => Promise<PromptInputs>, watch: (session: RunSession) => SessionWatcher) {
    this.#world = world;
    this.#inputs = inputs;
    this.#watch = watch;
  }

  /** The session of a prompt file. Throws a UserError where the file holds no prompt. */
  async of(uri: string): Promise<RunSession> {
    const known = this.#sessions.get(uri);
    if (known) return known;
    const { root, promptId, promptName } = await this.#inputs(uri);
    const other = this.#sessions.get(uri); // made while we waited
    if (other) return other;
    const session = new RunSession({ uri, root, promptId, promptName }, this.#world);
    session.watch(this.#watch(session));
    this.#sessions.set(uri, session);
    return session;
  }

  busy(): readonly RunSession[] {
    return [...this.#sessions.values()].filter((session) => session.busy);
  }

  /** Sessions that asked for trust may show their runs now. */
  trusted(): void {
    for (const session of this.#sessions.values()) void session.showStored();
  }
}
