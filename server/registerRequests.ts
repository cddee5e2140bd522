import {
  type LocatedText,
  type LocateParams,
  type PromptInputs,
  type SaveCaseParams,
  type SaveCaseResult,
  SERVER_MESSAGES,
} from '../protocol/index.ts';
import { UserError } from '../safety/index.ts';
import type { OpenPrompt } from './documents/promptCache.ts';
import { uriOf } from './documents/roots.ts';
import type { Host } from './host.ts';
import { locate } from './requests/locate.ts';
import { promptInputs } from './requests/promptInputs.ts';
import { type DatasetText, saveCase } from './requests/saveCase.ts';

/** The project's own messages (protocol/languageServer.ts). */
export function registerRequests({ connection, guard, cache, roots, refresher }: Host): void {
  const shown = { shown: true };

  connection.onRequest(
    SERVER_MESSAGES.promptInputs,
    guard.request<{ readonly uri: string }, PromptInputs | null>(
      SERVER_MESSAGES.promptInputs,
      null,
      async ({ uri }) => {
        const { document, facts, place } = required(await cache.prompt(uri));
        return promptInputs(document, facts, place?.workspace.root ?? '');
      },
      shown,
    ),
  );

  connection.onRequest<SaveCaseResult | null, never>(
    SERVER_MESSAGES.saveCase,
    guard.request<SaveCaseParams, SaveCaseResult | null>(
      SERVER_MESSAGES.saveCase,
      null,
      async (params) => {
        const prompt = required(await cache.prompt(params.uri));
        return saveCase(prompt.document, params, await datasetText(prompt));
      },
      shown,
    ),
  );

  connection.onRequest(
    SERVER_MESSAGES.locate,
    guard.request<LocateParams, LocatedText | null>(SERVER_MESSAGES.locate, null, async (params) => {
      const { document, facts, place } = required(await cache.prompt(params.uri));
      const dataset = place && facts.dataset?.status === 'read' ? uriOf(place.workspace, facts.dataset.path) : undefined;
      return locate(document, facts, params, dataset) ?? null;
    }),
  );

  connection.onNotification(
    SERVER_MESSAGES.setTrust,
    guard.notification<{ readonly trusted: boolean }>(SERVER_MESSAGES.setTrust, ({ trusted }) => {
      roots.setTrusted(trusted);
      refresher.want('diagnostics', 'lenses');
    }),
  );

  connection.onNotification(
    SERVER_MESSAGES.runChanged,
    guard.notification(SERVER_MESSAGES.runChanged, () => refresher.want('lenses')),
  );
}

function required(prompt: OpenPrompt | undefined): OpenPrompt {
  if (prompt) return prompt;
  throw new UserError('usage', 'The prompt is not open in the editor. Open its file and try again.');
}

/** The dataset's text now, in the editor or on disk; none for a prompt without a dataset. A dataset that is missing is begun. */
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
