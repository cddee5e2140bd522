import { escapeTerminal, UserError } from '../safety/index.ts';
import { parseCommandLine } from './args.ts';
import { EXIT, type ExitCode, exitOfError } from './exitCodes.ts';
import type { CliIo } from './io.ts';

/** Runs one command line to its exit code. Never throws: a UserError becomes one line and its code, anything else is said to be a bug. */
export async function runCli(argv: readonly string[], io: CliIo, version: string): Promise<ExitCode> {
  try {
    const parsed = parseCommandLine(argv);
    if (parsed.kind === 'version') {
      io.out(`${version}\n`);
      return EXIT.passed;
    }
    if (parsed.kind === 'help') {
      const { helpText } = await import('./help.ts');
      io.out(helpText(parsed.command));
      return EXIT.passed;
    }
    const command = await LOADERS[parsed.command]();
    return await command(parsed.paths, parsed.options, io, version);
  } catch (error) {
    return report(error, io);
  }
}

const LOADERS = {
  eval: async () => (await import('./commands/eval.ts')).evalCommand,
  drift: async () => (await import('./commands/drift.ts')).driftCommand,
  compare: async () => (await import('./commands/compare.ts')).compareCommand,
  review: async () => (await import('./commands/review.ts')).reviewCommand,
  baseline: async () => (await import('./commands/baseline.ts')).baselineCommand,
  status: async () => (await import('./commands/status.ts')).statusCommand,
  deployed: async () => (await import('./commands/deployed.ts')).deployedCommand,
  release: async () => (await import('./commands/release.ts')).releaseCommand,
  history: async () => (await import('./commands/history.ts')).historyCommand,
  lint: async () => (await import('./commands/lint.ts')).lintCommand,
  convert: async () => (await import('./commands/convert.ts')).convertCommand,
  models: async () => (await import('./commands/models.ts')).modelsCommand,
  sandbox: async () => (await import('./commands/sandbox.ts')).sandboxCommand,
  init: async () => (await import('./commands/init.ts')).initCommand,
  schema: async () => (await import('./commands/schema.ts')).schemaCommand,
};

function report(error: unknown, io: CliIo): ExitCode {
  if (error instanceof UserError) {
    io.err(`${escapeTerminal(error.located)}\n`);
    return exitOfError(error);
  }
  io.err(
    `This is a fault of Evenkeel, please report it: ${escapeTerminal(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
  );
  return EXIT.usage;
}
