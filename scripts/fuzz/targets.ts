import { parseDeployments } from '../../ledger/index.ts';
import { lintConfig, lintDataset } from '../../lint/index.ts';
import {
  columnRanges,
  type DatasetFileFormat,
  DIALECTS,
  encodeLock,
  parseConfig,
  parseLock,
  readDataset,
  salvageReleases,
  severalPrompts,
  type TemplateDialect,
} from '../../prompts-schema/index.ts';
import { interpret } from '../../prompts-schema/template/interpret.ts';
import { checkDocument, checkPrompt, requireInside } from './checkPrompt.ts';
import type { Seeds } from './mutate.ts';
import {
  CONFIG_PIECES,
  DATASET_PIECES,
  LOCK_PIECES,
  PICOSCHEMA_PIECES,
  PROMPT_PIECES,
  PROMPTFOO_PIECES,
  PROMPTY_PIECES,
  TEMPLATE_PIECES,
  YAML_PIECES,
} from './pieces.ts';
import { seedFiles } from './seeds.ts';

/** One kind of text that comes from a repository, with what is done to it. */
export interface Target {
  readonly name: string;
  readonly seeds: () => Seeds;
  /** Throws where a text of any kind does what it must not. */
  readonly check: (text: string) => void;
  /** How many of ten thousand files are of it. */
  readonly share: number;
}

/** Everything that is read from a repository. */
export const TARGETS: readonly Target[] = [
  {
    name: 'native',
    share: 2000,
    seeds: () => ({ files: seedFiles('native', 'github-models', /\.ya?ml$/), pieces: [...YAML_PIECES, ...PROMPT_PIECES] }),
    check: (text) => checkPrompt(text, 'native'),
  },
  {
    name: 'dotprompt',
    share: 1500,
    seeds: () => ({
      files: seedFiles('dotprompt', 'dotprompt', /\.prompt$/),
      pieces: [...YAML_PIECES, ...TEMPLATE_PIECES, ...PICOSCHEMA_PIECES, ...PROMPT_PIECES],
    }),
    check: (text) => checkPrompt(text, 'dotprompt'),
  },
  {
    name: 'prompty',
    share: 1500,
    seeds: () => ({
      files: seedFiles('prompty', 'prompty', /\.prompty$/),
      pieces: [...YAML_PIECES, ...TEMPLATE_PIECES, ...PROMPTY_PIECES, ...PROMPT_PIECES],
    }),
    check: (text) => checkPrompt(text, 'prompty'),
  },
  {
    name: 'promptfoo',
    share: 1500,
    seeds: () => ({
      files: seedFiles('promptfoo', 'promptfoo', /promptfooconfig[^/]*\.(?:ya?ml|json)$/),
      pieces: [...YAML_PIECES, ...PROMPTFOO_PIECES, ...TEMPLATE_PIECES],
    }),
    check: checkPromptfoo,
  },
  ...(['github', 'handlebars', 'jinja', 'mustache', 'nunjucks'] as const).map(
    (dialect): Target => ({
      name: `template ${dialect}`,
      share: 400,
      seeds: () => ({
        files: [...seedFiles('dotprompt', undefined, /\.prompt$/), ...seedFiles('prompty', undefined, /\.prompty$/)],
        pieces: TEMPLATE_PIECES,
      }),
      check: (text) => checkTemplate(text, dialect),
    }),
  ),
  ...(['csv', 'jsonl', 'json', 'yaml'] as const).map(
    (format): Target => ({
      name: `dataset ${format}`,
      share: 350,
      seeds: () => ({
        files: seedFiles('dataset', 'datasets', ENDINGS[format]),
        pieces: [...DATASET_PIECES, ...(format === 'yaml' ? YAML_PIECES : [])],
      }),
      check: (text) => checkDataset(text, format),
    }),
  ),
  {
    name: 'lock file',
    share: 600,
    seeds: () => ({ files: seedFiles('lock', undefined, /\.lock$/), pieces: [...YAML_PIECES, ...LOCK_PIECES] }),
    check: checkLock,
  },
  {
    name: 'evenkeel.yml',
    share: 600,
    seeds: () => ({ files: seedFiles('config', undefined, /\.yml$/), pieces: [...YAML_PIECES, ...CONFIG_PIECES] }),
    check: checkConfig,
  },
  {
    name: 'deployments file',
    share: 400,
    seeds: () => ({ files: seedFiles('deployments', undefined, /\.jsonl$/), pieces: DATASET_PIECES }),
    check: checkDeployments,
  },
];

const ENDINGS: Readonly<Record<DatasetFileFormat, RegExp>> = {
  csv: /\.(?:csv|tsv)$/,
  jsonl: /\.jsonl$/,
  json: /\.json$/,
  yaml: /\.ya?ml$/,
};

/** More prompts of one file than this are alike. */
const MOST_PROMPTS = 6;

function checkPromptfoo(text: string): void {
  checkPrompt(text, 'promptfoo');
  for (const { range, document } of (severalPrompts('promptfooconfig.yaml', text)?.prompts ?? []).slice(0, MOST_PROMPTS)) {
    requireInside(range, text.length, 'prompt');
    checkDocument(document());
  }
}

function checkTemplate(text: string, dialect: TemplateDialect): void {
  const { parse, semantics } = DIALECTS[dialect];
  const { nodes, issues, blocks } = parse({ text, start: 0, end: text.length });
  for (const { range } of [...nodes, ...issues]) requireInside(range, text.length, 'part of a template');
  for (const { open } of blocks) requireInside(open, text.length, 'block');
  for (const node of nodes)
    if (node.kind === 'text' && text.slice(node.range.start, node.range.end) !== node.text)
      throw new Error('text of a template is not what stands there');
  interpret(nodes, { x: 'v', xs: ['a', { y: 'b' }], u: { y: 'w' }, items: [[1]], name: '{{x}}' }, semantics, { partial: () => nodes });
}

function checkDataset(text: string, format: DatasetFileFormat): void {
  const dataset = readDataset(text, format);
  for (const { range } of [...dataset.rows, ...dataset.columns, ...dataset.issues]) requireInside(range, text.length, 'part of a dataset');
  if (new Set(dataset.rows.map(({ id }) => id)).size !== dataset.rows.length) throw new Error('two rows have one id');
  for (const { range, code } of lintDataset(dataset, `cases.${format}`)) requireInside(range, text.length, code);
  for (const range of columnRanges(text, format, dataset.columns[0]?.name ?? 'ticket')) requireInside(range, text.length, 'column');
}

function checkLock(text: string): void {
  const parsed = parseLock(text);
  const ranges = parsed.status === 'read' ? parsed.unsealed.map(({ range }) => range) : [parsed.range];
  for (const range of ranges) requireInside(range, text.length, 'lock file');
  if (parsed.status === 'read' && parseLock(encodeLock(parsed.lock)).status !== 'read')
    throw new Error('a lock file that was read cannot be written');
  salvageReleases(text);
}

function checkConfig(text: string): void {
  const parsed = parseConfig(text);
  for (const { range, code } of [...parsed.issues, ...lintConfig(parsed)]) requireInside(range, text.length, code);
}

function checkDeployments(text: string): void {
  const parsed = parseDeployments(text);
  if (!parsed.ok && !(parsed.line >= 1 && parsed.line <= text.split(/\r?\n/).length))
    throw new Error(`line ${parsed.line} is not one of the file`);
}
