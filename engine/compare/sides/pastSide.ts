import { deployedRows, environmentSources, readLock, updateHistory } from '../../../ledger/index.ts';
import { fingerprintOf, lockPath, releasesOf } from '../../../prompts-schema/index.ts';
import { type DeployedPrompt, type DeployedRow, type SideRef, versionWords } from '../../../protocol/index.ts';
import { UserError } from '../../../safety/index.ts';
import { oneLine } from '../view/figures.ts';
import { type LiveSide, modelOf } from './liveSide.ts';
import { commitNamed, type PastPrompt, promptAtCommit, promptOfFingerprint } from './pastPrompt.ts';
import type { SideContext } from './resolveSide.ts';
import { writtenModel } from './writtenModel.ts';

/** What runs in an environment as its source told last: the text from git, the model that is deployed there. Nothing is fetched. */
export async function environmentSide(
  { environment, model }: Extract<SideRef, { readonly kind: 'environment' }>,
  context: SideContext,
): Promise<LiveSide> {
  const { judged } = context;
  const deployed = await deployedIn(environment, context);
  const past = await deployedText(environment, deployed, context);
  const own = [past.loaded, judged].map(({ document, config }) => document.model?.value ?? config.defaults.model);
  const known = own.filter((name) => name !== undefined);
  const asked = model ?? (deployed.model === undefined ? undefined : writtenModel(deployed.model, known, judged.config));
  return {
    kind: 'environment',
    label: oneLine(`${environment} ${versionWords(deployed)}`, LONGEST_LABEL),
    named: environment,
    ...past,
    model: modelOf(asked, past.loaded),
  };
}

/** What a source calls a version is its own. */
const LONGEST_LABEL = 120;

/** A release of the lock file: the text of its fingerprint. */
export async function releaseSide(
  { version, model }: Extract<SideRef, { readonly kind: 'release' }>,
  context: SideContext,
): Promise<LiveSide> {
  const fingerprint = await releasedFingerprint(version, context);
  const past = await promptOfFingerprint(fingerprint, version, context);
  return { kind: 'release', label: `release ${version}`, named: version, ...past, model: modelOf(model, past.loaded) };
}

async function deployedIn(environment: string, context: SideContext): Promise<DeployedPrompt> {
  const { workspace, judged } = context;
  const names = environmentSources(judged.config).map((source) => source.environment);
  if (!names.includes(environment))
    throw new UserError(
      'usage',
      names.length
        ? `evenkeel.yml names no environment “${environment}”. There are ${names.join(', ')}.`
        : `evenkeel.yml names no environment, so there is no “${environment}”. Say under \`environments:\` where the prompt runs.`,
    );
  const row = await rowOf(environment, context);
  const { deployed } = row;
  if (deployed?.fingerprint !== undefined || deployed?.commit !== undefined) return deployed;
  if (deployed) {
    // A version alone is looked up in the history, which may not have been read yet.
    await updateHistory(workspace, judged.promptId).catch(ignoreUserError);
    return (await rowOf(environment, context)).deployed ?? deployed;
  }
  const unknown = `Nothing is known yet of what runs in ${environment}.${row.problem ? ` ${row.problem.message}` : ''}`;
  throw new UserError(
    'configuration',
    row.answeredAt === undefined
      ? `${unknown} Look first: evenkeel deployed --env ${environment}, or Refresh Deployments.`
      : `This prompt is not deployed in ${environment}, as far as its source tells.`,
    { file: judged.promptId },
  );
}

async function rowOf(environment: string, { workspace, judged }: SideContext): Promise<DeployedRow> {
  const { promptId, document, facts, config } = judged;
  const now = { promptId, name: document.name?.value ?? promptId, ...fingerprintOf(document, facts) };
  const row = (await deployedRows(workspace, now, config)).find((one) => one.environment === environment);
  if (!row) throw new Error('every environment has a row');
  return row;
}

/** The text by the commit, where that holds what the source says runs; else by the fingerprint. */
async function deployedText(environment: string, deployed: DeployedPrompt, context: SideContext): Promise<PastPrompt> {
  const { fingerprint, version } = deployed;
  const commit = await commitNamed(deployed.commit, context);
  const byCommit = commit && (await promptAtCommit(commit, context, deployed.path).catch(keepUserError));
  if (byCommit && !(byCommit instanceof UserError)) {
    const { document, facts } = byCommit.loaded;
    if (fingerprint === undefined || fingerprintOf(document, facts).fingerprint === fingerprint) return byCommit;
  }
  if (fingerprint !== undefined) return promptOfFingerprint(fingerprint, version, context);
  if (byCommit instanceof UserError) throw byCommit;
  const named =
    version === undefined ? 'neither version, fingerprint nor commit' : `version ${version}, which neither the lock file nor git knows`;
  const tells = deployed.commit === undefined ? named : `commit ${deployed.commit.slice(0, 40)}, which is not in this clone`;
  throw new UserError(
    'configuration',
    `The text that runs in ${environment} cannot be found: its source tells ${tells}. Have it tell the fingerprint, or fetch what is missing.`,
    { file: context.judged.promptId },
  );
}

/** The fingerprint that the lock file has of a version. UserError that says what to do where there is none. */
export async function releasedFingerprint(
  version: string,
  {
    workspace,
    judged: { promptId },
  }: { readonly workspace: SideContext['workspace']; readonly judged: Pick<SideContext['judged'], 'promptId'> },
): Promise<string> {
  const lock = await readLock(workspace, promptId);
  const place = { file: lockPath(promptId) };
  if (!lock)
    throw new UserError(
      'configuration',
      `There is no lock file, so there is no release ${version}. Release one: evenkeel release ${promptId}.`,
      place,
    );
  if (lock.status !== 'read') throw new UserError('configuration', lock.message, place);
  if (lock.value.status !== 'read')
    throw new UserError('configuration', `${lock.value.message} Repair it: evenkeel release --repair ${promptId}.`, place);
  const releases = releasesOf(lock.value.lock, promptId);
  const found = releases.find((release) => release.version === version);
  if (found) return found.fingerprint;
  const newest = releases.slice(-MOST_NAMED).reverse();
  const there = newest.length
    ? `There are ${newest.map((release) => release.version).join(', ')}${releases.length > MOST_NAMED ? ' and older ones' : ''}.`
    : 'It has no release yet.';
  throw new UserError('usage', `There is no release ${version}. ${there}`, place);
}

const MOST_NAMED = 5;

function keepUserError(error: unknown): UserError {
  if (error instanceof UserError) return error;
  throw error;
}

function ignoreUserError(error: unknown): undefined {
  keepUserError(error);
  return undefined;
}
