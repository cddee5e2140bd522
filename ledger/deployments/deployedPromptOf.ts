import { type EvenkeelConfig, parsePromptAt, promptFormatOf, splitPromptId } from '../../prompts-schema/index.ts';
import type { DeployedPrompt } from '../../protocol/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { fingerprintOf, gatherFactsAndFiles } from '../facts.ts';

/** A prompt as a tree of files has it, and which files its fingerprint is made of. */
export interface PromptInTree {
  /** Id, name, version, fingerprint and model. */
  readonly prompt: DeployedPrompt;
  /** Root-relative: the prompt file first, then its schema, its tools, and the files whose text is part of it. */
  readonly files: readonly string[];
}

/**
 * What a deployment of this folder, or of a version of it, would run of a prompt. Undefined where there is no such prompt file. References
 * that cannot be followed count by their path, as in every fingerprint. `config` gives the model of prompts that name none.
 */
export async function deployedPromptOf(workspace: Workspace, promptId: string, config: EvenkeelConfig): Promise<PromptInTree | undefined> {
  const { file: path } = splitPromptId(promptId);
  const file = promptFormatOf(path) && (await workspace.read(path));
  if (!file?.ok) return undefined;
  const { dataset: _cases, evaluators: _checks, ...whole } = parsePromptAt(promptId, file.text);
  const written = { ...whole, dataset: undefined, evaluators: [] };
  const { document, facts } = await gatherFactsAndFiles(workspace, written, promptId, { config, today: '' });
  const { version, name } = document;
  const model = document.model?.value ?? config.defaults.model;
  const included = (document.included ?? []).flatMap(
    ({ value, inFingerprint }) => (inFingerprint ? facts.included?.get(value)?.path : undefined) ?? [],
  );
  const partials = [...(facts.partials?.values() ?? [])].flatMap(({ status, path }) => (status === 'read' ? [path] : []));
  const named = [facts.outputSchema?.path, facts.tools?.path, ...included, ...partials].flatMap((path) => path ?? []);
  return {
    prompt: {
      promptId,
      ...(name ? { name: name.value } : {}),
      ...(version ? { version: version.value } : {}),
      fingerprint: fingerprintOf(document, facts).fingerprint,
      ...(model === undefined ? {} : { model }),
    },
    files: [path, ...named],
  };
}
