import * as vscode from 'vscode';
import { DEFAULT_SETTINGS, Settings } from '../protocol/index.ts';
import { SETTINGS_SECTION } from './ids.ts';

/** The settings that hold for a file; a part that does not fit its schema is its default. */
export function settingsFor(uri: string): Settings {
  const configuration = vscode.workspace.getConfiguration(SETTINGS_SECTION, vscode.Uri.parse(uri));
  const parts = Object.keys(DEFAULT_SETTINGS).flatMap((key) => {
    const value: unknown = configuration.get(key);
    return Settings.safeParse({ [key]: value }).success ? [[key, value] as const] : [];
  });
  return Settings.parse(Object.fromEntries(parts));
}
