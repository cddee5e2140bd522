import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { TRUSTED, UserError } from '../../safety/index.ts';
import { ensureStateFolder, hashText, openWorkspace, writeAtomic } from '../../workspace/index.ts';
import type { ParsedOptions } from '../args.ts';
import { DAILY_WORKFLOW_FILE, dailyWorkflow } from '../dailyWorkflow.ts';
import { EXIT, type ExitCode } from '../exitCodes.ts';
import { withReviewMerge } from '../gitAttributes.ts';
import type { CliIo } from '../io.ts';
import { STARTER_FILES } from '../starterFiles.ts';

/** Writes a first prompt, its dataset and evenkeel.yml, or the daily check's workflow; files that are there stay unless forced. */
export async function initCommand(paths: readonly string[], options: ParsedOptions, io: CliIo): Promise<ExitCode> {
  const folder = path.resolve(io.cwd, paths[0] ?? '.');
  await mkdir(folder, { recursive: true });
  if (options['daily']) {
    const root = await repositoryOf(folder);
    const checked = path.relative(root, folder).split(path.sep).join('/') || '.';
    await writeFiles(root, { [DAILY_WORKFLOW_FILE]: dailyWorkflow(checked) }, options, io);
    await mergeReviews(folder, io);
    io.out('\nCapture a baseline (30 samples a case see an early change sooner), commit both, add the keys as secrets,\n');
    io.out('then run the workflow once by hand with “start” set. docs/daily-check.md tells the rest.\n');
    return EXIT.passed;
  }
  await writeFiles(folder, STARTER_FILES, options, io);
  await mergeReviews(folder, io);
  await ensureStateFolder({ root: folder, capabilities: TRUSTED });
  io.out('\nRun it with: evenkeel eval (no key is needed: the model is the sandbox, a deterministic stand-in).\n');
  return EXIT.passed;
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>, options: ParsedOptions, io: CliIo): Promise<void> {
  const present = await presentOf(folder, Object.keys(files));
  if (present.length && !options['force']) {
    throw new UserError(
      'usage',
      `${present.join(', ')} ${present.length === 1 ? 'is' : 'are'} there already; nothing was written. Use --force to overwrite, or evenkeel init <another folder>.`,
    );
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeAtomic({ root: folder, capabilities: TRUSTED }, name, text);
    io.out(`wrote ${name}\n`);
  }
}

async function presentOf(folder: string, names: readonly string[]): Promise<readonly string[]> {
  const checks = names.map(async (name) => ((await exists(path.join(folder, name))) ? name : undefined));
  return (await Promise.all(checks)).filter((name) => name !== undefined);
}

/** Adds to `.gitattributes` what lets git merge two branches of reviews. */
async function mergeReviews(folder: string, io: CliIo): Promise<void> {
  const workspace = openWorkspace({ root: folder, capabilities: TRUSTED });
  const file = await workspace.read(GIT_ATTRIBUTES);
  if (!file.ok && file.reason !== 'missing') {
    io.err(`${file.message} It was left as it is; add a line by hand: ${withReviewMerge('')}`);
    return;
  }
  const text = withReviewMerge(file.ok ? file.text : '');
  if (text === undefined) return;
  await writeAtomic(workspace, GIT_ATTRIBUTES, text, { expectedHash: file.ok ? hashText(file.text) : null });
  io.out(`${file.ok ? 'added a line to' : 'wrote'} ${GIT_ATTRIBUTES}\n`);
}

const GIT_ATTRIBUTES = '.gitattributes';

/** The repository that holds a folder: GitHub reads workflows at its root only. The folder itself where there is none. */
async function repositoryOf(folder: string): Promise<string> {
  for (let at = folder; ; at = path.dirname(at)) {
    if (await exists(path.join(at, '.git'))) return at;
    if (path.dirname(at) === at) return folder;
  }
}

async function exists(place: string): Promise<boolean> {
  return (await stat(place).catch(() => undefined)) !== undefined;
}
