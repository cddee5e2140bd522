/** What a command may touch of its process; tests give their own. */
export interface CliIo {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** A live terminal that takes cursor movement. */
  readonly isTerminal: boolean;
  readonly columns: number;
  readonly colors: boolean;
  /** Asks yes or no on the terminal; undefined where nobody can answer. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
}
