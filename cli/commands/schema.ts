import { configJsonSchema, promptFileJsonSchema } from '../../prompts-schema/index.ts';
import { UserError } from '../../safety/index.ts';
import type { ParsedOptions } from '../args.ts';
import { EXIT, type ExitCode } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';

/** Prints one of the generated JSON Schemas. */
export async function schemaCommand(paths: readonly string[], _options: ParsedOptions, io: CliIo): Promise<ExitCode> {
  const [which = 'prompt'] = paths;
  if (which !== 'prompt' && which !== 'config')
    throw new UserError('usage', `There is no schema “${which}”: write evenkeel schema prompt or evenkeel schema config.`);
  io.out(`${JSON.stringify(which === 'prompt' ? promptFileJsonSchema() : configJsonSchema(), null, 2)}\n`);
  return EXIT.passed;
}
