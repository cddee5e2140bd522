import { type RuleSettings, ruleSettings } from '../../lint/index.ts';
import type { EvenkeelConfig } from '../../prompts-schema/index.ts';
import type { Settings } from '../../protocol/index.ts';

/** What evenkeel.yml says of rules, and over it what the user's settings say. */
export function ruleSettingsOf(config: EvenkeelConfig | undefined, settings: Settings): RuleSettings {
  return ruleSettings(config?.rules ?? {}, settings.rules);
}
