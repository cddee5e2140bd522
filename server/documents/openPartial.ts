import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Finding, lintPartial } from '../../lint/index.ts';
import { isPartialFile, type PromptDocument, parsePartial } from '../../prompts-schema/index.ts';
import { loadConfig } from '../../workspace/index.ts';
import type { SettingsStore } from '../settingsStore.ts';
import type { Place, Roots } from './roots.ts';
import { ruleSettingsOf } from './ruleSettingsOf.ts';

/** An open partial with what is wrong in it. */
export interface OpenPartial {
  readonly document: PromptDocument;
  readonly findings: readonly Finding[];
  readonly place: Place;
}

/** The partial that is open; undefined for every other document, and for one that is no file. */
export async function openPartial(
  open: TextDocument,
  { roots, settings }: { readonly roots: Roots; readonly settings: SettingsStore },
): Promise<OpenPartial | undefined> {
  const place = await roots.placeOf(open.uri);
  if (!place || !isPartialFile(place.path)) return undefined;
  const { config } = await loadConfig(place.workspace);
  const rules = ruleSettingsOf(config, await settings.settingsFor(open.uri));
  const document = parsePartial(open.getText());
  return { document, findings: lintPartial(document, rules), place };
}
