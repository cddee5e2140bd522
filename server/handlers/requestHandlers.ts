import type {
  ComparisonsParams,
  EnvironmentsParams,
  LocatedText,
  LocateParams,
  PromptInputs,
  ReleaseChoices,
  RootComparisons,
  RootEnvironments,
  SaveCaseParams,
  SaveCaseResult,
} from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { fileOf, type OpenPrompt } from '../documents/promptCache.ts';
import { uriOf } from '../documents/roots.ts';
import { comparisonsOf } from '../requests/comparisonsOf.ts';
import { environmentsOf } from '../requests/environmentsOf.ts';
import { locate } from '../requests/locate.ts';
import { promptInputs } from '../requests/promptInputs.ts';
import { releaseChoices } from '../requests/releaseChoices.ts';
import { type DatasetText, saveCase } from '../requests/saveCase.ts';
import type { Host } from './host.ts';

/** The project's own requests (protocol/languageServer.ts); they also answer for prompts that are on disk and not open. */
export interface RequestHandlers {
  readonly promptInputs: (params: { readonly uri: string }) => Promise<PromptInputs | null>;
  readonly saveCase: (params: SaveCaseParams) => Promise<SaveCaseResult>;
  readonly locate: (params: LocateParams) => Promise<LocatedText | null>;
  readonly comparisons: (params: ComparisonsParams) => Promise<RootComparisons[]>;
  readonly environments: (params: EnvironmentsParams) => Promise<RootEnvironments[]>;
  readonly releaseChoices: (params: { readonly uri: string }) => Promise<ReleaseChoices | null>;
}

export function requestHandlers({ cache, roots }: Pick<Host, 'cache' | 'roots'>): RequestHandlers {
  return {
    promptInputs: async ({ uri }) => {
      const prompt = await cache.runnable(uri);
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
      return locate(document, facts, { ...params, uri: fileOf(params.uri) }, dataset) ?? null;
    },
    environments: async ({ configs }) => {
      const all = await roots.all([...configs, ...cache.openPrompts()]);
      const found = await Promise.all(all.map(({ workspace }) => environmentsOf(workspace)));
      return found.filter(({ environments }) => environments.length > 0);
    },
    releaseChoices: async ({ uri }) => {
      const prompt = await cache.runnable(uri);
      return prompt ? releaseChoices(prompt.document, prompt.facts, prompt.place?.workspace.root ?? '') : null;
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
