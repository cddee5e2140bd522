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

export type CommandName =
  | 'eval'
  | 'drift'
  | 'compare'
  | 'review'
  | 'baseline'
  | 'status'
  | 'deployed'
  | 'release'
  | 'history'
  | 'lint'
  | 'models'
  | 'convert'
  | 'sandbox'
  | 'init'
  | 'schema';

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
  'A side is baseline, baseline:provider/model, working, model:provider/name (the working copy with another model), git:main~3, env:production (what is deployed there), release:1.3.0, run:latest, run:previous, run:2026-11-21 or run:<id>.';
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
      verbose: { type: 'boolean', help: 'every case, not only what did not pass, and each check of a set' },
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
      confirm: { type: 'string', value: 'n', help: 'more samples for suspects in the second look (5; 0: no second or third look)' },
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
      since: {
        type: 'string',
        value: 'day',
        help: 'what changed since it last worked: last-green, or the end of a day (2026-11-12), against the prompt as it is',
      },
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
  status: {
    usage: 'evenkeel status [path…] [options]',
    summary: 'Show where every prompt stands: version, environments, model and days left, last eval, drift.',
    options: {
      check: { type: 'boolean', help: 'exit with 1 when a prompt needs attention' },
      json: JSON_OPTION,
    },
    notes: [
      PATHS_NOTE,
      'Needs attention: edited since the release of its version, a broken lock file, a retired model, drift to be reviewed.',
      'Environments are shown as they were last seen; evenkeel deployed looks again.',
      'Exit codes: 0 · with --check 1 when something needs attention · 2 usage, or a prompt that cannot be read.',
      '--json prints status, with attention as a list of words.',
    ],
  },
  deployed: {
    usage: 'evenkeel deployed [record] [path…] [options]',
    summary: 'Show which version and model run in each environment; or record what was deployed just now.',
    actions: {
      '[path…]': 'the table; looks first at the sources that are due',
      'record [path…]': 'adds what the files are now to the deployments file of an environment, in your pipeline',
    },
    options: {
      env: { type: 'string', multiple: true, value: 'name', help: 'only these environments; record wants one' },
      offline: { type: 'boolean', help: 'ask no source: the last known answers' },
      refresh: { type: 'boolean', help: 'ask every source, due or not' },
      'allow-origin': CALL_OPTIONS['allow-origin'],
      version: { type: 'string', value: 'x.y.z', help: 'record: instead of the file’s' },
      model: { type: 'string', short: 'm', value: 'provider/model', help: 'record: instead of the prompt’s own' },
      by: { type: 'string', value: 'name', help: 'record: who deployed it (who started the pipeline, else git’s user.name)' },
      commit: { type: 'string', value: 'hash', help: 'record: instead of HEAD, which counts where it holds the prompt as it is' },
      json: JSON_OPTION,
    },
    notes: [
      PATHS_NOTE,
      'Keys come from the environment variables that evenkeel.yml names, and go to the origin that stands beside them only; docs/deployments.md has the sources.',
      'Exit codes: 0 · 2 usage or configuration · 3 a source could not be asked and has never answered.',
      '--json prints environment and deployed, or recorded.',
    ],
  },
  release: {
    usage: 'evenkeel release <prompt> [patch|minor|major|x.y.z] [options]',
    summary: 'Give the prompt as it is a version, and write it into the lock file beside it. No model is called.',
    options: {
      repair: { type: 'boolean', help: 'make the lock file anew from what of it is sound and from git' },
      json: JSON_OPTION,
    },
    notes: [
      'Without a version it is the one that the file names, unless that is released already.',
      'Commit the prompt and its .lock together. Stored evals of this prompt over all its cases are recorded as tests of the release.',
      'Exit codes: 0 done · 2 usage or configuration.',
      '--json prints released or repaired.',
    ],
  },
  history: {
    usage: 'evenkeel history <prompt> [options]',
    summary: 'Show what happened to a prompt: edits, releases, deployments, evals, reviews; newest first.',
    options: {
      limit: { type: 'string', short: 'n', value: 'n', help: 'at most so many lines (50; 0 for all)' },
      json: JSON_OPTION,
    },
    notes: ['Times are in UTC. Renames are followed.', 'Exit codes: 0 · 2 usage or configuration.', '--json prints event and note.'],
  },
  lint: {
    usage: 'evenkeel lint [path…] [options]',
    summary: 'Check prompt files, their datasets and evenkeel.yml without a call.',
    options: {
      format: { type: 'string', value: 'name', help: 'text, json, sarif (code scanning) or github (annotations of a workflow)' },
      fix: { type: 'boolean', help: 'put in the obvious mends; what changes the meaning is left to a person' },
      'max-warnings': { type: 'string', value: 'n', help: 'exit with 1 above so many warnings' },
      quiet: { type: 'boolean', help: 'errors only' },
      json: JSON_OPTION,
    },
    notes: [
      PATHS_NOTE,
      'Rules are set under rules in evenkeel.yml; # evenkeel-disable-next-line rule -- why leaves a finding out. See docs/linting.md.',
      'Exit codes: 0 no finding at error level · 1 at least one, or too many warnings · 2 usage or configuration.',
    ],
  },
  models: {
    usage: 'evenkeel models [refresh] [path…] [options]',
    summary: 'List the models that prompts name: how long they last, what replaces them, what they cost.',
    actions: {
      '[path…]': 'the list, the soonest shutdown first; asks nobody',
      refresh: 'asks the providers whose key is there for their models and days of shutdown',
    },
    options: {
      within: { type: 'string', value: 'days', help: 'exit with 1 when a model shuts down within so many days, or has' },
      json: JSON_OPTION,
    },
    notes: [
      PATHS_NOTE,
      'refresh sends OPENAI_API_KEY, ANTHROPIC_API_KEY and GEMINI_API_KEY each to its provider’s own address, and keeps the answers with their day in your own folder, outside the repository.',
      'Exit codes: 0 · 1 with --within a model ends in time · 2 usage, or a prompt that cannot be read · 3 a provider could not be asked.',
      '--json prints model, noModel and problem; refresh prints refreshed, skipped and problem.',
    ],
  },
  convert: {
    usage: 'evenkeel convert <file…> [options]',
    summary: 'Write the native form (*.prompt.yml) of Prompty, Dotprompt and promptfoo files beside them.',
    options: {
      out: { type: 'string', value: 'path', help: 'the file or the folder to write, within the same root' },
      stdout: { type: 'boolean', help: 'print it and write nothing' },
      json: JSON_OPTION,
    },
    notes: [
      'No file is overwritten, and the source stays. Of a promptfoo config every prompt becomes a file; config.yaml#name is one of them.',
      'What a native file has no words for is told with its line. A loop, a condition or a filter becomes a variable that takes the text it renders to.',
      'For every case the messages are the same before and after, or nothing is written.',
      'Exit codes: 0 converted · 1 a prompt that the native form cannot hold · 2 usage, a file that is there already, or a prompt that cannot be read.',
      '--json prints converted, native and problem.',
    ],
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
