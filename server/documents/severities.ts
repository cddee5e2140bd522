import type { Severities, Severity } from '../../lint/index.ts';
import type { EvenkeelConfig } from '../../prompts-schema/index.ts';
import type { Settings } from '../../protocol/index.ts';

/** Severities of rules, with a key that is the same whenever they are. */
export interface KeyedSeverities {
  readonly key: string;
  readonly map: Severities;
}

/** What evenkeel.yml says of rules, and over it what the user's settings say. */
export function severitiesOf(config: EvenkeelConfig | undefined, settings: Settings): KeyedSeverities {
  const map = new Map<string, Severity | 'off'>();
  for (const [code, rule] of Object.entries(config?.rules ?? {})) {
    const severity = typeof rule === 'string' ? rule : rule.severity;
    if (severity) map.set(code, severity);
  }
  for (const [code, severity] of Object.entries(settings.rules)) map.set(code, severity);
  return { key: JSON.stringify([...map]), map };
}
