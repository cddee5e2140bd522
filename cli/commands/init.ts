import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { TRUSTED, UserError } from '../../safety/index.ts';
import { ensureStateFolder, writeAtomic } from '../../workspace/index.ts';
import type { ParsedOptions } from '../args.ts';
import { EXIT, type ExitCode } from '../exitCodes.ts';
import { STARTER_FILES } from '../starterFiles.ts';
import type { CliIo } from '../io.ts';

/** Writes a first prompt, its dataset and evenkeel.yml; files that are there stay unless forced. */
export async function initCommand(paths: readonly string[], options: ParsedOptions, io: CliIo): Promise<ExitCode> {
  const folder = path.resolve(io.cwd, paths[0] ?? '.');
  await mkdir(folder, { recursive: true });
  const place = { root: folder, capabilities: TRUSTED };
  const present = await presentOf(folder);
  if (present.length && !options['force']) {
    throw new UserError(
      'usage',
      `${present.join(', ')} ${present.length === 1 ? 'is' : 'are'} there already; nothing was written. Use --force to overwrite, or evenkeel init <another folder>.`,
    );
  }
  for (const [name, text] of Object.entries(STARTER_FILES)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeAtomic(place, name, text);
    io.out(`wrote ${name}\n`);
  }
  await ensureStateFolder(place);
  io.out('\nRun it with: evenkeel eval (no key is needed: the model is the sandbox, a deterministic stand-in).\n');
  return EXIT.passed;
}

async function presentOf(folder: string): Promise<readonly string[]> {
  const checks = Object.keys(STARTER_FILES).map(async (name) =>
    (await stat(path.join(folder, name)).catch(() => undefined)) ? name : undefined,
  );
  return (await Promise.all(checks)).filter((name) => name !== undefined);
}
