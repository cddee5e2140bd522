import path from 'node:path';
import { type Catalog, loadPrices, priceWords } from '../../catalog/index.ts';
import { escapeTerminalLine, UNTRUSTED, UserError } from '../../safety/index.ts';
import { numberOption, type ParsedOptions } from '../args.ts';
import { catalogOf } from '../catalogOf.ts';
import { EXIT, type ExitCode } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';
import { jsonLine } from '../liveContext.ts';
import { bySoonestEnd, type ModelRow, modelRow } from '../models/modelRow.ts';
import { type ModelsInUse, modelsInUse } from '../models/modelsInUse.ts';
import { columnLines } from '../reporters/columns.ts';
import { paint } from '../reporters/paint.ts';
import { selectPrompts } from '../selection.ts';

/** `evenkeel models`: the models that prompts name and how long they last; `evenkeel models refresh`: asks their providers. */
export async function modelsCommand(words: readonly string[], options: ParsedOptions, io: CliIo): Promise<ExitCode> {
  if (words[0] === 'refresh') {
    if (words.length > 1) throw new UserError('usage', 'evenkeel models refresh takes no path: it asks providers, not prompts.');
    const { refreshCommand } = await import('./modelsRefresh.ts');
    return refreshCommand(options, io);
  }
  return listModels(words, options, io, { today: new Date().toISOString().slice(0, 10), catalog: await catalogOf(io)() });
}

/** The list on a given day, with a given catalog. */
export async function listModels(
  paths: readonly string[],
  options: ParsedOptions,
  io: CliIo,
  { today, catalog }: { readonly today: string; readonly catalog: Catalog },
): Promise<ExitCode> {
  const within = numberOption(options, 'within', { whole: true });
  const selected = await selectPrompts(paths, io.cwd, UNTRUSTED);
  const inUse = await modelsInUse(selected, ({ workspace, promptId }) =>
    path.relative(io.cwd, path.join(workspace.root, promptId)).split(path.sep).join('/'),
  );
  const prices = await loadPrices();
  const rows = inUse.models.map((model) => modelRow(model, today, catalog, prices)).sort(bySoonestEnd);
  const ending = rows.filter((row) => within !== undefined && row.daysLeft !== undefined && row.daysLeft <= within);
  if (options['json']) tellJson(rows, inUse, io);
  else tell(rows, inUse, new Set(ending), io);
  if (inUse.unreadable.length) return EXIT.usage;
  return ending.length ? EXIT.failed : EXIT.passed;
}

function tellJson(rows: readonly ModelRow[], { without, unreadable }: ModelsInUse, io: CliIo): void {
  for (const { name, ...row } of rows) jsonLine({ io }, 'model', { model: name, ...row });
  for (const promptId of without) jsonLine({ io }, 'noModel', { promptId });
  for (const problem of unreadable) jsonLine({ io }, 'problem', problem);
}

function tell(rows: readonly ModelRow[], { without, unreadable }: ModelsInUse, ending: ReadonlySet<ModelRow>, io: CliIo): void {
  const lines = columnLines(rows.map(cellsOf));
  for (const [at, row] of rows.entries()) {
    const line = lines[at] ?? '';
    const past = row.state === 'retired' || row.state === 'rerouted';
    io.out(`${past || ending.has(row) ? paint(io, 'red', line) : row.state === 'deprecated' ? paint(io, 'yellow', line) : line}\n`);
  }
  if (without.length) io.out(`Without a model, in the file and in evenkeel.yml: ${listed(without)}.\n`);
  for (const { promptId, message } of unreadable) io.err(`${escapeTerminalLine(promptId)}: ${escapeTerminalLine(message)}\n`);
}

function cellsOf(row: ModelRow): readonly string[] {
  return [
    row.name,
    daysCell(row),
    row.sentence,
    row.replacement === undefined ? '-' : `→ ${row.replacement}`,
    row.price ? priceWords(row.price) : 'no price known',
    [uses(row.prompts, 'in'), uses(row.judged, 'judge in')].filter((part) => part !== '').join(', '),
  ];
}

function daysCell({ daysLeft, state }: ModelRow): string {
  if (state === 'rerouted') return 're-routed';
  if (state === 'retired') return 'retired';
  if (daysLeft === undefined) return '-';
  return daysLeft === 1 ? '1 day' : `${daysLeft} days`;
}

const MOST_NAMES = 8;

function listed(names: readonly string[]): string {
  const more = names.length > MOST_NAMES ? `, and ${names.length - MOST_NAMES} more` : '';
  return `${names.slice(0, MOST_NAMES).map(escapeTerminalLine).join(', ')}${more}`;
}

function uses(promptIds: readonly string[], word: string): string {
  const [first] = promptIds;
  if (first === undefined) return '';
  return `${word} ${promptIds.length === 1 ? first : `${promptIds.length} prompts`}`;
}
