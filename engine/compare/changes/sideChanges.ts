import { findRelease, type LoadedPrompt, type RunStore } from '../../../ledger/index.ts';
import type { ComparisonChanges, SideInfo } from '../../../protocol/index.ts';
import { UserError } from '../../../safety/index.ts';
import type { Workspace } from '../../../workspace/index.ts';
import { promptAtCommit } from '../sides/pastPrompt.ts';
import type { ResolvedSide } from '../sides/resolveSide.ts';
import { changesOf } from './changesOf.ts';
import { baselineSource, frozenSource, loadedSource, type PromptSource, runSource, type SourcePrompt } from './promptSource.ts';

/** Where the texts of sides are looked for. */
export interface SourceContext {
  readonly workspace: Workspace;
  readonly store: RunStore;
  readonly judged: LoadedPrompt;
  readonly today: string;
}

/** A side with what the comparison found of it. */
export interface KnownSide {
  readonly side: ResolvedSide;
  readonly info: Pick<SideInfo, 'fingerprint' | 'model'>;
}

/** What changed between the two sides of a comparison in what was asked. What cannot be found is said to be unknown; nothing is thrown for it. */
export async function sideChanges(old: KnownSide, fresh: KnownSide, context: SourceContext): Promise<ComparisonChanges> {
  const source = await sourceOf(fresh, context, undefined);
  const before = await sourceOf(old, context, old.info.fingerprint === fresh.info.fingerprint ? source.prompt : undefined);
  return changesOf(before, source, { from: old.info.model, to: fresh.info.model });
}

/** `same` is a prompt with the same fingerprint, where there is one at hand. */
async function sourceOf({ side, info }: KnownSide, context: SourceContext, same: SourcePrompt | undefined): Promise<PromptSource> {
  switch (side.kind) {
    case 'live':
      return loadedSource(side.side.loaded, side.side.path);
    case 'run':
      return runSource(side.state);
    case 'baseline': {
      const prompt = same ?? (info.fingerprint === undefined ? undefined : await promptWith(info.fingerprint, context));
      return side.baselines[0] ? baselineSource(side.baselines[0], prompt) : { prompt, cases: undefined, live: false };
    }
  }
}

/** The prompt of a fingerprint as a stored run froze it, else as a commit has it. */
async function promptWith(fingerprint: string, context: SourceContext): Promise<SourcePrompt | undefined> {
  const { store, workspace, judged } = context;
  const run = (await store.list(judged.promptId)).find(({ header }) => header.fingerprint === fingerprint);
  const state = run && (await store.read(run.header.runId));
  if (state) return frozenSource(state);
  const found = await findRelease(workspace, judged.promptId, { fingerprint });
  if (!found.found) return undefined;
  const { commit, at, path } = found;
  try {
    const { loaded } = await promptAtCommit({ commit, short: commit.slice(0, 7), at }, context, path);
    return { path, document: loaded.document, files: loaded.files };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
