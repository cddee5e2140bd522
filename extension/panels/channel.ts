import type * as z from 'zod/mini';

/** The part of a webview that messages go through. */
export interface MessagePort {
  readonly postMessage: (message: unknown) => PromiseLike<boolean>;
  readonly onDidReceiveMessage: (listener: (message: unknown) => void) => { readonly dispose: () => void };
}

/** What a channel does with the panel's intents. */
export interface ChannelHandler<Intent> {
  readonly handle: (intent: Intent) => Promise<void> | void;
  readonly report: (error: unknown) => void;
}

/**
 * The only way between a panel and the extension. What the panel sends is checked against the closed union of its intents: anything
 * else is dropped and counted, and an intent that fails is reported, so that no message ever throws.
 */
export class PanelChannel<Message, Intent> {
  readonly #port: MessagePort;
  readonly #subscription: { readonly dispose: () => void };
  #dropped = 0;

  constructor(port: MessagePort, intents: z.ZodMiniType<Intent>, { handle, report }: ChannelHandler<Intent>) {
    this.#port = port;
    this.#subscription = port.onDidReceiveMessage((message) => {
      const intent = readIntent(intents, message);
      if (intent === undefined) {
        this.#dropped++;
        return;
      }
      void (async () => handle(intent))().catch(report);
    });
  }

  /** Messages that were none of the intents. */
  get dropped(): number {
    return this.#dropped;
  }

  post(message: Message): void {
    void this.#port.postMessage(message);
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

function readIntent<Intent>(intents: z.ZodMiniType<Intent>, message: unknown): Intent | undefined {
  try {
    const read = intents.safeParse(message);
    return read.success ? read.data : undefined;
  } catch {
    return undefined; // a getter or proxy that throws
  }
}
