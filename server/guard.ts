import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
} from 'vscode-languageserver/node';
import { UserError } from '../safety/index.ts';

/** Thrown by `Ticket.check` when the client no longer wants the answer; the guard turns it into the protocol's own error. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'Cancelled';
  }
}

/** What a handler is given beside its parameters. */
export interface Ticket {
  readonly token: CancellationToken;
  /** Throws Cancelled when the client has withdrawn the request: called after every wait. */
  readonly check: () => void;
}

/** How a method is answered when the handler fails. */
export interface GuardOptions {
  /** A person asked for this and waits: a UserError is shown. Otherwise it is only logged. */
  readonly shown?: boolean;
  /** A UserError is the answer: the editor shows it where the request was made. */
  readonly refuses?: boolean;
}

/** The one way into the server: every request and notification handler is wrapped by it, so that no text and no bug of ours ends the process. */
export interface Guard {
  /** Wraps a request: `empty` is the answer when the handler fails. */
  readonly request: <P, R>(
    method: string,
    empty: R,
    handle: (params: P, ticket: Ticket) => R | Promise<R>,
    options?: GuardOptions,
  ) => (params: P, token: CancellationToken) => Promise<R | ResponseError<never>>;
  /** Wraps a notification or an event. */
  readonly notification: <P>(method: string, handle: (params: P) => void | Promise<void>) => (params: P) => Promise<void>;
}

/** A guard that logs to the connection. */
export function createGuard(connection: Pick<Connection, 'console' | 'sendNotification'>): Guard {
  const report = (method: string, params: unknown, error: unknown, shown: boolean): void => {
    const what = `${method} ${uriOf(params)}`.trim();
    if (error instanceof UserError) {
      connection.console.warn(`${what}: ${error.located}`);
      if (shown)
        connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: error.located }).catch(() => {});
    } else
      connection.console.error(
        `${what} failed (please report this): ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
  };
  return {
    request: (method, empty, handle, options) => async (params, token) => {
      const check = (): void => {
        if (token.isCancellationRequested) throw new Cancelled();
      };
      try {
        check();
        const answer = await handle(params, { token, check });
        check();
        return answer;
      } catch (error) {
        if (error instanceof Cancelled) return new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'cancelled');
        if (options?.refuses && error instanceof UserError) return new ResponseError<never>(LSPErrorCodes.RequestFailed, error.message);
        report(method, params, error, options?.shown ?? false);
        return empty;
      }
    },
    notification: (method, handle) => async (params) => {
      try {
        await handle(params);
      } catch (error) {
        report(method, params, error, false);
      }
    },
  };
}

function uriOf(params: unknown): string {
  if (typeof params !== 'object' || params === null) return '';
  if ('uri' in params && typeof params.uri === 'string') return params.uri;
  return 'textDocument' in params ? uriOf(params.textDocument) : '';
}
