import {
  type DatasetRow,
  type EvaluatorSpec,
  type Operand,
  type PromptDocument,
  type PromptFacts,
  parseCasePath,
  partialVariables,
  scanPlaceholders,
} from '../prompts-schema/index.ts';
import { isJsonObject, type Json } from '../safety/index.ts';

/** Which variables a prompt has, as far as the file and its dataset say. */
export interface KnownVariables {
  /** Whether anything says what variables there are: declared inputs, or rows that could be read. */
  readonly told: boolean;
  /** Inputs and columns, `id` and `expected` where rows have them. */
  readonly names: ReadonlySet<string>;
  /** Columns of the rows alone; undefined when there are no rows to look at. */
  readonly columns: ReadonlySet<string> | undefined;
  /** Names that a message, an evaluator or the delivery uses. */
  readonly used: ReadonlySet<string>;
  /** All rows: the dataset's, then `testData`. */
  readonly rows: readonly DatasetRow[];
}

/** Collects them in one pass over the document. Rows are only looked through where a column is asked for that no list has. */
export function knownVariables(document: PromptDocument, facts: PromptFacts): KnownVariables {
  const dataset = facts.dataset?.status === 'read' ? facts.dataset.value : undefined;
  const inline = document.testData ?? [];
  const rows = dataset ? (inline.length > 0 ? [...dataset.rows, ...inline] : dataset.rows) : inline;
  const readable = document.dataset === undefined || dataset !== undefined;
  const columns = readable && rows.length > 0 ? new Set<string>() : undefined;
  if (columns) {
    for (const { name } of dataset?.columns ?? []) columns.add(name);
    for (const row of inline) for (const name of Object.keys(row.variables)) columns.add(name);
    if (rows.some((row) => row.idIsOwn)) columns.add('id');
    if (rows.some((row) => row.expected !== undefined)) columns.add('expected');
  }
  const inputs = document.inputs ?? [];
  return {
    told: readable && (inputs.length > 0 || columns !== undefined),
    names: new Set([...inputs.map(({ name }) => name), ...(columns ?? [])]),
    columns,
    used: usedNames(document, facts),
    rows,
  };
}

/** Whether a row has a value at the path of a `{ case: … }`. */
export function rowHas(row: DatasetRow, path: readonly (string | number)[]): boolean {
  const [first, ...rest] = path;
  if (first === 'id') return rest.length === 0;
  let value: Json | undefined = first === 'expected' ? row.expected : ownStep(row.variables, first ?? '');
  for (const step of rest) value = value === undefined ? undefined : ownStep(value, step);
  return value !== undefined;
}

function ownStep(value: Json, step: string | number): Json | undefined {
  if (Array.isArray(value)) return value[Number(step)];
  return isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

function usedNames(document: PromptDocument, facts: PromptFacts): ReadonlySet<string> {
  const used = new Set<string>();
  if (document.body && facts.partials)
    for (const name of partialVariables(document.body.nodes, document.dialect, facts.partials)) used.add(name);
  for (const message of document.messages) {
    for (const { name } of message.placeholders) used.add(name);
    // `{{ name }}` is a slip of its own rule; it shows that the name is meant to be used
    if (document.dialect === 'github' && message.content.value.includes('{{'))
      for (const [, name] of message.content.value.matchAll(/\{\{\s*([^{}\s]+)\s*\}\}/g)) used.add(name ?? '');
  }
  for (const evaluator of document.evaluators) for (const name of namesOf(evaluator)) used.add(name);
  const key = document.delivery?.value.idempotencyKey;
  if (typeof key === 'string') used.add(key);
  return used;
}

function namesOf(evaluator: EvaluatorSpec): readonly string[] {
  switch (evaluator.kind) {
    case 'string':
      return namesIn(evaluator.operand);
    case 'judge':
      return [...namesIn(evaluator.prompt), ...namesIn(evaluator.systemPrompt ?? '')];
    case 'builtin':
      return ['input', 'expected']; // GitHub's own judges read these two columns
    case 'set':
      return evaluator.parts.flatMap(namesOf);
    case 'foreign':
      return [];
    default:
      return operandNames(evaluator.operand);
  }
}

function operandNames(operand: Operand): readonly string[] {
  if (operand.from === 'case') return [String(operand.path[0])];
  if (operand.from !== 'template') return [];
  return [...JSON.stringify(operand.value).matchAll(/\{\{[-~]?\s*([\p{L}_][\p{L}\p{N}_]*)/gu)].map(([, name]) => name ?? '');
}

/** The columns that a template over the case names: `expected` for `{{expected.team}}`. */
function namesIn(template: string): readonly string[] {
  return scanPlaceholders(template).flatMap(({ name }) => [name, ...columnOf(name)]);
}

function columnOf(name: string): readonly string[] {
  const read = parseCasePath(name);
  return 'path' in read ? [String(read.path[0])] : [];
}
