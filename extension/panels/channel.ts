import { FromEvals, type ToEvals } from '../../protocol/index.ts';

/** The part of a webview that messages go through. */
export interface MessagePort {
  readonly postMessage: (message: unknown) => PromiseLike<boolean>;
  readonly onDidReceiveMessage: (listener: (message: unknown) => void) => { readonly dispose: () => void };
}

/**
 * The only way between a panel and the extension. What the panel sends is checked against the closed union of its intents: anything
 * else is dropped and counted, and an intent that fails is reported, so that no message ever throws.
 */
export class EvalsChannel {
  readonly #port: MessagePort;
  readonly #subscription: { readonly dispose: () => void };
  #dropped = 0;

  constructor(port: MessagePort, handle: (intent: FromEvals) => Promise<void> | void, report: (error: unknown) => void) {
    this.#port = port;
    this.#subscription = port.onDidReceiveMessage((message) => {
      const intent = readIntent(message);
      if (!intent) {
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

  post(message: ToEvals): void {
    void this.#port.postMessage(message);
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

function readIntent(message: unknown): FromEvals | undefined {
  try {
    const read = FromEvals.safeParse(message);
    return read.success ? read.data : undefined;
  } catch {
    return undefined; // a getter or proxy that throws
  }
}
