import path from 'node:path';
import type { Catalog } from '../../catalog/index.ts';
import { DatasetCache, gatherPrompts } from '../../ledger/index.ts';
import {
  type Finding,
  lintConfig,
  lintDataset,
  lintPartial,
  lintPrompts,
  type RuleSettings,
  ruleSettings,
  unreadableFile,
} from '../../lint/index.ts';
import { type Dataset, isPartialFile, type LineIndex, parseConfig, parsePartial } from '../../prompts-schema/index.ts';
import { type LoadedConfig, loadConfig, type Workspace } from '../../workspace/index.ts';
import type { Selected } from '../selection.ts';

/** One file that is checked, with what is found in any text of it: fixes are tried on texts that are not written yet. */
export interface CheckedFile {
  readonly workspace: Workspace;
  /** From the root. */
  readonly path: string;
  /** From the working directory, as people see it. */
  readonly shown: string;
  /** Undefined where findings are not of a text that can be changed: an unreadable file, or rows of a dataset. */
  readonly text: string | undefined;
  readonly check: (text: string) => Promise<Checked>;
}

/** Findings of one text. */
export interface Checked {
  readonly lines: LineIndex | undefined;
  readonly findings: readonly Finding[];
}

export interface CheckOptions {
  readonly cwd: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** The one that comes with this version when left out. */
  readonly catalog?: Catalog;
}

/** Every prompt or partial in turn, and after it its dataset and its root's evenkeel.yml where those were not given before. */
export async function* filesToCheck(selected: readonly Selected[], { cwd, today, catalog }: CheckOptions): AsyncGenerator<CheckedFile> {
  const seen = new Set<string>();
  const datasets = new Map<Workspace, DatasetCache>();
  const isFirst = ({ root }: Workspace, file: string): boolean => {
    const key = `${root}\n${file}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  };
  for (const { workspace, promptId } of selected) {
    const cache = datasets.get(workspace) ?? new DatasetCache();
    datasets.set(workspace, cache);
    const loaded = await loadConfig(workspace);
    const rules = ruleSettings(loaded.config.rules);
    const place = (file: string): Pick<CheckedFile, 'workspace' | 'path' | 'shown'> => ({
      workspace,
      path: file,
      shown: shownPath(cwd, workspace, file),
    });
    const needs = { today, rules, cache, ...(catalog ? { catalog } : {}) };
    const prompt = isPartialFile(promptId) ? partialCheck(needs) : promptCheck(workspace, promptId, loaded, needs);
    const file = await workspace.read(promptId);
    yield file.ok
      ? { ...place(promptId), text: file.text, check: prompt.check }
      : { ...place(promptId), text: undefined, check: async () => ({ lines: undefined, findings: unreadableFile(file, rules) }) };
    const dataset = prompt.dataset();
    if (dataset && isFirst(workspace, dataset.path))
      yield {
        ...place(dataset.path),
        text: undefined,
        check: async () => ({ lines: dataset.value.lines, findings: lintDataset(dataset.value, dataset.path, rules) }),
      };
    if (loaded.path !== undefined && isFirst(workspace, loaded.path)) yield await configCheck(workspace, loaded, loaded.path, place, rules);
  }
}

interface PromptNeeds extends Pick<CheckOptions, 'today' | 'catalog'> {
  readonly rules: RuleSettings;
  readonly cache: DatasetCache;
}

interface Check {
  readonly check: CheckedFile['check'];
  /** The dataset that the last check read. */
  readonly dataset: () => { readonly path: string; readonly value: Dataset } | undefined;
}

function partialCheck({ rules }: PromptNeeds): Check {
  return {
    dataset: () => undefined,
    check: async (text) => {
      const document = parsePartial(text);
      return { lines: document.lines, findings: lintPartial(document, rules) };
    },
  };
}

function promptCheck(
  workspace: Workspace,
  promptId: string,
  { config }: LoadedConfig,
  { today, rules, cache, catalog }: PromptNeeds,
): Check {
  let dataset: { readonly path: string; readonly value: Dataset } | undefined;
  return {
    dataset: () => dataset,
    check: async (text) => {
      const prompts = await gatherPrompts(workspace, promptId, text, { config, today, datasets: cache });
      for (const { facts } of prompts) if (facts.dataset?.status === 'read') dataset = facts.dataset;
      return { lines: prompts[0]?.document.lines, findings: lintPrompts(prompts, { ...rules, ...(catalog ? { catalog } : {}) }) };
    },
  };
}

async function configCheck(
  workspace: Workspace,
  loaded: LoadedConfig,
  file: string,
  place: (file: string) => Pick<CheckedFile, 'workspace' | 'path' | 'shown'>,
  rules: RuleSettings,
): Promise<CheckedFile> {
  const read = await workspace.read(file);
  if (!read.ok)
    return { ...place(file), text: undefined, check: async () => ({ lines: loaded.lines, findings: lintConfig(loaded, rules) }) };
  return {
    ...place(file),
    text: read.text,
    check: async (text) => {
      const parsed = parseConfig(text);
      return { lines: parsed.lines, findings: lintConfig(parsed, rules) };
    },
  };
}

/** Beginning with `./` where it would else look like an option or a command of a build log. */
function shownPath(cwd: string, { root }: Workspace, file: string): string {
  const relative = path.relative(cwd, path.join(root, file)).split(path.sep).join('/');
  return /^[:#-]/.test(relative) ? `./${relative}` : relative;
}
