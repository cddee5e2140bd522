import type { EvenkeelConfig } from '../../prompts-schema/index.ts';
import type { DeployedPrompt, DeploymentsView } from '../../protocol/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { promptIds } from '../promptIds.ts';
import { findDeployed, type PromptNow } from './deployedRows.ts';
import { promptNow } from './promptNow.ts';
import { readAnswers } from './readAnswers.ts';

/** All environments of a root with what runs there, from what is stored. `driftOf` says what a prompt's comparisons say. Never throws. */
export async function deploymentsView(
  workspace: Workspace,
  config: EvenkeelConfig,
  driftOf: (promptId: string) => string | undefined,
): Promise<DeploymentsView> {
  const answers = await readAnswers(workspace, config);
  const prompts = answers.some((answer) => answer.prompts.length) ? await promptsNow(workspace, config) : [];
  const found = await Promise.all(prompts.map(async (now) => ({ now, rows: await findDeployed(workspace, now, answers) })));
  return {
    root: workspace.root,
    environments: answers.map(({ environment, kind, origin, answeredAt, problem, prompts: told }, place) => {
      const shown = new Set<DeployedPrompt>();
      const known = found.flatMap(({ now, rows }): readonly ShownPrompt[] => {
        const { row, told: entry } = rows[place] ?? {};
        if (!row?.deployed || !row.relation || !entry) return [];
        shown.add(entry);
        const drift = driftOf(now.promptId);
        const { deployed, relation } = row;
        return [{ promptId: now.promptId, promptName: now.name, deployed, relation, ...(drift === undefined ? {} : { drift }) }];
      });
      const others = told
        .filter((entry) => !shown.has(entry))
        .map(
          (deployed): ShownPrompt => ({ promptName: deployed.name ?? deployed.promptId ?? '', deployed, relation: { kind: 'unknown' } }),
        );
      return {
        environment,
        source: kind,
        origin,
        ...(answeredAt === undefined ? {} : { answeredAt }),
        ...(problem ? { problem } : {}),
        prompts: [...known, ...others],
      };
    }),
  };
}

type ShownPrompt = DeploymentsView['environments'][number]['prompts'][number];

/** Every prompt of the root as it is on disk. */
async function promptsNow(workspace: Workspace, config: EvenkeelConfig): Promise<readonly PromptNow[]> {
  const ids = await promptIds(workspace);
  return (await Promise.all(ids.map((id) => promptNow(workspace, id, config)))).filter((now) => now !== undefined);
}
