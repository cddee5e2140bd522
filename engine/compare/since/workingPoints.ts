import {
  deployedRows,
  type LoadedPrompt,
  loadPrompt,
  type RunListing,
  type RunStore,
  readLock,
  updateHistory,
} from '../../../ledger/index.ts';
import { fingerprintOf, releasesOf } from '../../../prompts-schema/index.ts';
import { type SideRef, versionWords, type WorkingPoint, type WorkingPoints, WorkingPointsRequest } from '../../../protocol/index.ts';
import { UserError } from '../../../safety/index.ts';
import type { Workspace } from '../../../workspace/index.ts';
import type { EngineContext } from '../../engineContext.ts';
import { modelNames } from '../../run/plan.ts';
import { day, moment } from '../view/figures.ts';

/** When a prompt worked, what the prompt of now is held against, and which moment `since` means. Nothing is run and nothing is fetched. */
export async function workingPoints(params: WorkingPointsRequest, engine: EngineContext): Promise<WorkingPoints> {
  const { root, promptId, text, since } = WorkingPointsRequest.parse(params);
  const { workspace, store } = engine.folderOf(root);
  const now = engine.clock.date().toISOString();
  const loaded = await loadPrompt(workspace, promptId, { ...(text === undefined ? {} : { text }), today: now.slice(0, 10) });
  const evals = await evalsOf(store, promptId);
  const green = evals.filter(isGreen);
  const points = [
    ...green.slice(0, MOST_RUNS).map((run) => runPoint(run, now)),
    ...(await releasePoints(workspace, promptId, now)),
    ...(await deploymentPoints(workspace, loaded)),
  ];
  const chosen = since === undefined ? undefined : await choose(since, { evals, green, workspace, promptId, now });
  const candidate = candidateOf(evals, loaded, chosen?.side);
  return { points, candidate, ...(chosen ? { chosen } : {}) };
}

/** Green runs that are offered; an older one is named by its day. */
const MOST_RUNS = 30;
const MOST_RELEASES = 30;

/** Evals over all cases, newest first. */
async function evalsOf(store: RunStore, promptId: string): Promise<readonly RunListing[]> {
  return (await store.list(promptId))
    .filter(({ header, totals }) => header.purpose === undefined && header.selection === 'all' && totals.cases > 0)
    .sort((a, b) => (a.header.startedAt < b.header.startedAt ? 1 : -1));
}

/** Every case was asked, none failed and none has an error; what could not be scored does not count against it. */
function isGreen({ end, totals: { passed, failed, errors } }: RunListing): boolean {
  return end === 'finished' && passed > 0 && failed === 0 && errors === 0;
}

function runPoint(run: RunListing, now: string): WorkingPoint {
  const { runId, startedAt, version, models } = run.header;
  const { passed, failed, unscored, errors } = run.totals;
  const scored = passed + failed;
  const parts = [
    version,
    models.join(', '),
    scored ? `${passed} of ${scored} passed` : 'nothing scored',
    unscored ? `${unscored} unscored` : '',
    errors ? `${errors} ${errors === 1 ? 'error' : 'errors'}` : '',
  ];
  return {
    kind: 'run',
    at: startedAt,
    label: `run of ${moment(startedAt, now)}`,
    detail: parts.filter(Boolean).join(' · '),
    side: { kind: 'run', run: runId },
  };
}

/** Releases of the lock file, newest first; none where it cannot be read: its own findings say so. */
async function releasePoints(workspace: Workspace, promptId: string, now: string): Promise<readonly WorkingPoint[]> {
  const lock = await readLock(workspace, promptId);
  if (lock?.status !== 'read' || lock.value.status !== 'read') return [];
  return releasesOf(lock.value.lock, promptId)
    .toReversed()
    .slice(0, MOST_RELEASES)
    .map(({ version, released, tested }) => ({
      kind: 'release',
      at: released,
      label: `release ${version}`,
      detail: `released ${day(released, now)} · ${tested.length ? `tested with ${tested.map(({ model }) => model).join(', ')}` : 'never tested'}`,
      side: { kind: 'release', version },
    }));
}

async function deploymentPoints(
  workspace: Workspace,
  { promptId, document, facts, config }: LoadedPrompt,
): Promise<readonly WorkingPoint[]> {
  const now = { promptId, name: document.name?.value ?? promptId, ...fingerprintOf(document, facts) };
  return (await deployedRows(workspace, now, config)).flatMap(({ environment, deployed, origin }): readonly WorkingPoint[] => {
    if (!deployed) return [];
    const { since, model } = deployed;
    return [
      {
        kind: 'deployment',
        ...(since === undefined ? {} : { at: since }),
        label: `${environment} ${versionWords(deployed)}`,
        detail: [model, origin].filter(Boolean).join(' · '),
        side: { kind: 'environment', environment },
      },
    ];
  });
}

interface Choice {
  readonly evals: readonly RunListing[];
  readonly green: readonly RunListing[];
  readonly workspace: Workspace;
  readonly promptId: string;
  readonly now: string;
}

/** The newest green run, or what there was at the end of a day: its newest run, else the commit of then. */
async function choose(since: string, { evals, green, workspace, promptId, now }: Choice): Promise<WorkingPoint> {
  const file = { file: promptId };
  if (since === 'last-green') {
    const [newest] = green;
    if (newest) return runPoint(newest, now);
    throw new UserError(
      'usage',
      `No stored run of this prompt is green: ${evals.length ? 'some case failed in each' : 'there is none over all its cases'}. Name a day instead.`,
      file,
    );
  }
  if (!isDay(since)) throw new UserError('usage', `“${since.slice(0, 60)}” is neither last-green nor a day like 2026-11-12.`);
  const end = `${since}T23:59:59.999Z`;
  const run = evals.find(({ header, end: how }) => how === 'finished' && header.startedAt <= end);
  if (run) return runPoint(run, now);
  const commit = await commitBefore(end, workspace, promptId, now);
  if (commit) return commit;
  const oldest = evals.at(-1)?.header.startedAt;
  const next = oldest === undefined ? 'There is no stored run of it at all.' : `The oldest stored run is of ${oldest.slice(0, 10)}.`;
  throw new UserError('usage', `Neither a run nor a commit of this prompt is from ${since} or before. ${next}`, file);
}

function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** The prompt as the branch had it then; undefined without git, and where it is younger. */
async function commitBefore(end: string, workspace: Workspace, promptId: string, now: string): Promise<WorkingPoint | undefined> {
  try {
    const { entries } = await updateHistory(workspace, promptId);
    const found = entries.find(({ at }) => Date.parse(at) <= Date.parse(end));
    if (!found) return undefined;
    const { commit, at, version, author, subject } = found;
    const short = commit.slice(0, 7);
    return {
      kind: 'commit',
      at,
      label: `commit ${short} of ${day(at, now)}`,
      detail: [version, subject, author].filter(Boolean).join(' · '),
      side: { kind: 'git', ref: commit },
    };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** A run that is the other side already tells nothing about today. */
function candidateOf(evals: readonly RunListing[], loaded: LoadedPrompt, baseline: SideRef | undefined): SideRef {
  const { fingerprint } = fingerprintOf(loaded.document, loaded.facts);
  const named = loaded.document.model?.value ?? loaded.config.defaults.model;
  const [model] = named === undefined ? [] : modelNames([named], loaded);
  const stored = evals.find(
    ({ header, end }) => end === 'finished' && header.fingerprint === fingerprint && model !== undefined && header.models[0] === model,
  );
  const isOther = stored && !(baseline?.kind === 'run' && baseline.run === stored.header.runId);
  return isOther ? { kind: 'run', run: stored.header.runId } : { kind: 'workingCopy' };
}
