import {
  type DatasetRow,
  holdsSeveral,
  isPromptFile,
  type PromptDocument,
  type PromptFacts,
  parsePromptAt,
  type Range,
  type Reference,
  splitPromptId,
} from '../prompts-schema/index.ts';
import { UserError } from '../safety/index.ts';
import { type LoadedConfig, loadConfig, type Workspace } from '../workspace/index.ts';
import type { DatasetCache } from './datasetCache.ts';
import { gatherFactsAndFiles } from './facts.ts';
import { promptIdsIn } from './promptIds.ts';

export interface LoadOptions {
  /** The editor's unsaved text; else the file's. */
  readonly text?: string;
  /** `YYYY-MM-DD`; left out: today in UTC. */
  readonly today?: string;
  readonly datasets?: DatasetCache;
}

/** A prompt with everything a run or a preview needs. */
export interface LoadedPrompt {
  readonly promptId: string;
  readonly document: PromptDocument;
  readonly facts: PromptFacts;
  readonly config: LoadedConfig['config'];
  /** Where the settings come from and what is wrong in them. */
  readonly configFile: LoadedConfig;
  /** The text of the schema, tools and evaluator files by their path as written: what a run freezes. */
  readonly files: Readonly<Record<string, string>>;
  /** The dataset's rows, then the inline ones; ids are unique. Empty also when the dataset cannot be read: see `requireReferences`. */
  readonly cases: readonly DatasetRow[];
}

/**
 * Reads a prompt file and what it refers to. UserError `configuration` with file and line when there is no such prompt file or its text
 * is not one: half a prompt is never run. Missing references are facts, not errors.
 */
export async function loadPrompt(workspace: Workspace, promptId: string, options: LoadOptions = {}): Promise<LoadedPrompt> {
  const { file, name } = splitPromptId(promptId);
  if (!isPromptFile(file))
    throw new UserError('configuration', 'This is not a prompt file; those end in .prompt.yml or .prompt.yaml.', { file: promptId });
  const text = options.text ?? (await textOf(workspace, file));
  if (name === undefined && holdsSeveral(file)) throw await severalError(workspace, file, text);
  const written = parsePromptAt(promptId, text);
  if (!written.included) requireWhole(written, promptId);
  const configFile = await loadConfig(workspace);
  const { config } = configFile;
  const { document, facts, files } = await gatherFactsAndFiles(workspace, written, promptId, {
    config,
    today: options.today ?? new Date().toISOString().slice(0, 10),
    ...(options.datasets ? { datasets: options.datasets } : {}),
  });
  requireIncluded({ promptId, document, facts });
  requireWhole(document, promptId);
  return { promptId, document, facts, config, configFile, files, cases: casesOf(document, facts) };
}

/** Throws a UserError `configuration`, placed where the prompt names it, for the first referenced file that could not be read. */
export function requireReferences({ promptId, document, facts }: Pick<LoadedPrompt, 'promptId' | 'document' | 'facts'>): void {
  const { outputSchema, tools, dataset } = document;
  requireRead(promptId, document, 'The dataset', facts.dataset, dataset?.range);
  requireRead(promptId, document, 'The schema', facts.outputSchema, outputSchema?.range);
  requireRead(promptId, document, 'The tools file', facts.tools, tools?.range);
  for (const evaluator of document.evaluators)
    if ('operand' in evaluator && typeof evaluator.operand !== 'string' && evaluator.operand.from === 'file')
      requireRead(
        promptId,
        document,
        `The file of the evaluator "${evaluator.name}"`,
        facts.evaluatorFiles.get(evaluator.operand.path),
        evaluator.operandRange,
      );
}

/** Throws the same for a file whose text is part of the prompt: without it the document is not the prompt. */
function requireIncluded({ promptId, document, facts }: Pick<LoadedPrompt, 'promptId' | 'document' | 'facts'>): void {
  for (const { value, range } of document.included ?? [])
    requireRead(promptId, document, `\`${value}\``, facts.included?.get(value), range);
}

/** A file of several prompts was named without saying which of them is meant. */
async function severalError(workspace: Workspace, file: string, text: string): Promise<UserError> {
  const { issues, lines } = parsePromptAt(file, text);
  const broken = issues.find(({ code }) => BROKEN.has(code));
  if (broken) return new UserError('configuration', broken.message, { file, line: lines.lineNumber(broken.range.start) });
  const ids = await promptIdsIn(workspace, file, text);
  const why = issues.find(({ code }) => code === 'schema.unsupported-value');
  if (ids.length === 0) return new UserError('configuration', why?.message ?? 'This file holds no prompts.', { file });
  const shown = ids.length > MOST_NAMES ? [...ids.slice(0, MOST_NAMES), `and ${ids.length - MOST_NAMES} more`] : ids;
  return new UserError('configuration', `This file holds several prompts. Name one: ${shown.join(', ')}.`, { file });
}

const MOST_NAMES = 8;

function requireRead(
  promptId: string,
  { lines }: PromptDocument,
  what: string,
  reference: Reference<unknown> | undefined,
  range: Range | undefined,
): void {
  if (!reference || reference.status === 'read') return;
  const next = reference.status === 'missing' ? ' Create it or correct the path.' : '';
  const line = range && { line: lines.lineNumber(range.start) };
  throw new UserError('configuration', `${what} cannot be used: ${reference.message}${next}`, {
    file: splitPromptId(promptId).file,
    ...line,
  });
}

async function textOf(workspace: Workspace, promptId: string): Promise<string> {
  const file = await workspace.read(promptId);
  if (file.ok) return file.text;
  const next = file.reason === 'missing' ? ' Check the path; it counts from the root.' : '';
  throw new UserError('configuration', `The prompt cannot be read: ${file.message}${next}`, { file: promptId });
}

/** Whether part of the text may be missing from the document, or all of it: such a prompt cannot be run. */
export function isBroken({ issues, messages }: PromptDocument): boolean {
  return !messages.length || issues.some(({ code }) => BROKEN.has(code));
}

/** Issues after which part of the text may be missing from the document. */
const BROKEN: ReadonlySet<string> = new Set(['schema.syntax', 'schema.too-deep', 'schema.too-large', 'schema.not-a-prompt']);

/** Throws a UserError `configuration` with file and line for a text that is not, or not wholly, a prompt. */
export function requireWhole(document: PromptDocument, promptId: string): void {
  const issue = document.issues.find(({ code }) => BROKEN.has(code));
  if (issue)
    throw new UserError('configuration', issue.message, {
      file: splitPromptId(promptId).file,
      line: document.lines.lineNumber(issue.range.start),
    });
  const why =
    document.messages.length > 0 || document.key === undefined ? undefined : document.issues.find(({ code }) => UNSENDABLE.has(code));
  if (why)
    throw new UserError('configuration', why.message, {
      file: splitPromptId(promptId).file,
      line: document.lines.lineNumber(why.range.start),
    });
  if (!document.messages.length)
    throw new UserError('configuration', 'The prompt has no messages. Add at least one under `messages:`.', {
      file: splitPromptId(promptId).file,
      line: 1,
    });
}

/** Issues of one of several prompts that say why nothing of it can be sent. */
const UNSENDABLE: ReadonlySet<string> = new Set([
  'schema.unsupported-value',
  'schema.wrong-type',
  'schema.wrong-value',
  'template.unsupported-construct',
]);

function casesOf({ testData }: PromptDocument, { dataset }: PromptFacts): readonly DatasetRow[] {
  const rows = [...(dataset?.status === 'read' ? dataset.value.rows : []), ...(testData ?? [])];
  const taken = new Set<string>();
  return rows.map((row) => {
    let id = row.id;
    for (let copy = 2; taken.has(id); copy++) id = `${row.id}-${copy}`;
    taken.add(id);
    return id === row.id ? row : { ...row, id };
  });
}
