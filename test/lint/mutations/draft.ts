import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { DatasetCache, gatherFacts } from '../../../ledger/index.ts';
import { type Finding, lintConfig, lintDataset, lintPrompt, ruleSettings } from '../../../lint/index.ts';
import { datasetFormatOf, type PromptFacts, parsePrompt, promptFormatOf, readDataset } from '../../../prompts-schema/index.ts';
import { loadConfig } from '../../../workspace/index.ts';
import { inMemoryWorkspace } from '../../support/inMemoryWorkspace.ts';

/** A prompt file as plain data, so that a mutation changes what it means and the writer finds the words. */
export interface PromptShape {
  [key: string]: unknown;
  model?: string;
  modelParameters?: Record<string, unknown>;
  inputs?: Record<string, unknown>;
  messages: { role: string; content: string }[];
  jsonSchema?: unknown;
  evaluators?: Record<string, unknown>[];
}

export type Row = Record<string, unknown>;

/** A workspace of one prompt that is about to be written: its parts may be changed at will. */
export interface Draft {
  readonly name: string;
  /** From the root; its ending says the format. */
  promptPath: string;
  prompt: PromptShape;
  rows: Row[];
  /** What the dataset is called; its ending says how it is written. */
  readonly datasetPath: string | undefined;
  /** Other files by path from the root, `evenkeel.yml` among them. */
  files: Record<string, string>;
  readonly style: Style;
  /** Changes made to the written prompt and the written dataset. */
  promptText: (text: string) => string;
  datasetText: (text: string) => string;
  facts: (facts: PromptFacts, promptText: string) => Partial<PromptFacts>;
  today: string;
}

/** How the YAML is written: the same content in other clothes. */
export interface Style {
  readonly indent: 2 | 4;
  readonly singleQuote: boolean;
  readonly indentSeq: boolean;
}

export const PROMPT_PATH = 'prompts/case.prompt.yml';

/** Everything that linting the draft finds, in any of its files. */
export async function findingsOf(draft: Draft): Promise<readonly (Finding & { readonly file: string })[]> {
  const files = filesOf(draft);
  const workspace = inMemoryWorkspace(files);
  const { promptPath } = draft;
  const text = files[promptPath] ?? '';
  const document = parsePrompt(text, promptFormatOf(promptPath));
  const loaded = await loadConfig(workspace);
  const gathered = await gatherFacts(workspace, document, promptPath, {
    config: loaded.config,
    today: draft.today,
    datasets: new DatasetCache(),
  });
  const facts = { ...gathered, ...draft.facts(gathered, text) };
  const rules = ruleSettings(loaded.config.rules);
  const found = [
    ...lintPrompt(document, facts, rules).map((finding) => ({ ...finding, file: promptPath })),
    ...lintConfig(loaded, rules).map((finding) => ({ ...finding, file: 'evenkeel.yml' })),
  ];
  const { dataset } = facts;
  const format = dataset && datasetFormatOf(dataset.path);
  if (dataset?.status === 'read' && format) {
    const value = readDataset(files[dataset.path] ?? '', format);
    found.push(...lintDataset(value, dataset.path, rules).map((finding) => ({ ...finding, file: dataset.path })));
  }
  return found;
}

/** The draft as files by path from the root. */
export function filesOf(draft: Draft): Record<string, string> {
  const { prompt, promptPath, rows, datasetPath, files, style } = draft;
  const options = { ...style, lineWidth: 0, blockQuote: 'literal', version: '1.2' } as const;
  const written: Record<string, string> = { ...files, [promptPath]: draft.promptText(stringify(prompt, options)) };
  if (datasetPath) written[datasetPath] = draft.datasetText(datasetText(rows, datasetPath));
  return written;
}

/** One of the prompts of the example workspace, with its dataset and the files it names. */
export function exampleDraft(name: string, style: Style): Draft {
  const folder = path.resolve(import.meta.dirname, '../../../examples/support-desk');
  const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
  const prompt = parse(read(`${name}.prompt.yml`)) as PromptShape;
  const dataset = typeof prompt['dataset'] === 'string' ? path.basename(prompt['dataset']) : undefined;
  const rows = dataset ? readDataset(read(dataset), datasetFormatOf(dataset) ?? 'jsonl').rows : [];
  const named = ['triage.schema.json', 'teams.json'].map((file) => [`prompts/${file}`, read(file)] as const);
  if (dataset) prompt['dataset'] = './cases.jsonl';
  return {
    ...emptyDraft(`the example ${name}`, style),
    prompt,
    rows: rows.map(({ id, variables, expected }) => ({ id, ...variables, ...(expected === undefined ? {} : { expected }) })),
    datasetPath: dataset ? 'prompts/cases.jsonl' : undefined,
    files: { 'evenkeel.yml': read('evenkeel.yml'), ...Object.fromEntries(named) },
  };
}

export function emptyDraft(name: string, style: Style): Draft {
  return {
    name,
    promptPath: PROMPT_PATH,
    prompt: { messages: [] },
    rows: [],
    datasetPath: undefined,
    files: { 'evenkeel.yml': 'formatVersion: 1\n' },
    style,
    promptText: (text) => text,
    datasetText: (text) => text,
    facts: () => ({}),
    today: '2026-11-22',
  };
}

function datasetText(rows: readonly Row[], file: string): string {
  if (file.endsWith('.csv')) return csvText(rows);
  if (file.endsWith('.json')) return `${JSON.stringify(rows, null, 2)}\n`;
  if (file.endsWith('.yaml')) return stringify(rows, { lineWidth: 0 });
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

function csvText(rows: readonly Row[]): string {
  const flat = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).flatMap(([key, value]) =>
        typeof value === 'object' && value !== null
          ? Object.entries(value).map(([inner, one]) => [`${key}.${inner}`, String(one)])
          : [[key, String(value)]],
      ),
    ),
  );
  const names = [...new Set(flat.flatMap((row) => Object.keys(row)))];
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [names, ...flat.map((row) => names.map((name) => String(row[name] ?? '')))]
    .map((cells) => `${cells.map(cell).join(',')}\n`)
    .join('');
}
