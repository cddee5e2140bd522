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
  /** What the first word after the command may be, each with its words of help; absent for commands of one word. */
  readonly actions?: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, OptionSpec>>;
  readonly notes?: readonly string[];
}

export type CommandName = 'eval' | 'drift' | 'compare' | 'review' | 'baseline' | 'lint' | 'sandbox' | 'init' | 'schema';

const JSON_OPTION: OptionSpec = { type: 'boolean', help: 'one JSON object a line, for programs' };

const CASE_OPTION: OptionSpec = { type: 'string', multiple: true, value: 'id', help: 'only these cases' };

const REPORT_OPTION: OptionSpec = {
  type: 'string',
  multiple: true,
  value: 'file',
  help: 'write the comparison: .json opens in the editor, .md goes into a pull request',
};

const COMPARISON_OPTION: OptionSpec = { type: 'string', value: 'id', help: 'the comparison (the newest with something to review)' };

/** Of every command that calls models. */
const CALL_OPTIONS = {
  seed: { type: 'string', value: 'n', help: 'seed of the run (1)' },
  concurrency: { type: 'string', short: 'j', value: 'n', help: 'calls in flight at the start (8)' },
  'max-cost': { type: 'string', value: 'usd', help: 'stop before the run can cost more' },
  'max-calls': { type: 'string', value: 'n', help: 'stop before more calls' },
  yes: { type: 'boolean', short: 'y', help: 'do not ask before a large run' },
  'sandbox-url': { type: 'string', value: 'url', help: 'a served sandbox (evenkeel sandbox) instead of the one inside' },
  'allow-origin': { type: 'string', multiple: true, value: 'origin', help: 'an origin of evenkeel.yml that may get its key' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

const PATHS_NOTE = 'Paths are prompt files or folders; without one, the working directory.';
const KEYS_NOTE = 'Keys come from OPENAI_API_KEY, ANTHROPIC_API_KEY or the name in evenkeel.yml, and go to the provider’s own origin only.';
const SIDES_NOTE =
  'A side is baseline, baseline:provider/model, working, model:provider/name (the working copy with another model), git:main~3, run:latest, run:previous, run:2026-11-21 or run:<id>.';
const COMPARISON_LINES =
  '--json prints planned, compareProgress, compareFinished, comparison, report, skipped and problem; docs/drift-review.md has their fields.';

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
      case: CASE_OPTION,
      repeat: { type: 'string', value: 'n', help: 'samples a case (1)' },
      cache: { type: 'boolean', help: 'reuse answers of the last 24 hours; --no-cache does not (off, unless evenkeel.yml says)' },
      resume: { type: 'boolean', help: 'take up the last run that did not end, calling only for what is missing' },
      rescore: { type: 'boolean', help: 'score the last run’s answers again, without a call' },
      run: { type: 'string', value: 'id', help: 'the run that --resume or --rescore is about' },
      'keep-unknown': { type: 'boolean', help: 'with --resume: do not send again what may have been answered and lost' },
      ...CALL_OPTIONS,
      verbose: { type: 'boolean', help: 'every case, not only what did not pass' },
      json: JSON_OPTION,
    },
    notes: [
      PATHS_NOTE,
      KEYS_NOTE,
      'Exit codes: 0 passed · 1 failed · 2 usage or configuration · 3 incomplete (errors, unscored, budget, cancelled).',
    ],
  },
  drift: {
    usage: 'evenkeel drift [path…] [options]',
    summary: 'Review drift: new samples against the approved baseline, with a verdict on every case and on the suite.',
    options: {
      model: { type: 'string', short: 'm', value: 'provider/model', help: 'run the working copy with this model' },
      against: { type: 'string', value: 'side', help: 'what it is held against (baseline)' },
      case: CASE_OPTION,
      samples: { type: 'string', value: 'n', help: 'new samples a case in the first look (3, or as the prompt says)' },
      confirm: { type: 'string', value: 'n', help: 'more samples for suspects in the second look (5; 0 takes none)' },
      ...CALL_OPTIONS,
      report: REPORT_OPTION,
      daily: { type: 'boolean', help: 'the daily check instead: one call a canary, evidence kept from day to day' },
      state: { type: 'string', value: 'dir', help: 'with --daily: the folder that holds the evidence' },
      start: { type: 'boolean', help: 'with --daily: begin where there is no state yet' },
      date: { type: 'string', value: 'YYYY-MM-DD', help: 'with --daily: the day of the check (today, in UTC)' },
      json: JSON_OPTION,
    },
    notes: [
      `${PATHS_NOTE} Of folders, prompts without a baseline are left out and named.`,
      SIDES_NOTE,
      'Exit codes: 0 steady or better, green · 1 worse, changed or rejected, red · 2 usage or configuration · 3 insufficient data, incomplete, lost state · 4 amber.',
      KEYS_NOTE,
      COMPARISON_LINES,
    ],
  },
  compare: {
    usage: 'evenkeel compare <prompt> [options]',
    summary: 'Compare any two sides of a prompt, or outputs recorded elsewhere.',
    options: {
      from: { type: 'string', value: 'side', help: 'the old side (baseline; without one, the newest stored run)' },
      to: { type: 'string', value: 'side', help: 'the new side (working)' },
      quick: { type: 'boolean', help: 'one new sample a case, no claim (so without --review)' },
      review: { type: 'boolean', help: 'a full drift review with a verdict' },
      case: CASE_OPTION,
      samples: { type: 'string', value: 'n', help: 'with --review: new samples a case in the first look' },
      confirm: { type: 'string', value: 'n', help: 'with --review: more samples for suspects' },
      ...CALL_OPTIONS,
      recorded: { type: 'string', multiple: true, value: 'file.jsonl', help: 'recorded outputs: one file of pairs, or two joined by id' },
      answer: { type: 'string', multiple: true, value: 'pattern', help: 'with --recorded: finds the answer to hold against expected' },
      name: { type: 'string', value: 'text', help: 'with --recorded: what the comparison is called' },
      report: REPORT_OPTION,
      json: JSON_OPTION,
    },
    notes: [
      SIDES_NOTE,
      'Recorded pairs are JSONL: id, input, expected, output_a, output_b. With a prompt its evaluators score them, else --answer does: the last match of the first pattern that matches, its group 1 where it has one.',
      'Exit codes: as of evenkeel drift; a quick compare makes no claim and exits with 0.',
      COMPARISON_LINES,
    ],
  },
  review: {
    usage: 'evenkeel review <action> [case…] [options]',
    summary: 'Look at what a comparison found; accept, reject or excuse it. No model is called.',
    actions: {
      'list [path…]': 'what waits for a person, by group',
      'show <case…>': 'both sides of a case, path by path',
      'accept <case…>': 'the new samples become the approved ones',
      'reject <case…>': 'the change stays red; wants --reason',
      'noise <case…>': 'known noise: shown, not counted again',
      undo: 'take the last of these back',
      'open <report.json>': 'take a report of the daily check or of a pipeline over',
      drop: 'forget a comparison; baselines and reviews stay',
    },
    options: {
      group: { type: 'string', value: 'id', help: 'every case of a group, as review list names it' },
      all: { type: 'boolean', help: 'every case that is still pending' },
      reason: { type: 'string', value: 'text', help: 'why; kept in the review file' },
      comparison: COMPARISON_OPTION,
      prompt: { type: 'string', value: 'path', help: 'the prompt, where several have something to review' },
      json: JSON_OPTION,
    },
    notes: [
      'Accepting writes __baselines__/<prompt>@<model>.json and a line of __baselines__/<prompt>.reviews.jsonl: commit both.',
      'Exit codes: list: 0 nothing pends or is rejected · 1 something does. Others: 0 done · 2 usage or configuration.',
      '--json prints toReview, case, reviewed or dropped.',
    ],
  },
  baseline: {
    usage: 'evenkeel baseline <action> [path…] [options]',
    summary: 'Capture and keep the approved samples that drift is measured against.',
    actions: {
      'capture [path…]': 'take new samples and approve them',
      'top-up [path…]': 'add samples to cases that hold fewer than wanted; nothing approved is replaced',
      'check [path…]': 'hold a fresh run of the same prompt and model against it (A/A)',
      'prune [path…]': 'remove entries whose case is gone or has other inputs now',
      'list [path…]': 'what each baseline holds',
    },
    options: {
      model: { type: 'string', short: 'm', value: 'provider/model', help: 'instead of the prompt’s own' },
      samples: { type: 'string', value: 'n', help: 'samples a case (10, or as the prompt says)' },
      case: CASE_OPTION,
      ...CALL_OPTIONS,
      yes: { type: 'boolean', short: 'y', help: 'do not ask before a large run, before a baseline is replaced, before a prune' },
      json: JSON_OPTION,
    },
    notes: [
      PATHS_NOTE,
      KEYS_NOTE,
      'Exit codes: 0 done · 1 the check found a change · 2 usage or configuration · 3 incomplete, or too few samples for the check.',
      '--json prints planned, compareProgress, compareFinished, baseline, check, prunable, pruned and problem.',
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
      latest: { type: 'string', value: 'snapshot', help: 'the snapshot behind extractor-latest, to see what a model that changes does' },
      log: { type: 'string', value: 'file', help: 'append each request as a JSON line' },
    },
  },
  init: {
    usage: 'evenkeel init [folder] [options]',
    summary: 'Write a first prompt, its dataset and evenkeel.yml; or with --daily the workflow of the daily check.',
    options: {
      daily: { type: 'boolean', help: 'write .github/workflows/evenkeel-daily.yml and nothing of a first prompt' },
      force: { type: 'boolean', help: 'overwrite files that are there' },
    },
    notes: ['Both add to .gitattributes what lets two branches of reviews be merged; what stands there stays.'],
  },
  schema: {
    usage: 'evenkeel schema prompt|config',
    summary: 'Print the JSON Schema of prompt files or of evenkeel.yml.',
    options: {},
  },
};
