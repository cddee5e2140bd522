/** Where in a file a message belongs; line and column count from 1, as editors show them. */
export interface ErrorPlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** Codes decide exit codes and tests; `configuration` and `usage` end a command with 2, `incomplete` with 3. */
export type UserErrorCode = 'usage' | 'configuration' | 'incomplete' | 'cancelled' | 'untrusted' | 'conflict';

/** An error that the user can mend: the message says what is wrong and what to do next. Everything else thrown is a bug of ours. */
export class UserError extends Error {
  readonly code: UserErrorCode;
  readonly place: ErrorPlace | undefined;

  constructor(code: UserErrorCode, message: string, place?: ErrorPlace) {
    super(message);
    this.name = 'UserError';
    this.code = code;
    this.place = place;
  }

  /** `file:line:column: message`, with as much of the place as is known. */
  get located(): string {
    return this.place ? `${formatPlace(this.place)}: ${this.message}` : this.message;
  }
}

/** `file`, `file:line` or `file:line:column`. */
export function formatPlace({ file, line, column }: ErrorPlace): string {
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
}
