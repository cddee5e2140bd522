import type { HistoryEvent, HistoryView } from '../../protocol/index.ts';
import { escapeTerminalLine, TRUSTED } from '../../safety/index.ts';
import { numberOption, type ParsedOptions } from '../args.ts';
import { EXIT, type ExitCode } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';
import { jsonLine, type LiveContext, openLive } from '../liveContext.ts';
import { columnLines } from '../reporters/columns.ts';
import { paint } from '../reporters/paint.ts';
import { selectOne } from '../selection.ts';

/** `evenkeel history`: what happened to a prompt, newest first. */
export async function historyCommand(paths: readonly string[], options: ParsedOptions, io: CliIo): Promise<ExitCode> {
  return showHistory(paths, openLive(options, io));
}

/** The same with a given engine. */
export async function showHistory(paths: readonly string[], context: LiveContext): Promise<ExitCode> {
  const { engine, io, options } = context;
  const { workspace, promptId } = await selectOne('history', paths, io.cwd, TRUSTED);
  const limit = numberOption(options, 'limit', { whole: true }) ?? MOST_EVENTS;
  const view = await engine.history({ root: workspace.root, promptId, ...(limit === 0 ? {} : { limit }) });
  const events = limit === 0 ? view.events : view.events.slice(0, limit);
  if (options['json']) {
    for (const event of events) jsonLine(context, 'event', { promptId, ...event });
    for (const message of view.notes) jsonLine(context, 'note', { promptId, message });
  } else print(view, events, context);
  return EXIT.passed;
}

/** What a person reads; `--limit 0` is for programs. */
const MOST_EVENTS = 50;

function print({ promptName, events: all, open, notes }: HistoryView, events: readonly HistoryEvent[], { io }: LiveContext): void {
  io.out(`${paint(io, 'bold', escapeTerminalLine(promptName))}\n`);
  const lines = columnLines(events.map(({ at, kind, title, detail }) => [dayAndTime(at), KINDS[kind], title, detail]));
  for (const line of lines) io.out(`${line}\n`);
  if (!events.length) io.out('Nothing has happened to it yet.\n');
  const left = all.length - events.length;
  if (left > 0 || open) io.out(`${paint(io, 'dim', `${open ? 'and older ones' : `and ${left} more`}: --limit 0 shows all`)}\n`);
  for (const note of notes) io.out(`${paint(io, 'dim', `note: ${escapeTerminalLine(note)}`)}\n`);
}

/** `2026-11-12 09:14` in UTC; a day stays a day. */
function dayAndTime(at: string): string {
  const time = Date.parse(at);
  if (/^\d{4}-\d{2}-\d{2}$/.test(at) || Number.isNaN(time)) return at;
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

const KINDS: Readonly<Record<HistoryEvent['kind'], string>> = {
  uncommitted: 'not committed',
  edit: 'edit',
  rename: 'renamed',
  release: 'release',
  deployment: 'deployed',
  eval: 'eval',
  review: 'review',
};
