import { loadPrompt, readLock } from '../../ledger/index.ts';
import { fingerprintOf, nextVersion, releasesOf } from '../../prompts-schema/index.ts';
import type { Bump, ReleaseResult } from '../../protocol/index.ts';
import { escapeTerminalLine, TRUSTED, UserError } from '../../safety/index.ts';
import type { ParsedOptions } from '../args.ts';
import { EXIT, type ExitCode } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';
import { jsonLine, type LiveContext, openLive } from '../liveContext.ts';
import { paint } from '../reporters/paint.ts';
import { type Selected, selectOne } from '../selection.ts';

/** `evenkeel release`: gives the prompt as it is a version, and writes it into the lock file; `--repair` mends the lock file. */
export async function releaseCommand(words: readonly string[], options: ParsedOptions, io: CliIo): Promise<ExitCode> {
  return releaseOne(words, openLive(options, io));
}

/** The same with a given engine. */
export async function releaseOne(words: readonly string[], context: LiveContext): Promise<ExitCode> {
  const { engine, io, options } = context;
  const { path, version } = readWords(words, options['repair'] === true);
  const prompt = await selectOne('release', [path], io.cwd, TRUSTED);
  const place = { root: prompt.workspace.root, promptId: prompt.promptId };
  const result = options['repair']
    ? await engine.repairLock(place)
    : await engine.release({ ...place, bump: version === undefined ? await asWritten(prompt) : bumpOf(version) });
  tell(prompt.promptId, result, context);
  return EXIT.passed;
}

function readWords(words: readonly string[], repair: boolean): { readonly path: string; readonly version: string | undefined } {
  const [path, version, ...more] = words;
  if (path === undefined || KINDS.has(path))
    throw new UserError('usage', 'evenkeel release wants a prompt: evenkeel release triage.prompt.yml minor.');
  if (more.length || (repair && version !== undefined))
    throw new UserError('usage', `evenkeel release ${repair ? '--repair ' : ''}is about one prompt. Leave out “${more[0] ?? version}”.`);
  return { path, version };
}

const KINDS: ReadonlySet<string> = new Set(['patch', 'minor', 'major']);

function bumpOf(word: string): Bump {
  return KINDS.has(word) ? (word as 'patch' | 'minor' | 'major') : { version: word };
}

/** The version that the file names, where that is no other release yet. Throws UserError('usage') that lists what else it could be called. */
async function asWritten({ workspace, promptId }: Selected): Promise<Bump> {
  const { document, facts } = await loadPrompt(workspace, promptId);
  const lock = await readLock(workspace, promptId);
  const releases = lock?.status === 'read' && lock.value.status === 'read' ? releasesOf(lock.value.lock, promptId) : [];
  const written = document.version?.value;
  const known = releases.find(({ version }) => version === written);
  if (written !== undefined && (known === undefined || known.fingerprint === fingerprintOf(document, facts).fingerprint))
    return 'asWritten';
  const choices = (['patch', 'minor', 'major'] as const).map((kind) => `${kind} (${nextVersion(written, releases, kind)})`);
  const why = known ? `${known.version} is released already, and the prompt was edited since` : 'The prompt names no version';
  throw new UserError('usage', `${why}. Say which release this is: ${choices.join(', ')}, or a version of your own.`, {
    file: promptId,
    line: document.lines.lineNumber(document.version?.range.start ?? 0),
  });
}

function tell(promptId: string, result: ReleaseResult, context: LiveContext): void {
  const { io, options } = context;
  if (options['json']) {
    jsonLine(context, options['repair'] ? 'repaired' : 'released', { promptId, ...result });
    return;
  }
  io.out(`${escapeTerminalLine(result.message)}\n`);
  for (const file of result.files) io.out(`${paint(io, 'dim', `  wrote ${escapeTerminalLine(file)}`)}\n`);
}
