import type {
  ComparisonsParams,
  LocatedText,
  LocateParams,
  PromptInputs,
  RootComparisons,
  SaveCaseParams,
  SaveCaseResult,
} from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import type { OpenPrompt } from '../documents/promptCache.ts';
import { uriOf } from '../documents/roots.ts';
import { comparisonsOf } from '../requests/comparisonsOf.ts';
import { locate } from '../requests/locate.ts';
import { promptInputs } from '../requests/promptInputs.ts';
import { type DatasetText, saveCase } from '../requests/saveCase.ts';
import type { Host } from './host.ts';

/** The project's own requests (protocol/languageServer.ts); they also answer for prompts that are on disk and not open. */
export interface RequestHandlers {
  readonly promptInputs: (params: { readonly uri: string }) => Promise<PromptInputs | null>;
  readonly saveCase: (params: SaveCaseParams) => Promise<SaveCaseResult>;
  readonly locate: (params: LocateParams) => Promise<LocatedText | null>;
  readonly comparisons: (params: ComparisonsParams) => Promise<RootComparisons[]>;
}

export function requestHandlers({ cache, roots }: Pick<Host, 'cache' | 'roots'>): RequestHandlers {
  return {
    promptInputs: async ({ uri }) => {
      const prompt = await cache.promptAnywhere(uri);
      return prompt ? promptInputs(prompt.document, prompt.facts, prompt.place?.workspace.root ?? '') : null;
    },
    saveCase: async (params) => {
      const prompt = await cache.promptAnywhere(params.uri);
      if (!prompt) throw new UserError('usage', 'The prompt file is not there any more. Save it again, then save the case.');
      return saveCase(prompt.document, params, await datasetText(prompt));
    },
    locate: async (params) => {
      const prompt = await cache.promptAnywhere(params.uri);
      if (!prompt) return null;
      const { document, facts, place } = prompt;
      const dataset = place && facts.dataset?.status === 'read' ? uriOf(place.workspace, facts.dataset.path) : undefined;
      return locate(document, facts, params, dataset) ?? null;
    },
    comparisons: async ({ configs }) => {
      const all = await roots.all([...configs, ...cache.openPrompts()]);
      return Promise.all(all.map(async (root) => ({ root: root.workspace.root, comparisons: await comparisonsOf(root) })));
    },
  };
}

/** The dataset's text now, in the editor or on disk; none for a prompt without a dataset. */
async function datasetText({ document, place }: OpenPrompt): Promise<DatasetText | undefined> {
  if (!document.dataset) return undefined;
  const path = place?.workspace.resolve(place.path, document.dataset.value);
  const file = path === undefined ? undefined : await place?.workspace.read(path);
  if (place && path !== undefined && file?.ok) return { uri: uriOf(place.workspace, path), path, text: file.text };
  const why = file && !file.ok ? file.message : 'It leads outside the folder.';
  throw new UserError(
    'usage',
    `The dataset ${document.dataset.value} cannot be added to: ${why} Correct \`dataset\` and save the case again.`,
  );
}
