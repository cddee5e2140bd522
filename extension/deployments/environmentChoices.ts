import { type DeploymentsView, type RootEnvironments, relationWords, versionWords } from '../../protocol/index.ts';
import { pickText } from '../pickText.ts';
import { ageOrProblem } from './ageOrProblem.ts';

/** An environment to pick, with what is known to run there. */
export interface EnvironmentChoice {
  readonly label: string;
  readonly description: string;
  readonly environment: string;
}

/** The environments of a root as choices for one of its prompts, in the order of evenkeel.yml. */
export function environmentChoices(
  environments: RootEnvironments['environments'],
  view: DeploymentsView | undefined,
  promptId: string,
  now: Date,
): readonly EnvironmentChoice[] {
  return environments.map(({ environment }) => {
    const found = view?.environments.find((one) => one.environment === environment);
    const prompt = found?.prompts.find((one) => one.promptId === promptId);
    const runs = prompt ? `${versionWords(prompt.deployed)} · ${relationWords(prompt.relation)}` : 'not deployed';
    const description = found ? [found.answeredAt === undefined ? '' : runs, ageOrProblem(found, now)].filter(Boolean).join(' · ') : '';
    return { label: pickText(environment), description: pickText(description), environment };
  });
}
