/** Options as node:util's parseArgs takes them, with the words of `--help`. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  readonly short?: string;
  /** The value's name in the help, for options that take one. */
  readonly value?: string;
  readonly help: string;
}

export interface CommandSpec {
  readonly usage: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  readonly notes?: readonly string[];
}

export type CommandName = 'eval' | 'lint' | 'sandbox' | 'init' | 'schema';

const JSON_OPTION: OptionSpec = { type: 'boolean', help: 'one JSON object a line, for programs' };

/** Every command once: parsing, help and README stand on this table. */
export const COMMANDS: Readonly<Record<CommandName, CommandSpec>> = {
  eval: {
    usage: 'evenkeel eval [path…] [options]',
    summary: 'Run prompts over their datasets and score the answers.',
    options: {
      model: {
        type: 'string',
        multiple: true,
        short: 'm',
        value: 'provider/model',
        help: 'instead of the prompt’s own; several for a matrix',
      },
      case: { type: 'string', multiple: true, value: 'id', help: 'only these cases' },
      repeat: { type: 'string', value: 'n', help: 'samples a case (1)' },
      seed: { type: 'string', value: 'n', help: 'seed of the run (1)' },
      concurrency: { type: 'string', short: 'j', value: 'n', help: 'calls in flight at the start (8)' },
      cache: { type: 'boolean', help: 'reuse answers of the last 24 hours; --no-cache does not (off, unless evenkeel.yml says)' },
      'max-cost': { type: 'string', value: 'usd', help: 'stop before the run can cost more' },
      'max-calls': { type: 'string', value: 'n', help: 'stop before more calls' },
      yes: { type: 'boolean', short: 'y', help: 'do not ask before a large run' },
      resume: { type: 'boolean', help: 'take up the last run that did not end, calling only for what is missing' },
      rescore: { type: 'boolean', help: 'score the last run’s answers again, without a call' },
      run: { type: 'string', value: 'id', help: 'the run that --resume or --rescore is about' },
      'keep-unknown': { type: 'boolean', help: 'with --resume: do not send again what may have been answered and lost' },
      'sandbox-url': { type: 'string', value: 'url', help: 'a served sandbox (evenkeel sandbox) instead of the one inside' },
      'allow-origin': { type: 'string', multiple: true, value: 'origin', help: 'an origin of evenkeel.yml that may get its key' },
      verbose: { type: 'boolean', help: 'every case, not only what did not pass' },
      json: JSON_OPTION,
    },
    notes: [
      'Paths are prompt files or folders; without one, the working directory.',
      'Keys come from OPENAI_API_KEY, ANTHROPIC_API_KEY or the name in evenkeel.yml, and go to the provider’s own origin only.',
      'Exit codes: 0 passed · 1 failed · 2 usage or configuration · 3 incomplete (errors, unscored, budget, cancelled).',
    ],
  },
  lint: {
    usage: 'evenkeel lint [path…] [options]',
    summary: 'Check prompt files and their datasets without a call.',
    options: { json: JSON_OPTION, quiet: { type: 'boolean', help: 'errors only' } },
    notes: ['Exit codes: 0 no finding at error level · 1 at least one · 2 usage or configuration.'],
  },
  sandbox: {
    usage: 'evenkeel sandbox [options]',
    summary: 'Serve the stand-in model: it speaks the OpenAI and Anthropic protocols and is not a language model.',
    options: {
      port: { type: 'string', short: 'p', value: 'n', help: 'port on 127.0.0.1 (4141; 0 takes a free one)' },
      latency: { type: 'string', value: 'ms', help: 'mean time to the first byte (200)' },
      log: { type: 'string', value: 'file', help: 'append each request as a JSON line' },
    },
  },
  init: {
    usage: 'evenkeel init [folder] [options]',
    summary: 'Write a first prompt, its dataset and evenkeel.yml.',
    options: { force: { type: 'boolean', help: 'overwrite files that are there' } },
  },
  schema: {
    usage: 'evenkeel schema prompt|config',
    summary: 'Print the JSON Schema of prompt files or of evenkeel.yml.',
    options: {},
  },
};
