import { CodeLensRefreshRequest, type Connection } from 'vscode-languageserver/node';

/** Asks the client to ask again, many reasons at once becoming one request. */
export class Refresher {
  readonly #connection: Pick<Connection, 'languages' | 'sendRequest' | 'console'>;
  readonly #wanted = new Set<'diagnostics' | 'lenses'>();
  #timer: NodeJS.Timeout | undefined;
  #typing: NodeJS.Timeout | undefined;
  #disposed = false;
  #later: { readonly at: number; readonly timer: NodeJS.Timeout } | undefined;
  /** What the client can be asked for; decided by initialize. */
  can = { diagnostics: false, lenses: false };
  /** Called in place of a diagnostics refresh where the client cannot pull. */
  onDiagnostics: () => void = () => {};

  /** Called whenever diagnostics are out of date. */
  onWanted: () => void = () => {};

  constructor(connection: Pick<Connection, 'languages' | 'sendRequest' | 'console'>) {
    this.#connection = connection;
  }

  /** Diagnostics, lenses or both are out of date. */
  want(...what: readonly ('diagnostics' | 'lenses')[]): void {
    for (const one of what) this.#wanted.add(one);
    if (what.includes('diagnostics')) this.onWanted();
    this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS);
  }

  /** Both are out of date once the person stops typing in another file that they rest on. */
  wantAfterTyping(): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.want('diagnostics', 'lenses'), TYPING_MS);
  }

  /** Lenses will be out of date by then, in milliseconds, if nothing else comes before: they tell how long ago something was. */
  lensesIn(delay: number): void {
    const at = Date.now() + delay;
    if (this.#later && this.#later.at <= at) return;
    clearTimeout(this.#later?.timer);
    const timer = setTimeout(() => {
      this.#later = undefined;
      this.want('lenses');
    }, delay);
    timer.unref();
    this.#later = { at, timer };
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#typing);
    clearTimeout(this.#later?.timer);
    this.#timer = undefined;
    this.#later = undefined;
    this.#wanted.clear();
  }

  #flush(): void {
    this.#timer = undefined;
    const wanted = new Set(this.#wanted);
    this.#wanted.clear();
    if (wanted.has('diagnostics')) {
      if (this.can.diagnostics) this.#quietly(this.#connection.languages.diagnostics.refresh());
      else this.onDiagnostics();
    }
    if (wanted.has('lenses') && this.can.lenses) this.#quietly(this.#connection.sendRequest(CodeLensRefreshRequest.type));
  }

  #quietly(asked: Promise<unknown>): void {
    asked.catch((error: unknown) => {
      if (!this.#disposed) this.#connection.console.log(`refresh was refused: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
}

/** Long enough to gather a burst of file events, short enough not to be noticed. */
const GATHER_MS = 40;

/** A dataset may be large: it is not read again for every key. */
const TYPING_MS = 200;
