import {
  type Dataset,
  datasetFormatOf,
  type EvenkeelConfig,
  type NamedSchema,
  namedSchemaOf,
  type ParsedLock,
  type PromptDocument,
  type PromptFacts,
  type Reference,
  readDataset,
} from '../prompts-schema/index.ts';
import { isJsonObject, type Json } from '../safety/index.ts';
import type { ReadResult, Workspace } from '../workspace/index.ts';
import type { DatasetCache } from './datasetCache.ts';
import { gatherIncluded } from './included.ts';
import { type GatheredPartials, gatherPartials } from './partials.ts';
import { readData } from './readData.ts';
import { readLock } from './releases/readLock.ts';
import type { FrozenPrompt } from './runs/record.ts';

export { fingerprintOf } from '../prompts-schema/index.ts';

export interface GatherOptions {
  readonly config: EvenkeelConfig;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly datasets?: DatasetCache;
  /** Files whose text is part of the document already. */
  readonly included?: ReadonlyMap<string, Reference<string>>;
}

/** Facts, and the text of the schema, tools and evaluator files by their path as written: what a run freezes. */
export interface GatheredFacts {
  /** The document, with the texts of other files that are part of it. */
  readonly document: PromptDocument;
  readonly facts: PromptFacts;
  readonly files: Readonly<Record<string, string>>;
}

/** Follows the references of a prompt inside the workspace. What cannot be followed says why; nothing is thrown. */
export async function gatherFacts(
  workspace: Workspace,
  document: PromptDocument,
  promptId: string,
  options: GatherOptions,
): Promise<PromptFacts> {
  return (await gatherFactsAndFiles(workspace, document, promptId, options)).facts;
}

/** The same, keeping the texts. */
export async function gatherFactsAndFiles(
  workspace: Workspace,
  written: PromptDocument,
  promptId: string,
  { config, today, datasets, included: known }: GatherOptions,
): Promise<GatheredFacts> {
  const read = async (reference: string): Promise<ReadResult> => {
    const path = workspace.resolve(promptId, reference);
    return path === undefined ? outside(reference) : workspace.read(path);
  };
  const { document, included, texts } = await gatherIncluded(workspace, promptId, written, known);
  const [dataset, gathered, partials, lock] = await Promise.all([
    document.dataset && gatherDataset(workspace, promptId, document, document.dataset.value, datasets),
    gatherFiles(document, read),
    document.partials?.length ? gatherPartials(document, promptId, read) : undefined,
    readLock(workspace, promptId),
  ]);
  return {
    document,
    facts: { ...factsOf(promptId, config, today, { ...gathered, ...partials, dataset, lock }), ...(included ? { included } : {}) },
    files: { ...gathered.files, ...partials?.texts, ...texts },
  };
}

/** Facts of a prompt as a run froze it: its files come from the journal, and its cases stand in for the dataset, which is not among them. */
export async function frozenFacts(
  { promptId, files }: FrozenPrompt,
  document: PromptDocument,
  { config, today }: GatherOptions,
): Promise<PromptFacts> {
  const read = async (written: string): Promise<ReadResult> => {
    const text = Object.hasOwn(files, written) ? files[written] : undefined;
    return text === undefined
      ? { ok: false, path: written, reason: 'missing', message: `${written} was not there when the run began.` }
      : { ok: true, path: written, text, mtimeMs: 0, size: text.length };
  };
  const partials = document.partials?.length ? await gatherPartials(document, promptId, read) : undefined;
  return factsOf(promptId, config, today, { ...(await gatherFiles(document, read)), ...partials, dataset: undefined, lock: undefined });
}

/**
 * Names that may stand before the `/` of a model without an entry in evenkeel.yml: the providers that are built in, and publishers
 * as GitHub Models writes them, whose models are reached through another provider.
 */
export const BUILT_IN_PROVIDERS: readonly string[] = ['anthropic', 'openai', 'openai-compatible', 'sandbox'];
const PUBLISHERS: readonly string[] = [
  'ai21-labs',
  'azure-openai',
  'cohere',
  'core42',
  'deepseek',
  'googleai',
  'meta',
  'microsoft',
  'mistral-ai',
  'vertexai',
  'xai',
];

interface GatheredFiles {
  readonly outputSchema: Reference<NamedSchema> | undefined;
  readonly tools: Reference<Json> | undefined;
  readonly evaluatorFiles: ReadonlyMap<string, Reference<Json>>;
  readonly files: Readonly<Record<string, string>>;
}

function factsOf(
  promptId: string,
  config: EvenkeelConfig,
  today: string,
  {
    dataset,
    outputSchema,
    tools,
    evaluatorFiles,
    lock,
    partials,
  }: GatheredFiles &
    Partial<GatheredPartials> & { readonly dataset: Reference<Dataset> | undefined; readonly lock: Reference<ParsedLock> | undefined },
): PromptFacts {
  return {
    promptId,
    today,
    defaultModel: config.defaults.model,
    providers: [...new Set([...BUILT_IN_PROVIDERS, ...Object.keys(config.providers), ...PUBLISHERS])],
    dataset,
    outputSchema,
    tools,
    evaluatorFiles,
    lock,
    ...(partials ? { partials } : {}),
  };
}

async function gatherFiles(document: PromptDocument, read: (written: string) => Promise<ReadResult>): Promise<GatheredFiles> {
  const schemaPath = document.outputSchema?.kind === 'file' ? document.outputSchema.path.value : undefined;
  const toolsPath = document.tools?.kind === 'file' ? document.tools.path.value : undefined;
  const evaluatorPaths = [...new Set(document.evaluators.flatMap(operandFile))];
  const wanted = [...new Set([schemaPath, toolsPath, ...evaluatorPaths])].filter((path) => path !== undefined);
  const texts = new Map(await Promise.all(wanted.map(async (path) => [path, await read(path)] as const)));
  const value = (path: string): Reference<Json> => asData(texts.get(path) ?? outside(path));
  return {
    outputSchema: schemaPath === undefined ? undefined : asSchema(value(schemaPath), document.name?.value),
    tools: toolsPath === undefined ? undefined : value(toolsPath),
    evaluatorFiles: new Map(evaluatorPaths.map((path) => [path, value(path)])),
    files: Object.fromEntries([...texts].flatMap(([path, file]) => (file.ok ? [[path, file.text]] : []))),
  };
}

function operandFile(evaluator: PromptDocument['evaluators'][number]): readonly string[] {
  if (!('operand' in evaluator) || typeof evaluator.operand === 'string') return [];
  return evaluator.operand.from === 'file' ? [evaluator.operand.path] : [];
}

async function gatherDataset(
  workspace: Workspace,
  promptId: string,
  { format: promptFormat }: PromptDocument,
  written: string,
  datasets: DatasetCache | undefined,
): Promise<Reference<Dataset>> {
  const path = workspace.resolve(promptId, written);
  if (path === undefined) return refusal(outside(written));
  const format = datasetFormatOf(path);
  if (!format)
    return { status: 'invalid', path, message: `${path} is not a dataset: the formats are .jsonl, .csv, .tsv, .yaml and .json.` };
  const stamp = datasets && (await workspace.stat(path));
  const known = stamp && datasets.get(path, stamp);
  if (known) return { status: 'read', path, value: known };
  const file = await workspace.read(path);
  if (!file.ok) return refusal(file);
  const value = readDataset(file.text, format, { oneCase: promptFormat === 'prompty' });
  datasets?.set(path, file, value);
  return { status: 'read', path, value };
}

function asData(file: ReadResult): Reference<Json> {
  if (!file.ok) return refusal(file);
  const data = readData(file.text, file.path);
  return data.ok ? { status: 'read', path: file.path, value: data.value } : { status: 'invalid', path: file.path, message: data.message };
}

function asSchema(reference: Reference<Json>, promptName: string | undefined): Reference<NamedSchema> {
  if (reference.status !== 'read') return reference;
  const { path, value } = reference;
  if (!isJsonObject(value)) return { status: 'invalid', path, message: `${path} does not hold a JSON Schema, which is an object.` };
  const schema = namedSchemaOf(value, promptName);
  return 'missing' in schema
    ? {
        status: 'invalid',
        path,
        message: `${path} lacks \`${schema.missing}\`: it holds \`name\` and \`schema\`, or is the schema itself.`,
      }
    : { status: 'read', path, value: schema };
}

type NotRead = Extract<ReadResult, { readonly ok: false }>;

function refusal({ path, reason, message }: NotRead): Exclude<Reference<never>, { readonly status: 'read' }> {
  return { status: reason === 'missing' || reason === 'outside' ? reason : 'unreadable', path, message };
}

function outside(path: string): NotRead {
  return { ok: false, path, reason: 'outside', message: `${path} leads outside the folder; only files inside it are read.` };
}
