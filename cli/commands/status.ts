import { environmentSources } from '../../ledger/index.ts';
import { deployedLine, type StatusRow } from '../../protocol/index.ts';
import { escapeTerminalLine, TRUSTED } from '../../safety/index.ts';
import { loadConfig, type Workspace } from '../../workspace/index.ts';
import type { ParsedOptions } from '../args.ts';
import { EXIT, type ExitCode, worstExit } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';
import { byRoot, jsonLine, type LiveContext, openLive } from '../liveContext.ts';
import { columnLines } from '../reporters/columns.ts';
import { paint, type Style } from '../reporters/paint.ts';
import { hasPending } from '../reviewTarget.ts';
import { selectPrompts } from '../selection.ts';

/** `evenkeel status`: where every prompt stands, one line each. */
export async function statusCommand(paths: readonly string[], options: ParsedOptions, io: CliIo): Promise<ExitCode> {
  return showStatus(paths, openLive(options, io));
}

/** The same with a given engine. */
export async function showStatus(paths: readonly string[], context: LiveContext): Promise<ExitCode> {
  const { engine, io, options } = context;
  const rows: Row[] = [];
  for (const [root, prompts] of byRoot(await selectPrompts(paths, io.cwd, TRUSTED))) {
    const promptIds = prompts.map(({ promptId }) => promptId);
    if (prompts[0]) await lookAtLocal(prompts[0].workspace, context);
    const waiting = new Set((await engine.comparisons({ root })).filter(hasPending).map(({ promptId }) => promptId));
    const status = await engine.status({ root, promptIds });
    rows.push(...status.map((of) => ({ ...of, root, attention: attentionOf(of, waiting.has(of.promptId)) })));
  }
  if (options['json']) for (const row of rows) jsonLine(context, 'status', row);
  else print(rows, context);
  return worstExit(rows.map((row) => exitOf(row, options['check'] === true)));
}

/** Sources on this machine are looked at where they are due: a branch or a deployments file may have moved. Nothing is sent. */
async function lookAtLocal(workspace: Workspace, { engine }: LiveContext): Promise<void> {
  const sources = environmentSources((await loadConfig(workspace)).config);
  const local = sources.filter(({ kind }) => kind === 'git' || kind === 'file').map(({ environment }) => environment);
  if (local.length) await engine.refreshDeployments({ root: workspace.root, environments: local, keys: [] });
}

/** A prompt's status with what about it needs a person, in words. */
type Row = StatusRow & { readonly root: string; readonly attention: readonly string[] };

function attentionOf({ release, modelDaysLeft }: StatusRow, waits: boolean): readonly string[] {
  return [
    ...(release === 'edited' ? ['edited without a new version'] : []),
    ...(release === 'lockBroken' ? ['the lock file is broken'] : []),
    ...(modelDaysLeft !== undefined && modelDaysLeft <= 0 ? ['the model is retired'] : []),
    ...(waits ? ['drift is to be reviewed'] : []),
  ];
}

function exitOf({ problem, attention }: Row, check: boolean): ExitCode {
  if (problem !== undefined) return EXIT.usage;
  return check && attention.length ? EXIT.failed : EXIT.passed;
}

function print(rows: readonly Row[], { io, now }: LiveContext): void {
  const lines = columnLines(rows.filter(({ problem }) => problem === undefined).map((row) => cellsOf(row, now)));
  let at = 0;
  for (const row of rows) {
    const style = styleOf(row);
    const line =
      row.problem === undefined ? (lines[at++] ?? '') : `${escapeTerminalLine(row.promptId)}: ${escapeTerminalLine(row.problem)}`;
    io.out(`${style ? paint(io, style, line) : line}\n`);
  }
}

function styleOf({ problem, attention }: Row): Style | undefined {
  return problem === undefined ? (attention.length ? 'yellow' : undefined) : 'red';
}

function cellsOf(row: Row, now: Date): readonly string[] {
  const environments = row.environments.map((of) => deployedLine(of, now)).filter((line) => line !== '');
  return [
    row.promptId,
    versionCell(row),
    environments.join(', ') || (row.environments.length ? 'no answer yet' : '-'),
    modelCell(row),
    row.lastEval ? `${row.lastEval.line}${row.lastEval.edited ? ', edited since' : ''}` : 'never evaluated',
    row.drift ?? '-',
  ];
}

/** `1.4.0 edited`; a prompt without a lock file is not versioned, and nothing is wrong with that. */
function versionCell({ version, release }: StatusRow): string {
  return [version ?? 'no version', RELEASES[release]].filter((part) => part !== '').join(' ');
}

const RELEASES: Readonly<Record<StatusRow['release'], string>> = {
  released: '',
  edited: 'edited',
  unreleased: 'unreleased',
  noLock: '',
  lockBroken: 'lock broken',
};

function modelCell({ model, modelDaysLeft }: StatusRow): string {
  if (model === undefined) return 'no model';
  if (modelDaysLeft === undefined) return model;
  if (modelDaysLeft <= 0) return `${model} (retired)`;
  return `${model} (${modelDaysLeft} ${modelDaysLeft === 1 ? 'day' : 'days'} left)`;
}
