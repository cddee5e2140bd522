import { normalizeModelName } from '../../../catalog/index.ts';
import type { EvenkeelConfig } from '../../../prompts-schema/index.ts';
import { UserError } from '../../../safety/index.ts';
import { resolveModel } from '../../providers/resolveModel.ts';

/**
 * A model as an app reports it (`claude-haiku-4-5-20251001`), as prompts name it (`anthropic/claude-haiku-4-5-20251001`): one of the `known` names
 * where it is the same model, else with the provider that its name tells. Throws a UserError where nobody can tell whose it is.
 */
export function writtenModel(reported: string, known: readonly string[], config: EvenkeelConfig): string {
  const same = known.includes(reported) ? reported : known.find((name) => isSameModel(reported, name));
  if (same !== undefined) return same;
  const { provider, platform, id } = normalizeModelName(reported);
  const name = provider === undefined && platform !== undefined ? `${platform}/${id}` : reported;
  try {
    resolveModel(name, config);
    return name;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      'configuration',
      `The deployed model is reported as “${reported}”, which does not tell its provider. Have the source say provider/model, or name the provider in evenkeel.yml.`,
    );
  }
}

/** Whether two names are of one model: the same id, and no two different owners. */
function isSameModel(reported: string, name: string): boolean {
  const [left, right] = [normalizeModelName(reported), normalizeModelName(name)];
  if (left.id !== right.id || left.fineTuned !== right.fineTuned) return false;
  return (
    left.provider === undefined || left.provider === right.provider || (left.platform !== undefined && left.platform === right.platform)
  );
}
