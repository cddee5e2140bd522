import { keysFromEnvironment } from '../engine/index.ts';
import type { BoundKey, KeyNeed } from '../protocol/index.ts';
import { escapeTerminalLine, type Redactor, UserError } from '../safety/index.ts';
import { listOption, type ParsedOptions } from './args.ts';
import type { CliIo } from './io.ts';

/**
 * The keys that the sources of environments may get, from the environment variables that evenkeel.yml names. A key that is missing keeps nobody
 * from asking the other sources: the source that wants it says so in its answer. One that must not be sent is told, and not sent.
 */
export function deploymentKeys(
  needs: readonly KeyNeed[],
  { options, io, redactor }: { readonly options: ParsedOptions; readonly io: CliIo; readonly redactor: Redactor },
): readonly BoundKey[] {
  const allowOrigins = listOption(options, 'allow-origin');
  return needs.flatMap((need) => {
    try {
      const keys = keysFromEnvironment([need], io.env, { allowOrigins });
      for (const { key } of keys) redactor.add(key);
      return keys;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (io.env[need.envName]?.trim()) io.err(`${escapeTerminalLine(error.message)}\n`);
      return [];
    }
  });
}
