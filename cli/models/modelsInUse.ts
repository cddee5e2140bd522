import { normalizeModelName } from '../../catalog/index.ts';
import { parsePromptAt, splitPromptId } from '../../prompts-schema/index.ts';
import { loadConfig } from '../../workspace/index.ts';
import type { Selected } from '../selection.ts';

/** One model with the prompts that name it. Spellings of the same model are one. */
export interface ModelInUse {
  /** As it is written first. */
  readonly name: string;
  /** Prompt ids that run with it, `defaults.model` of evenkeel.yml included. */
  readonly prompts: readonly string[];
  /** Prompt ids that have answers judged by it. */
  readonly judged: readonly string[];
}

export interface ModelsInUse {
  readonly models: readonly ModelInUse[];
  /** Prompts that name no model, under a root that has no default. */
  readonly without: readonly string[];
  /** Prompt files that cannot be read, with the reason. */
  readonly unreadable: readonly { readonly promptId: string; readonly message: string }[];
}

/** The models that the selected prompts and their judges name. `shown` turns a prompt into the words that people see. */
export async function modelsInUse(selected: readonly Selected[], shown: (prompt: Selected) => string): Promise<ModelsInUse> {
  const models = new Map<string, { readonly name: string; readonly prompts: Set<string>; readonly judged: Set<string> }>();
  const without: string[] = [];
  const unreadable: { promptId: string; message: string }[] = [];
  const of = (name: string): { readonly prompts: Set<string>; readonly judged: Set<string> } => {
    const { platform, id } = normalizeModelName(name);
    const key = platform === undefined ? name : `${platform}:${id}`;
    const known = models.get(key) ?? { name, prompts: new Set(), judged: new Set() };
    models.set(key, known);
    return known;
  };
  for (const prompt of selected) {
    const { workspace, promptId } = prompt;
    const id = shown(prompt);
    const { file } = splitPromptId(promptId);
    const read = await workspace.read(file);
    if (!read.ok) {
      unreadable.push({ promptId: id, message: read.message });
      continue;
    }
    const { model, moreModels, evaluators } = parsePromptAt(promptId, read.text);
    const name = model?.value ?? (await loadConfig(workspace)).config.defaults.model;
    if (name === undefined) without.push(id);
    else for (const one of [name, ...(moreModels ?? [])]) of(one).prompts.add(id);
    for (const evaluator of evaluators) if (evaluator.kind === 'judge') of(evaluator.modelId).judged.add(id);
  }
  return {
    models: [...models.values()].map(({ name, prompts, judged }) => ({ name, prompts: [...prompts], judged: [...judged] })),
    without,
    unreadable,
  };
}
