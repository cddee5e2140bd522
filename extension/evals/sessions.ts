import type { PromptInputs } from '../../protocol/index.ts';
import type { SessionPrompt } from './sessionWorld.ts';

/** What all sessions of prompts have. */
export interface Session {
  readonly busy: boolean;
  /** Shows what is stored where nothing is shown yet. */
  readonly showStored: () => Promise<void>;
}

/** The sessions of one kind in this window, one for each prompt, made when a prompt is first run or shown. */
export class Sessions<S extends Session> {
  readonly #inputs: (uri: string) => Promise<PromptInputs>;
  readonly #make: (prompt: SessionPrompt) => S;
  readonly #sessions = new Map<string, S>();
  readonly #byPrompt = new Map<string, S>();

  /** `inputs` says which prompt a file holds. */
  constructor(inputs: (uri: string) => Promise<PromptInputs>, make: (prompt: SessionPrompt) => S) {
    this.#inputs = inputs;
    this.#make = make;
  }

  /** The session of a prompt file. Throws a UserError where the file holds no prompt. */
  async of(uri: string): Promise<S> {
    const known = this.#sessions.get(uri);
    if (known) return known;
    const { root, promptId, promptName } = await this.#inputs(uri);
    const prompt = JSON.stringify([root, promptId]);
    // made while we waited, or under another address: a file of one prompt is named with its name and without
    const session = this.#byPrompt.get(prompt) ?? this.#make({ uri, root, promptId, promptName });
    this.#byPrompt.set(prompt, session);
    this.#sessions.set(uri, session);
    return session;
  }

  all(): readonly S[] {
    return [...this.#byPrompt.values()];
  }

  busy(): readonly S[] {
    return this.all().filter((session) => session.busy);
  }

  /** Sessions that asked for trust may show what is stored now. */
  trusted(): void {
    for (const session of this.#byPrompt.values()) void session.showStored();
  }
}
