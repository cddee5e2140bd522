import { randomBytes } from 'node:crypto';
import { UserError } from '../../safety/index.ts';
import { hashText, type Workspace } from '../../workspace/index.ts';
import type { Intent } from '../reviews/act.ts';
import { performAct } from '../reviews/performAct.ts';
import { withPromptLock } from '../reviews/promptLock.ts';
import type { Baseline, StoredBaseline } from './baseline.ts';
import { type DiskOptions, replaceFile } from './baselineFile.ts';
import { baselinePath } from './baselinePath.ts';
import { encodeBaseline } from './encodeBaseline.ts';
import { findBaseline } from './readBaselines.ts';

/**
 * Changes the baseline of a prompt and a model: `change` gets what is there (undefined: nothing) and gives what shall be; where somebody
 * else wrote in between, it is asked again with what is there then, so that two who change different cases both win. A baseline
 * that was written for this prompt under another name moves along. One without cases is removed. UserError `conflict` after many tries.
 */
export async function changeBaseline(
  workspace: Workspace,
  promptId: string,
  model: string,
  change: (current: Baseline | undefined) => Baseline,
  disk: DiskOptions = {},
): Promise<StoredBaseline> {
  const path = baselinePath(promptId, model);
  let begun: StoredBaseline | undefined;
  for (let tries = 1; ; tries++) {
    try {
      return await withPromptLock(workspace, promptId, disk, async (held) => {
        const own = await findBaseline(workspace, promptId, model, []);
        if (begun && own?.hash === begun.hash) return begun; // another process completed it
        const current = own ?? (await findBaseline(workspace, promptId, model, fingerprintsOf(change(undefined))));
        const baseline = { ...change(current?.baseline), promptId, model };
        const text = baseline.cases.size ? encodeBaseline(baseline) : null;
        begun = { path, hash: text === null ? '' : hashText(text), baseline };
        if (begun.hash === (own?.hash ?? '') && current === own) return begun;
        if (!current || own) await replaceFile(workspace, path, own?.hash ?? null, text, disk);
        else await performAct(workspace, move(current, promptId, model, text), disk, held);
        return begun;
      });
    } catch (error) {
      if (!(error instanceof UserError && error.code === 'conflict') || tries === MOST_TRIES) throw error;
    }
  }
}

const MOST_TRIES = 5;

function fingerprintsOf({ sources }: Baseline): readonly string[] {
  return sources.map(({ fingerprint }) => fingerprint);
}

/** Writing the prompt's own file and removing the one under its old name are one act. */
function move({ baseline, hash }: StoredBaseline, promptId: string, model: string, text: string | null): Intent {
  return {
    formatVersion: 1,
    id: randomBytes(8).toString('hex'),
    promptId,
    baseline: { model, oldHash: null, text, moved: { promptId: baseline.promptId, hash }, after: [] },
    records: [],
  };
}
