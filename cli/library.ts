/**
 * What an app imports from the npm package: `import { loadPrompt, reportDeployed } from 'evenkeel'`. A small façade that stays as it is while what is
 * behind it changes: its types stand here alone, so that the declarations of the package need no other file.
 */
import { dirname, relative, resolve, sep } from 'node:path';
import { fingerprintOf, type LoadedPrompt as ReadPrompt, loadPrompt as readPrompt } from '../ledger/index.ts';
import { inputNames, type PromptDocument, type PromptFacts, releasesOf, renderPrompt, splitPromptId } from '../prompts-schema/index.ts';
import { type JsonObject, UNTRUSTED, UserError } from '../safety/index.ts';
import { findRoot, openWorkspace, type Workspace } from '../workspace/index.ts';

/** A message as a model takes it. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What the lock file says of the prompt's release. */
export interface Release {
  readonly version: string;
  /** `YYYY-MM-DD`. */
  readonly released: string;
  /** Models that it was tested with, as `provider/model`. */
  readonly testedWith: readonly string[];
}

/** A prompt with everything that a call needs. */
export interface LoadedPrompt {
  /** The file's path from the root of the prompts, with `/`. */
  readonly promptId: string;
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** `provider/model`: the prompt's own, else the default of evenkeel.yml. */
  readonly model: string | undefined;
  /** `ek1:` and 64 hex digits: what the prompt does, its schema and tools among it. */
  readonly fingerprint: string;
  /** By canonical name: `maxTokens`, `temperature` … */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The JSON Schema of the answer. */
  readonly outputSchema:
    | { readonly name: string; readonly strict: boolean | undefined; readonly schema: Readonly<Record<string, unknown>> }
    | undefined;
  /** As the prompt or its tools file has them. */
  readonly tools: unknown;
  /** Names of the variables that `render` wants. */
  readonly variables: readonly string[];
  /** Undefined only where `unreleased: 'allow'` let it pass. */
  readonly release: Release | undefined;
  /** The messages with the variables put in; what a value holds is never expanded again. PromptError `variables` where one is missing. */
  readonly render: (variables: Readonly<Record<string, unknown>>) => Message[];
}

export interface LoadOptions {
  /** The folder that references may not leave; the folder of the nearest evenkeel.yml above the file when left out. */
  readonly root?: string;
  /** `refuse` (when left out): a prompt whose fingerprint is not in its lock file is a PromptError. `allow`: for development. */
  readonly unreleased?: 'refuse' | 'allow';
}

/** `missing`: a file is not there · `invalid`: it cannot be read as a prompt · `notReleased` · `variables`: of a call to `render`. */
export type PromptErrorCode = 'missing' | 'invalid' | 'notReleased' | 'variables';

/** Why a prompt cannot be used; the message says what to do. */
export class PromptError extends Error {
  readonly code: PromptErrorCode;

  constructor(code: PromptErrorCode, message: string) {
    super(message);
    this.name = 'PromptError';
    this.code = code;
  }
}

/** What an app answers under the address that `environments:` of evenkeel.yml names as its `http` source. */
export interface DeployedReport {
  readonly prompts: readonly {
    readonly prompt: string;
    readonly version?: string;
    readonly fingerprint: string;
    readonly model?: string;
    readonly since?: string;
    readonly by?: string;
    readonly commit?: string;
  }[];
}

/**
 * Reads a prompt file and what it refers to, and refuses one that nobody has released: the fingerprint must be in the lock file beside it, under
 * the version that the file names, in a release that nobody has edited. PromptError says why not.
 */
export async function loadPrompt(path: string, { root, unreleased = 'refuse' }: LoadOptions = {}): Promise<LoadedPrompt> {
  const absolute = resolve(path);
  const folder = root === undefined ? await rootOf(absolute) : resolve(root);
  const workspace = openWorkspace({ root: folder, capabilities: UNTRUSTED });
  const promptId = relative(folder, absolute).split(sep).join('/');
  const { document, facts, config } = await read(workspace, promptId);
  requireReferences(promptId, document, facts);
  const { fingerprint } = fingerprintOf(document, facts);
  const release = releaseOf(promptId, document, facts, fingerprint);
  if (typeof release === 'string' && unreleased === 'refuse') throw new PromptError('notReleased', release);
  const { outputSchema, tools } = document;
  const schema =
    facts.outputSchema?.status === 'read' ? facts.outputSchema.value : outputSchema?.kind === 'inline' ? outputSchema.value : undefined;
  return {
    promptId,
    name: document.name?.value,
    version: document.version?.value,
    model: document.model?.value ?? config.defaults.model,
    fingerprint,
    parameters: Object.fromEntries(document.parameters.map(({ name, value }) => [name, value])),
    outputSchema: schema && { name: schema.name, strict: schema.strict, schema: schema.schema },
    tools: facts.tools?.status === 'read' ? facts.tools.value : tools?.kind === 'inline' ? tools.value : undefined,
    variables: inputNames(document, facts.partials),
    release: typeof release === 'string' ? undefined : release,
    render: (variables) => render(promptId, document, facts, variables),
  };
}

/** The answer for the `http` source of an environment: what was really loaded. `told` is what only the app knows: since when, by whom, from which commit. */
export function reportDeployed(
  prompts: readonly LoadedPrompt[],
  told: { readonly since?: Date; readonly by?: string; readonly commit?: string } = {},
): DeployedReport {
  const { since, by, commit } = told;
  return {
    prompts: prompts.map(({ promptId, version, release, fingerprint, model }) => {
      const named = version ?? release?.version;
      return {
        prompt: promptId,
        ...(named === undefined ? {} : { version: named }),
        fingerprint,
        ...(model === undefined ? {} : { model }),
        ...(since ? { since: since.toISOString() } : {}),
        ...(by === undefined ? {} : { by }),
        ...(commit === undefined ? {} : { commit }),
      };
    }),
  };
}

/** The nearest folder with an evenkeel.yml; an app that ships no such file has its prompt's own folder. */
async function rootOf(absolute: string): Promise<string> {
  const found = await findRoot(absolute);
  return found.kind === 'evenkeel' ? found.path : dirname(absolute);
}

async function read(workspace: Workspace, promptId: string): Promise<ReadPrompt> {
  if (!(await workspace.stat(splitPromptId(promptId).file)))
    throw new PromptError('missing', `There is no prompt file ${promptId} in ${workspace.root}.`);
  try {
    return await readPrompt(workspace, promptId);
  } catch (error) {
    throw error instanceof UserError ? new PromptError('invalid', error.located) : error;
  }
}

/** What an app sends must be whole: schema, tools, partials, and the texts that a configuration names for this prompt. */
function requireReferences(promptId: string, document: PromptDocument, { outputSchema, tools, partials, included }: PromptFacts): void {
  const texts = (document.included ?? []).flatMap(({ value, inFingerprint }) => (inFingerprint ? [included?.get(value)] : []));
  for (const reference of [outputSchema, tools, ...(partials?.values() ?? []), ...texts])
    if (reference && reference.status !== 'read')
      throw new PromptError(reference.status === 'missing' ? 'missing' : 'invalid', `${promptId} needs another file: ${reference.message}`);
}

/** The release that the prompt is, or a sentence that says why it is none. */
function releaseOf(promptId: string, { version }: PromptDocument, { lock }: PromptFacts, fingerprint: string): Release | string {
  const next = 'Release it first: evenkeel release.';
  if (!lock) return `${promptId} has no lock file beside it, so nobody has released it. ${next}`;
  if (lock.status !== 'read') return `The lock file of ${promptId} cannot be used: ${lock.message}`;
  if (lock.value.status !== 'read') return `The lock file of ${promptId} cannot be used: ${lock.value.message}`;
  const { lock: file, unsealed } = lock.value;
  const fitting = releasesOf(file, promptId).filter((release) => release.fingerprint === fingerprint);
  const found = version ? fitting.find((release) => release.version === version.value) : fitting.at(-1);
  if (!found) {
    const [other] = fitting;
    return other
      ? `${promptId} calls itself ${version?.value}, but what it does was released as ${other.version}. Correct its version, or release it.`
      : `${promptId}${version ? ` (${version.value})` : ''} is not what was released: its fingerprint is not in the lock file. ${next}`;
  }
  if (unsealed.some((one) => one.version === found.version && one.prompt === found.prompt))
    return `The lock file of ${promptId} was edited by hand (${found.version}). Repair it: evenkeel release --repair.`;
  return { version: found.version, released: found.released, testedWith: found.tested.map(({ model }) => model) };
}

function render(
  promptId: string,
  document: PromptDocument,
  { partials }: PromptFacts,
  variables: Readonly<Record<string, unknown>>,
): Message[] {
  // Values go in as texts or as JSON; whatever an app passes is turned into JSON once.
  const { messages, missing, tooLarge, problem } = renderPrompt(document, JSON.parse(JSON.stringify(variables)) as JsonObject, partials);
  if (problem) {
    const at = problem.range ? `:${document.lines.lineNumber(problem.range.start)}` : '';
    throw new PromptError('invalid', `${splitPromptId(promptId).file}${at}: The prompt cannot be rendered: ${problem.message}`);
  }
  if (missing.length) throw new PromptError('variables', `${promptId} lacks ${missing.join(', ')}: give every variable a value.`);
  if (tooLarge) throw new PromptError('variables', `${promptId} would be longer than 2,000,000 characters with these values.`);
  return [...messages];
}
