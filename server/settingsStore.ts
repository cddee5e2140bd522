import type { Connection } from 'vscode-languageserver/node';
import { DEFAULT_SETTINGS, Settings } from '../protocol/index.ts';

/**
 * The user's settings by resource, asked of the client once and kept until it says that something changed. What does not fit the
 * schema is replaced by its default, part by part: one wrong rule must not turn every other setting off.
 */
export class SettingsStore {
  readonly #connection: Pick<Connection, 'workspace' | 'console'>;
  readonly #asked = new Map<string, Promise<Settings>>();
  readonly #supported: boolean;

  /** `supported`: whether the client can be asked (`workspace.configuration`). */
  constructor(connection: Pick<Connection, 'workspace' | 'console'>, supported: boolean) {
    this.#connection = connection;
    this.#supported = supported;
  }

  /** The settings that hold for a resource. */
  settingsFor(uri: string): Promise<Settings> {
    if (!this.#supported) return Promise.resolve(DEFAULT_SETTINGS);
    const known = this.#asked.get(uri);
    if (known) return known;
    const asked = this.#ask(uri);
    this.#asked.set(uri, asked);
    return asked;
  }

  forget(uri: string): void {
    this.#asked.delete(uri);
  }

  changed(): void {
    this.#asked.clear();
  }

  async #ask(uri: string): Promise<Settings> {
    try {
      return parseSettings(await this.#connection.workspace.getConfiguration({ scopeUri: uri, section: 'evenkeel' }));
    } catch (error) {
      this.#connection.console.warn(`settings of ${uri} could not be read: ${error instanceof Error ? error.message : String(error)}`);
      this.#asked.delete(uri);
      return DEFAULT_SETTINGS;
    }
  }
}

/** Settings from what the client sent; each part that is wrong is its default. */
export function parseSettings(raw: unknown): Settings {
  if (typeof raw !== 'object' || raw === null) return DEFAULT_SETTINGS;
  const whole = Settings.safeParse(raw);
  if (whole.success) return whole.data;
  const parts: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(raw)) {
    if (Settings.safeParse({ [key]: value }).success) parts[key] = value;
    else if (key === 'rules') parts[key] = goodRules(value);
  }
  const kept = Settings.safeParse(parts);
  return kept.success ? kept.data : DEFAULT_SETTINGS;
}

function goodRules(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter(([rule, severity]) => Settings.safeParse({ rules: { [rule]: severity } }).success),
  );
}
