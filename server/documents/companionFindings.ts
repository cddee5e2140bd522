import type { TextDocument } from 'vscode-languageserver-textdocument';
import { lintConfig, lintDataset } from '../../lint/index.ts';
import { datasetFormatOf, readDataset } from '../../prompts-schema/index.ts';
import { CONFIG_FILE, loadConfig } from '../../workspace/index.ts';
import type { SettingsStore } from '../settingsStore.ts';
import { openPartial } from './openPartial.ts';
import type { FoundIn, PromptCache } from './promptCache.ts';
import type { Place, Roots } from './roots.ts';
import { ruleSettingsOf } from './ruleSettingsOf.ts';

/**
 * What is wrong in an open file that is no prompt but belongs to one: the dataset of an open prompt, a partial, or the root's evenkeel.yml.
 * Undefined for any other.
 */
export async function companionFindings(
  open: TextDocument,
  { roots, cache, settings }: { readonly roots: Roots; readonly cache: PromptCache; readonly settings: SettingsStore },
): Promise<FoundIn | undefined> {
  const place = await roots.placeOf(open.uri);
  if (!place) return undefined;
  const loaded = await loadConfig(place.workspace);
  const rules = ruleSettingsOf(loaded.config, await settings.settingsFor(open.uri));
  if (place.path === CONFIG_FILE) return { findings: lintConfig(loaded, rules), lines: loaded.lines };
  const partial = await openPartial(open, { roots, settings });
  if (partial) return { findings: partial.findings, lines: partial.document.lines };
  const format = datasetFormatOf(place.path);
  if (!format || !(await isDatasetOfOpenPrompt(place, roots, cache))) return undefined;
  const stamp = await place.workspace.stat(place.path);
  const dataset = (stamp && place.datasets.get(place.path, stamp)) ?? readDataset(open.getText(), format);
  if (stamp) place.datasets.set(place.path, stamp, dataset);
  return { findings: lintDataset(dataset, place.path, rules), lines: dataset.lines };
}

async function isDatasetOfOpenPrompt(place: Place, roots: Roots, cache: PromptCache): Promise<boolean> {
  for (const uri of cache.openPrompts()) {
    const reference = cache.parsed(uri)?.dataset?.value;
    if (reference === undefined) continue;
    const prompt = await roots.placeOf(uri);
    if (prompt?.workspace === place.workspace && prompt.workspace.resolve(prompt.path, reference) === place.path) return true;
  }
  return false;
}
