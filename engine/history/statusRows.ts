import type { Catalog } from '../../catalog/index.ts';
import {
  type DeployedPoint,
  deployedRows,
  describeRun,
  enoughFor,
  gatherFactsAndFiles,
  lastRunOf,
  type PromptNow,
  type RunStore,
  requireWhole,
  updateHistories,
} from '../../ledger/index.ts';
import {
  fingerprintOf,
  isPromptFile,
  type PromptDocument,
  type PromptFacts,
  parsePromptAt,
  releasesOf,
  splitPromptId,
} from '../../prompts-schema/index.ts';
import type { DeployedRow, StatusRow } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { type LoadedConfig, loadConfig, type Workspace } from '../../workspace/index.ts';
import { driftWords } from '../compare/view/driftWords.ts';
import type { Folder } from '../engineContext.ts';
import { modelDaysLeft } from './modelDaysLeft.ts';

/**
 * Where prompts stand, one row each, in the order asked. Nothing is fetched; of the history only so much is read as it takes to say how many
 * edits a deployment is behind, in one pass for all prompts.
 */
export async function statusRows(
  { workspace, store, comparisons }: Pick<Folder, 'workspace' | 'store' | 'comparisons'>,
  promptIds: readonly string[],
  now: Date,
  catalog: Catalog,
): Promise<readonly StatusRow[]> {
  const { config } = await loadConfig(workspace);
  const today = now.toISOString().slice(0, 10);
  const prompts = await Promise.all(promptIds.map((promptId) => readPrompt(workspace, promptId, config, today).catch(asProblem(promptId))));
  const read = prompts.filter((prompt) => 'now' in prompt);
  const [environments, listings, listed] = await Promise.all([environmentsOf(workspace, read, config), store.list(), comparisons.list()]);
  const runs: Pick<RunStore, 'list'> = {
    list: async (promptId) => listings.filter(({ header }) => header.promptId === promptId),
  };
  return Promise.all(
    prompts.map(async (prompt): Promise<StatusRow> => {
      const { promptId } = prompt;
      if (!('now' in prompt)) return { promptId, promptName: promptId, release: 'noLock', environments: [], problem: prompt.problem };
      const { document, facts } = prompt;
      const { name, fingerprint } = prompt.now;
      const version = document.version?.value;
      const model = document.model?.value ?? config.defaults.model;
      const daysLeft = model === undefined ? undefined : modelDaysLeft(model, today, catalog);
      const last = await lastRunOf(runs, promptId, fingerprint);
      const drift = driftWords(listed, promptId);
      return {
        promptId,
        promptName: name,
        ...(version === undefined ? {} : { version }),
        release: releaseState(promptId, version, fingerprint, facts.lock),
        environments: [...(environments.get(promptId) ?? [])],
        ...(model === undefined ? {} : { model }),
        ...(daysLeft === undefined ? {} : { modelDaysLeft: daysLeft }),
        ...(last ? { lastEval: lastEvalOf(last, now) } : {}),
        ...(drift === undefined ? {} : { drift }),
      };
    }),
  );
}

interface ReadPrompt {
  readonly promptId: string;
  readonly document: PromptDocument;
  readonly facts: PromptFacts;
  readonly now: PromptNow;
}

/** The prompt with what its fingerprint and its release take; its cases are not read. */
async function readPrompt(workspace: Workspace, promptId: string, config: LoadedConfig['config'], today: string): Promise<ReadPrompt> {
  const { file: path } = splitPromptId(promptId);
  if (!isPromptFile(path)) throw new UserError('configuration', 'This is not a prompt file.', { file: promptId });
  const file = await workspace.read(path);
  if (!file.ok) throw new UserError('configuration', file.message, { file: promptId });
  const written = { ...parsePromptAt(promptId, file.text), dataset: undefined, evaluators: [] };
  const { document, facts } = await gatherFactsAndFiles(workspace, written, promptId, { config, today });
  requireWhole(document, promptId);
  return { promptId, document, facts, now: { promptId, name: document.name?.value ?? promptId, ...fingerprintOf(document, facts) } };
}

function asProblem(promptId: string): (error: unknown) => { readonly promptId: string; readonly problem: string } {
  return (error) => {
    if (error instanceof UserError) return { promptId, problem: error.message };
    throw error;
  };
}

/** What is deployed of each prompt; where that is something else, after a look at how many edits lie between. */
async function environmentsOf(
  workspace: Workspace,
  prompts: readonly ReadPrompt[],
  config: LoadedConfig['config'],
): Promise<ReadonlyMap<string, readonly DeployedRow[]>> {
  const rowsOf = async (some: readonly ReadPrompt[]): Promise<Map<string, readonly DeployedRow[]>> =>
    new Map(await Promise.all(some.map(async ({ promptId, now }) => [promptId, await deployedRows(workspace, now, config)] as const)));
  const rows = await rowsOf(prompts);
  const wanted = new Map<string, readonly DeployedPoint[]>();
  for (const [promptId, of] of rows) {
    const others = of.flatMap(({ deployed, relation }) => (deployed && relation?.kind !== 'same' ? [deployed] : []));
    if (others.length) wanted.set(promptId, others);
  }
  if (!wanted.size) return rows;
  try {
    await updateHistories(workspace, [...wanted.keys()], { enough: enoughFor(wanted) });
  } catch (error) {
    if (error instanceof UserError) return rows; // no git: the number stays out
    throw error;
  }
  const again = await rowsOf(prompts.filter(({ promptId }) => wanted.has(promptId)));
  return new Map([...rows, ...again]);
}

function releaseState(promptId: string, version: string | undefined, fingerprint: string, lock: PromptFacts['lock']): StatusRow['release'] {
  if (!lock) return 'noLock';
  if (lock.status !== 'read' || lock.value.status !== 'read') return 'lockBroken';
  const release = releasesOf(lock.value.lock, promptId).find((each) => each.version === version);
  return release ? (release.fingerprint === fingerprint ? 'released' : 'edited') : 'unreleased';
}

function lastEvalOf({ listing, edited }: NonNullable<Awaited<ReturnType<typeof lastRunOf>>>, now: Date): StatusRow['lastEval'] {
  const { totals, header } = listing;
  return { at: header.startedAt, line: describeRun(listing, now), passed: totals.passed, scored: totals.passed + totals.failed, edited };
}
