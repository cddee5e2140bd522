import { COMMANDS, type CommandName } from './commands/table.ts';

/** The text of `evenkeel --help` and `evenkeel <command> --help`. */
export function helpText(command?: CommandName): string {
  return command ? commandHelp(command) : overview();
}

function overview(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'evenkeel: keeps prompts on an even keel',
    '',
    'Commands',
    ...lines,
    '',
    'evenkeel <command> --help tells more. evenkeel --version prints the version.',
    '',
  ].join('\n');
}

function commandHelp(name: CommandName): string {
  const { usage, summary, actions = {}, options, notes = [] } = COMMANDS[name];
  const rows = Object.entries(options).map(
    ([option, { short, value, help }]) => [`${short ? `-${short}, ` : '    '}--${option}${value ? ` <${value}>` : ''}`, help] as const,
  );
  return [usage, '', summary, ...table(Object.entries(actions)), ...table(rows), ...(notes.length ? ['', ...notes] : []), ''].join('\n');
}

/** Two columns below an empty line; nothing for no rows. */
function table(rows: ReadonlyArray<readonly [left: string, help: string]>): readonly string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return rows.length ? ['', ...rows.map(([left, help]) => `  ${left.padEnd(width)}  ${help}`)] : [];
}
