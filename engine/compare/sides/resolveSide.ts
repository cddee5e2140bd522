import {
  fingerprintOf,
  type JournalState,
  type LoadedPrompt,
  loadPrompt,
  type RunStore,
  readBaselines,
  resolveVersion,
  type StoredBaseline,
} from '../../../ledger/index.ts';
import type { SideRef } from '../../../protocol/index.ts';
import { UserError } from '../../../safety/index.ts';
import type { Workspace } from '../../../workspace/index.ts';
import { requireRunnable } from '../../run/plan.ts';
import { type LiveSide, modelOf } from './liveSide.ts';
import { namedRun } from './namedRun.ts';
import { promptAtCommit } from './pastPrompt.ts';
import { environmentSide, releaseSide } from './pastSide.ts';

/** A side before its samples are there: to be run, or to be read. */
export type ResolvedSide =
  | { readonly kind: 'live'; readonly side: LiveSide }
  | { readonly kind: 'baseline'; readonly baselines: readonly StoredBaseline[] }
  | { readonly kind: 'run'; readonly state: JournalState };

/** What sides are resolved with. */
export interface SideContext {
  readonly workspace: Workspace;
  readonly store: RunStore;
  readonly today: string;
  /** The prompt as it is now. */
  readonly judged: LoadedPrompt;
  /** The model that a baseline is wanted for where none is named; the prompt's own when left out. */
  readonly preferred?: string;
}

/** Finds what a person named as a side. Throws a UserError that says what to do where it is not there. */
export async function resolveSide(ref: SideRef, context: SideContext): Promise<ResolvedSide> {
  const { judged, workspace, store } = context;
  switch (ref.kind) {
    case 'workingCopy':
      return { kind: 'live', side: { kind: 'workingCopy', label: 'working copy', loaded: judged, model: modelOf(ref.model, judged) } };
    case 'git': {
      const version = await resolveVersion(workspace, ref.ref);
      const past = await promptAtCommit(version, context);
      const label = version.commit.startsWith(ref.ref) ? version.short : `${ref.ref} (${version.short})`;
      return { kind: 'live', side: { kind: 'git', label, named: ref.ref, ...past, model: modelOf(ref.model, past.loaded) } };
    }
    case 'environment':
      return { kind: 'live', side: await environmentSide(ref, context) };
    case 'release':
      return { kind: 'live', side: await releaseSide(ref, context) };
    case 'run':
      return { kind: 'run', state: await namedRun(store, judged.promptId, ref.run) };
    case 'baseline':
      return { kind: 'baseline', baselines: await baselinesFor(context, ref.model) };
  }
}

/** Baselines of the prompt, the asked or own model's first, then the newest; only the asked one where one is asked for. */
export async function baselinesFor(
  { workspace, judged, preferred }: Omit<SideContext, 'store' | 'today'>,
  model: string | undefined,
): Promise<readonly StoredBaseline[]> {
  const { fingerprint } = fingerprintOf(judged.document, judged.facts);
  const all = await readBaselines(workspace, judged.promptId, { fingerprint });
  const own = judged.document.model?.value ?? judged.config.defaults.model;
  const ranked = model === undefined ? [preferred, own] : [model];
  const exact = [...new Set(ranked)].flatMap((wanted) => all.filter(({ baseline }) => baseline.model === wanted));
  const others = model === undefined ? all.filter((one) => !exact.includes(one)).sort((a, b) => (lastDay(a) < lastDay(b) ? 1 : -1)) : [];
  const found = [...exact, ...others];
  if (found.length) return found;
  throw new UserError(
    'configuration',
    `There is no baseline${model === undefined ? '' : ` for ${model}`} yet. Capture one first: “Capture baseline” above the prompt, or evenkeel baseline capture.`,
    { file: judged.promptId },
  );
}

function lastDay({ baseline }: StoredBaseline): string {
  return (
    baseline.sources
      .flatMap(({ days }) => days)
      .sort()
      .at(-1) ?? ''
  );
}

/** The prompt as it is now, with the editor's text where there is some, ready to be run. */
export async function loadJudged(workspace: Workspace, promptId: string, text: string | undefined, today: string): Promise<LoadedPrompt> {
  const judged = await loadPrompt(workspace, promptId, { ...(text === undefined ? {} : { text }), today });
  requireRunnable(judged);
  return judged;
}
