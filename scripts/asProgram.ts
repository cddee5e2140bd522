import { UserError } from '../safety/index.ts';

/**
 * Does a script's work and sets its exit code: what the work gives, 2 for a mistake that the message explains, 1 for a bug with its stack.
 * Work that gives no number has succeeded.
 */
export async function asProgram(work: () => Promise<unknown>): Promise<void> {
  try {
    const code = await work();
    process.exitCode = typeof code === 'number' ? code : 0;
  } catch (error) {
    const explained = isForPeople(error);
    console.error(explained ? error.message : error);
    process.exitCode = explained ? 2 : 1;
  }
}

/** Whether an error's message alone tells what to do: ours, bootstrap.mjs's, and options that the command line does not know. */
export function isForPeople(error: unknown): error is Error {
  if (error instanceof UserError) return true;
  return error instanceof Error && ('forPeople' in error || ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')));
}
