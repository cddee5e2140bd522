import { parseArgs } from 'node:util';
import { UserError } from '../safety/index.ts';
import { COMMANDS, type CommandName } from './commands/table.ts';

/** What a command line says, before anything is done. */
export type Parsed =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly command?: CommandName }
  | { readonly kind: 'command'; readonly command: CommandName; readonly paths: readonly string[]; readonly options: ParsedOptions };

export type ParsedOptions = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** Reads the arguments after `evenkeel`. Throws UserError('usage') that names the nearest thing that exists. */
export function parseCommandLine(argv: readonly string[]): Parsed {
  const [first, ...rest] = argv;
  if (first === '--version' || first === '-v') return { kind: 'version' };
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') return helpOf(rest[0]);
  if (!isCommand(first))
    throw new UserError('usage', `There is no command “${first}”. Commands: ${Object.keys(COMMANDS).join(', ')}. See evenkeel --help.`);
  const { options } = COMMANDS[first];
  try {
    const { values, positionals } = parseArgs({
      args: [...rest],
      allowPositionals: true,
      allowNegative: true,
      options: { ...options, help: { type: 'boolean', short: 'h' } },
    });
    if (values['help']) return { kind: 'help', command: first };
    return { kind: 'command', command: first, paths: positionals, options: values as ParsedOptions };
  } catch (error) {
    throw new UserError('usage', `${error instanceof Error ? error.message.split('. ')[0] : String(error)}. See evenkeel ${first} --help.`);
  }
}

/** An option that must be a number: its value, undefined when absent. */
export function numberOption(options: ParsedOptions, name: string, { min = 0, whole = false } = {}): number | undefined {
  const text = options[name];
  if (text === undefined) return undefined;
  const value = typeof text === 'string' && text.trim() !== '' ? Number(text) : Number.NaN;
  if (!Number.isFinite(value) || value < min || (whole && !Number.isInteger(value))) {
    throw new UserError('usage', `--${name} wants a ${whole ? 'whole ' : ''}number of ${min} or more, not “${String(text)}”.`);
  }
  return value;
}

/** An option given as text; undefined when absent. */
export function textOption(options: ParsedOptions, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** An option that may be given several times. */
export function listOption(options: ParsedOptions, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? value : [];
}

/** The action of a command of two words, and the words after it. Throws UserError('usage') that names the actions there are. */
export function actionOf<Action extends string>(
  command: CommandName,
  words: readonly string[],
  actions: Readonly<Record<Action, unknown>>,
): { readonly action: Action; readonly rest: readonly string[] } {
  const [first, ...rest] = words;
  if (first !== undefined && Object.hasOwn(actions, first)) return { action: first as Action, rest };
  const known = Object.keys(actions).join(', ');
  throw new UserError(
    'usage',
    `evenkeel ${command} ${first === undefined ? 'wants an action' : `has no action “${first}”`}: ${known}. See evenkeel ${command} --help.`,
  );
}

function helpOf(name: string | undefined): Parsed {
  return name !== undefined && isCommand(name) ? { kind: 'help', command: name } : { kind: 'help' };
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}
