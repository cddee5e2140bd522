import { parseDeployments } from '../../ledger/index.ts';
import type { DeployedPrompt } from '../../protocol/index.ts';
import { type DeploymentSource, failed, MOST_PROMPTS } from './source.ts';

/** A deployments file inside the root: of each prompt the last line of this environment counts. */
export const fileSource: DeploymentSource = {
  needs: 'write', // reading it needs nothing; what was read is stored
  keys: () => [],
  look: async ({ workspace, source }) => {
    const written = source.config.file ?? '';
    const path = workspace.resolve('evenkeel.yml', written);
    if (path === undefined) return failed('configuration', `${written} leads outside the folder. Name a file inside it in evenkeel.yml.`);
    const file = await workspace.read(path);
    if (!file.ok && file.reason === 'missing') return { status: 'answered', prompts: [] };
    if (!file.ok) return failed('invalid', file.message);
    const parsed = parseDeployments(file.text);
    if (!parsed.ok) return failed('invalid', `${path}:${parsed.line}: ${parsed.message} Mend or remove the line.`);
    const last = new Map<string, DeployedPrompt>();
    for (const { formatVersion: _format, environment, at, ...prompt } of parsed.records)
      if (environment === source.environment) last.set(prompt.promptId ?? `name ${prompt.name}`, { since: at, ...prompt });
    if (last.size > MOST_PROMPTS) return failed('tooLarge', `${path} names more than ${MOST_PROMPTS} prompts.`);
    return { status: 'answered', prompts: [...last.values()] };
  },
};
