import type { Json, JsonObject } from '../safety/index.ts';
import type { Severity } from './finding.ts';

/** What is said of one rule: its severity, or severity and options. */
export type WrittenRule =
  | Severity
  | 'off'
  | { readonly severity?: Severity | 'off' | undefined; readonly options?: Readonly<Record<string, Json>> | undefined };

/** Severities by code. */
export type Severities = ReadonlyMap<string, Severity | 'off'>;

/** What is said of all rules. */
export interface RuleSettings {
  readonly severities: Severities;
  readonly options: ReadonlyMap<string, JsonObject>;
  /** The same text whenever the settings are the same. */
  readonly key: string;
}

/** Settings of rules from several places, such as evenkeel.yml and the editor: of each rule, a later place wins in severity and option by option. */
export function ruleSettings(...places: readonly Readonly<Record<string, WrittenRule>>[]): RuleSettings {
  const severities = new Map<string, Severity | 'off'>();
  const options = new Map<string, JsonObject>();
  for (const place of places) {
    for (const [code, rule] of Object.entries(place)) {
      const { severity, options: written } = typeof rule === 'string' ? { severity: rule, options: undefined } : rule;
      if (severity !== undefined) severities.set(code, severity);
      if (written !== undefined) options.set(code, { ...options.get(code), ...written });
    }
  }
  return { severities, options, key: JSON.stringify([[...severities], [...options]]) };
}
