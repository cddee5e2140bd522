import { type CodeAction, CodeActionKind, type WorkspaceEdit } from 'vscode-languageserver/node';
import { datasetSkeleton } from '../../lint/index.ts';
import {
  addColumn,
  CASE_NAMES,
  type DatasetFileFormat,
  datasetFormatOf,
  entryOf,
  LineIndex,
  type MapEntry,
  type PromptDocument,
  type PromptFacts,
  type Range,
  settingsRange,
  toJson,
  variableOccurrences,
} from '../../prompts-schema/index.ts';
import { lspRange } from '../positions.ts';

/** Where refactorings are applied. */
export interface RefactorTarget {
  readonly uri: string;
  readonly version: number;
  /** The address of a root-relative path. */
  readonly uriOf: (path: string) => string;
  /** The dataset's text; undefined where there is none that can be read. */
  readonly datasetText: () => Promise<string | undefined>;
  /** Whether a file of that root-relative path is there. */
  readonly exists: (path: string) => Promise<boolean>;
  /** Whether the client makes files in an edit. */
  readonly canCreate: boolean;
}

/** What can be done with the prompt at a span beside mending it: its cases moved to a file, a dataset made, a column added, a value set apart. */
export async function refactorings(
  document: PromptDocument,
  facts: PromptFacts,
  span: Range,
  target: RefactorTarget,
): Promise<CodeAction[]> {
  const found = [
    await extractCases(document, facts, span, target),
    await createDataset(document, facts, span, target),
    await missingColumn(document, facts, span, target),
    wrapVariable(document, span, target),
  ];
  return found.filter((action) => action !== undefined);
}

/** `testData` as a dataset file beside the prompt. Only of a prompt without a dataset: else its cases would change their order. */
async function extractCases(
  document: PromptDocument,
  facts: PromptFacts,
  span: Range,
  target: RefactorTarget,
): Promise<CodeAction | undefined> {
  const entry = ownEntry(document, 'testData');
  if (!entry || document.dataset || !target.canCreate || !meets(entry.range, span) || entry.value.kind !== 'list') return undefined;
  const rows = toJson(entry.value);
  const lines = wholeLines(document.text, entry.range);
  if (!Array.isArray(rows) || rows.length === 0 || !lines) return undefined;
  const path = await freePath(facts.promptId, target);
  if (path === undefined) return undefined;
  const key = entry.key.replace(/testData$/, 'dataset');
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const change = { range: lines.range, newText: `${lines.margin}${key}: ./${base(path)}${lines.end}` };
  return {
    title: `Move the cases to ${base(path)}`,
    kind: CodeActionKind.RefactorExtract,
    edit: withNewFile(document, target, path, text, [change]),
  };
}

/** A first dataset with a case to fill in, for a prompt that has variables and no cases. */
async function createDataset(
  document: PromptDocument,
  facts: PromptFacts,
  span: Range,
  target: RefactorTarget,
): Promise<CodeAction | undefined> {
  if (document.dataset || document.testData?.length || !target.canCreate) return undefined;
  const named = variableOccurrences(document).some(({ range }) => meets(range, span));
  const place = named ? datasetPlace(document) : undefined;
  const path = place && (await freePath(facts.promptId, target));
  if (!place || path === undefined) return undefined;
  const change = { range: { start: place.at, end: place.at }, newText: place.write(`./${base(path)}`) };
  return {
    title: `Create a dataset for this prompt (${base(path)})`,
    kind: CodeActionKind.RefactorRewrite,
    edit: withNewFile(document, target, path, datasetSkeleton(document, path), [change]),
  };
}

/** The variable at hand as a column of the dataset, empty in every case. */
async function missingColumn(
  document: PromptDocument,
  facts: PromptFacts,
  span: Range,
  target: RefactorTarget,
): Promise<CodeAction | undefined> {
  const dataset = facts.dataset?.status === 'read' ? facts.dataset : undefined;
  const format = dataset && datasetFormatOf(dataset.path);
  if (!dataset || !format || dataset.value.rows.length > MOST_ROWS) return undefined;
  const columns = new Set(dataset.value.columns.map(({ name }) => name));
  const wanted = variableOccurrences(document).find(({ name, range }) => !CASE_NAMES.has(name) && !columns.has(name) && meets(range, span));
  const edit = wanted && (await columnEdit(dataset.path, format, wanted.name, target));
  return edit && { title: `Add the column \`${wanted.name}\` to ${base(dataset.path)}`, kind: CodeActionKind.RefactorRewrite, edit };
}

async function columnEdit(
  path: string,
  format: DatasetFileFormat,
  name: string,
  target: RefactorTarget,
): Promise<WorkspaceEdit | undefined> {
  const text = await target.datasetText();
  const changes = text === undefined ? undefined : addColumn(text, format, name);
  if (text === undefined || !changes) return undefined;
  const lines = new LineIndex(text);
  const edits = changes.map(({ range, newText }) => ({ range: lspRange(lines, range), newText }));
  return { documentChanges: [{ textDocument: { uri: target.uriOf(path), version: null }, edits }] };
}

/** A placeholder between tags, so that the model sees where the value begins and ends. */
function wrapVariable(document: PromptDocument, span: Range, { uri, version }: RefactorTarget): CodeAction | undefined {
  const { text, lines, messages } = document;
  const placeholder = messages
    .flatMap(({ placeholders }) => placeholders)
    .find(({ range, use }) => use === undefined && meets(range, span));
  if (!placeholder) return undefined;
  const { range, name } = placeholder;
  const tag = name.replace(/[^A-Za-z0-9_-]+/g, '_').replace(/^[^A-Za-z_]+/, '') || 'data';
  if (text.slice(0, range.start).endsWith(`<${tag}>`)) return undefined;
  const newText = `<${tag}>${text.slice(range.start, range.end)}</${tag}>`;
  return {
    title: `Set \`${name}\` apart in <${tag}>…</${tag}>`,
    kind: CodeActionKind.RefactorRewrite,
    edit: { documentChanges: [{ textDocument: { uri, version }, edits: [{ range: lspRange(lines, range), newText }] }] },
  };
}

/** An empty cell is typed into every row. */
const MOST_ROWS = 5000;

/** The entry of a key of ours: at the top of a native file, under `evenkeel:` or as `evenkeel.key` elsewhere. */
function ownEntry({ format, tree }: PromptDocument, key: string): MapEntry | undefined {
  if (tree?.kind !== 'map') return undefined;
  if (format === 'native') return entryOf(tree, key);
  const own = entryOf(tree, 'evenkeel')?.value;
  return (own?.kind === 'map' ? entryOf(own, key) : undefined) ?? entryOf(tree, `evenkeel.${key}`);
}

interface NewLine {
  readonly at: number;
  readonly write: (path: string) => string;
}

/** Where a line `dataset:` goes: at the end of the settings. */
function datasetPlace(document: PromptDocument): NewLine | undefined {
  const { text, format, tree } = document;
  const settings = settingsRange(document);
  if (!settings || (tree && (tree.kind !== 'map' || text.charAt(tree.range.start) === '{'))) return undefined;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const written = text.slice(settings.start, settings.end);
  const at = settings.start + written.trimEnd().length;
  const key = format === 'native' ? 'dataset' : 'evenkeel.dataset';
  const first = written.trim() === '';
  return {
    at: first ? settings.start : at,
    write: (path) => (first ? `${key}: ${path}${lineEnd}` : `${lineEnd}${key}: ${path}${at === text.length ? lineEnd : ''}`),
  };
}

/** The lines of an entry that shares them with nothing else. */
function wholeLines(text: string, range: Range): { readonly range: Range; readonly margin: string; readonly end: string } | undefined {
  const start = text.lastIndexOf('\n', range.start - 1) + 1;
  const margin = text.slice(start, range.start);
  const last = range.start + text.slice(range.start, range.end).trimEnd().length;
  const found = text.indexOf('\n', last);
  const end = found < 0 ? text.length : found + 1;
  if (margin.trim() !== '' || !/^[ \t\r]*(?:#.*)?$/.test(text.slice(last, found < 0 ? text.length : found))) return undefined;
  return { range: { start, end }, margin, end: found < 0 ? '' : text.slice(last, end).includes('\r') ? '\r\n' : '\n' };
}

/** `triage.cases.jsonl` for `triage.prompt.yml`, or the first of `triage-2.cases.jsonl` … that is free. */
async function freePath(promptId: string, { exists }: RefactorTarget): Promise<string | undefined> {
  const stem = promptId.replace(/\.prompt\.ya?ml$|\.prompty?$/i, '');
  for (let copy = 1; copy <= 20; copy++) {
    const path = `${stem}${copy === 1 ? '' : `-${copy}`}.cases.jsonl`;
    if (!(await exists(path))) return path;
  }
  return undefined;
}

function withNewFile(
  { lines }: PromptDocument,
  { uri, version, uriOf }: RefactorTarget,
  path: string,
  text: string,
  changes: readonly { readonly range: Range; readonly newText: string }[],
): WorkspaceEdit {
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      { kind: 'create', uri: uriOf(path), options: { overwrite: false, ignoreIfExists: false } },
      { textDocument: { uri: uriOf(path), version: null }, edits: [{ range: { start, end: start }, newText: text }] },
      { textDocument: { uri, version }, edits: changes.map(({ range, newText }) => ({ range: lspRange(lines, range), newText })) },
    ],
  };
}

function base(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function meets(range: Range, span: Range): boolean {
  return range.start <= span.end && range.end >= span.start;
}
