import {
  branchCommits,
  deployedPromptOf,
  findRepository,
  type GitTag,
  openObjects,
  type PromptInTree,
  promptIds,
  renamesSince,
  resolveVersion,
  tagsMatching,
  treeOfCommit,
} from '../../ledger/index.ts';
import { promptIdOf, splitPromptId } from '../../prompts-schema/index.ts';
import type { DeployedPrompt } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { type DeploymentSource, failed, type Look, type LookResult, MOST_PROMPTS } from './source.ts';

/** The tree of a branch, or of the newest tag of a pattern, as the last fetch left it: nothing is fetched here. */
export const gitSource: DeploymentSource = {
  needs: 'processes',
  keys: () => [],
  look: async (look) => {
    try {
      return await lookAt(look);
    } catch (error) {
      if (error instanceof UserError) return failed('git', error.message);
      throw error;
    }
  },
};

/** A moment at which an environment got something: a commit of its branch, or a tag. The newest stands first. */
interface Moment {
  readonly commit: string;
  readonly at: string;
  readonly by: string;
}

async function lookAt({ workspace, config, source, validator }: Look): Promise<LookResult> {
  const { ref, tag } = source.config.git ?? {};
  const repository = await findRepository(workspace);
  const tags = tag === undefined ? [] : (await tagsMatching(workspace, tag)).slice(0, MOST_TAGS);
  const named = tag === undefined ? (ref ?? '') : tags[0]?.commit;
  if (named === undefined)
    return failed('git', `No tag matches “${tag}”. Fetch the tags (git fetch --tags), or correct the pattern in evenkeel.yml.`);
  const { commit } = await resolveVersion(workspace, named);
  const current = [commit, repository.head ?? '', tags[0]?.name ?? '', config.defaults.model ?? ''].join(' ');
  if (current === validator) return { status: 'unchanged' };
  const objects = openObjects(workspace.root, workspace.capabilities);
  try {
    const treeAt = (of: string): Workspace => treeOfCommit(workspace, objects, repository.prefix, of);
    const ids = (await promptIds(treeAt(commit))).slice(0, MOST_PROMPTS);
    const whole = (await Promise.all(ids.map((id) => deployedPromptOf(treeAt(commit), id, config)))).filter((one) => one !== undefined);
    const paths = [...new Set(whole.flatMap(({ files }) => files))];
    const commits = tag === undefined ? await branchCommits(workspace, commit, paths) : [];
    const { head } = repository;
    const renames = head === undefined || head === commit ? new Map<string, string>() : await renamesSince(workspace, commit);
    const prompts = await Promise.all(
      whole.map(async ({ prompt, files }): Promise<DeployedPrompt> => {
        const touching = commits.filter((one) => files.some((file) => one.paths.has(file)));
        const moments = tag === undefined ? touching.map(({ author, ...one }) => ({ ...one, by: author })) : tags.map(momentOf);
        const since = await broughtBy(prompt, moments, repository.shallow, (of, id) => deployedPromptOf(treeAt(of), id, config));
        const path = prompt.promptId ?? '';
        const { file, name } = splitPromptId(path);
        const moved = renames.get(file);
        return {
          ...prompt,
          ...(moved === undefined ? {} : { promptId: promptIdOf(moved, name), path }),
          ...(since ? { since: since.at, by: since.by, commit: since.commit } : { commit }),
        };
      }),
    );
    return { status: 'answered', prompts, commit, validator: current };
  } finally {
    objects.close();
  }
}

/** So many tags back is looked for the one that brought what runs now. */
const MOST_TAGS = 30;

/** So many commits back is looked for the one that brought what runs now. */
const MOST_STEPS = 50;

/**
 * The moment since which the environment has had this fingerprint, version and model without a break; undefined where the history that is here, or
 * that is looked at, does not reach back to it.
 */
async function broughtBy(
  { promptId = '', fingerprint, version, model }: DeployedPrompt,
  moments: readonly Moment[],
  shallow: boolean,
  promptAt: (commit: string, promptId: string) => Promise<PromptInTree | undefined>,
): Promise<Moment | undefined> {
  let since: Moment | undefined;
  for (const moment of moments.slice(0, MOST_STEPS)) {
    if (since) {
      const before = (await promptAt(moment.commit, promptId))?.prompt;
      if (before?.fingerprint !== fingerprint || before?.version !== version || before?.model !== model) return since;
    }
    since = moment;
  }
  return shallow || moments.length > MOST_STEPS ? undefined : since;
}

function momentOf({ commit, at, by, name }: GitTag): Moment {
  return { commit, at, by: by ? `${by}, ${name}` : name };
}
