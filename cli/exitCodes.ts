import type { UserError } from '../safety/index.ts';

/** Exit codes of every command (design.md, Engine). */
export const EXIT = { passed: 0, failed: 1, usage: 2, incomplete: 3, amber: 4 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The one code when several hold: 2 before 1 before 3 before 4. */
export function worstExit(codes: Iterable<ExitCode>): ExitCode {
  const present = new Set(codes);
  return PRECEDENCE.find((code) => present.has(code)) ?? EXIT.passed;
}

const PRECEDENCE: readonly ExitCode[] = [EXIT.usage, EXIT.failed, EXIT.incomplete, EXIT.amber];

/** The code of an error that the user can mend. */
export function exitOfError({ code }: UserError): ExitCode {
  return code === 'incomplete' || code === 'cancelled' ? EXIT.incomplete : EXIT.usage;
}
