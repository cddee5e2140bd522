import type { EvenkeelConfig } from '../../prompts-schema/index.ts';
import type { DeployedPrompt, DeploymentProblem } from '../../protocol/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { answerPath, readAnswer } from './answerFile.ts';
import { type EnvironmentSource, environmentSources } from './environmentSource.ts';

/** An environment with what is known of it without asking its source. */
export interface EnvironmentAnswer extends EnvironmentSource {
  /** ISO time of the last answer; undefined while there has been none from this source. */
  readonly answeredAt: string | undefined;
  /** Why the last look failed; the prompts are then those of the last answer. */
  readonly problem: DeploymentProblem | undefined;
  /** The commit of a git source. */
  readonly commit: string | undefined;
  readonly prompts: readonly DeployedPrompt[];
}

/** The last known answer of every environment of evenkeel.yml, in its order. Nothing is fetched and no process is started; never throws. */
export async function readAnswers(workspace: Workspace, config: EvenkeelConfig): Promise<readonly EnvironmentAnswer[]> {
  return Promise.all(environmentSources(config).map((source) => readOne(workspace, source)));
}

async function readOne(workspace: Workspace, source: EnvironmentSource): Promise<EnvironmentAnswer> {
  const stored = await readAnswer(workspace, source.environment);
  const none = { ...source, answeredAt: undefined, problem: undefined, commit: undefined, prompts: [] };
  if (stored.status === 'newer') return { ...none, problem: newerProblem(source.environment) };
  if (stored.status === 'none' || stored.answer.sourceHash !== source.hash) return none;
  const { answeredAt, problem, commit, prompts } = stored.answer;
  return { ...source, answeredAt, problem, commit, prompts };
}

function newerProblem(environment: string): DeploymentProblem {
  const at = new Date(0).toISOString();
  return {
    kind: 'configuration',
    message: `${answerPath(environment)} was written by a newer Evenkeel. Update this one, or remove the file.`,
    since: at,
    failures: 1,
    retryAt: at,
  };
}
