import { describe, expect, it } from 'vitest';
import { listOption, numberOption, parseCommandLine } from '../../cli/args.ts';
import { COMMANDS } from '../../cli/commands/table.ts';
import { EXIT, worstExit } from '../../cli/exitCodes.ts';
import { helpText } from '../../cli/help.ts';
import { UserError } from '../../safety/index.ts';

describe('the command line', () => {
  it.each([
    [['--version'], { kind: 'version' }],
    [['-v'], { kind: 'version' }],
    [[], { kind: 'help' }],
    [['--help'], { kind: 'help' }],
    [['help', 'eval'], { kind: 'help', command: 'eval' }],
    [['eval', '--help'], { kind: 'help', command: 'eval' }],
  ])('%j', (argv, expected) => {
    expect(parseCommandLine(argv)).toEqual(expected);
  });

  it('reads paths and options of eval', () => {
    const parsed = parseCommandLine(['eval', 'a', '-m', 'x/y', '--model', 'z', '--seed', '7', '--json', 'b']);
    expect(parsed).toMatchObject({ kind: 'command', command: 'eval', paths: ['a', 'b'] });
    if (parsed.kind !== 'command') throw new Error('not a command');
    expect(listOption(parsed.options, 'model')).toEqual(['x/y', 'z']);
    expect(numberOption(parsed.options, 'seed', { whole: true })).toBe(7);
  });

  it.each([
    [
      ['evil'],
      'There is no command “evil”. Commands: eval, drift, compare, review, baseline, status, deployed, release, history, lint, models, convert, sandbox, init, schema.',
    ],
    [['eval', '--nope'], "Unknown option '--nope'"],
    [['eval', '--seed'], "'--seed <value>' argument missing"],
  ])('%j is a usage error that says what exists', (argv, message) => {
    expect(() => parseCommandLine(argv)).toThrow(UserError);
    expect(() => parseCommandLine(argv)).toThrow(message);
  });

  it.each(['x', '', '-1', '1.5', 'Infinity'])('--seed %j is refused', (seed) => {
    expect(() => numberOption({ seed }, 'seed', { whole: true })).toThrow(/--seed wants a whole number of 0 or more/);
  });

  it('every option of every command is in its help', () => {
    for (const [name, { options }] of Object.entries(COMMANDS)) {
      const text = helpText(name as keyof typeof COMMANDS);
      for (const option of Object.keys(options)) expect(text).toContain(`--${option}`);
    }
  });
});

describe('exit codes', () => {
  it.each([
    [[EXIT.passed], 0],
    [[], 0],
    [[EXIT.incomplete, EXIT.failed], 1],
    [[EXIT.failed, EXIT.usage, EXIT.incomplete], 2],
    [[EXIT.amber, EXIT.incomplete, EXIT.passed], 3],
    [[EXIT.amber, EXIT.passed], 4],
  ] as const)('of %j the worst is %i', (codes, worst) => {
    expect(worstExit(codes)).toBe(worst);
  });
});
