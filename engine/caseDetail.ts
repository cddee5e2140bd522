import type { Catalog } from '../catalog/index.ts';
import { frozenDocument, frozenFacts, type JournalState } from '../ledger/index.ts';
import { type CaseDetail, sampleKeyText } from '../protocol/index.ts';
import { UserError } from '../safety/index.ts';
import { loadConfig, type Workspace } from '../workspace/index.ts';
import { curlOf } from './curl.ts';
import { resolveModel } from './providers/resolveModel.ts';
import { createRequestBuilder, promptParts, renderMessages } from './run/request.ts';

/** Everything about one case of a stored run, rendered from the prompt as the run froze it. */
export async function caseDetail(
  state: JournalState,
  caseId: string,
  workspace: Workspace,
  { today, catalog }: { readonly today: string; readonly catalog: Catalog },
): Promise<CaseDetail> {
  const of = state.cases.find(({ id }) => id === caseId);
  if (!of) throw new UserError('usage', `The run ${state.header.runId} has no case “${caseId}”.`);
  const { config } = await loadConfig(workspace);
  const document = frozenDocument(state.prompt);
  const facts = await frozenFacts(state.prompt, document, { config, today });
  const parts = promptParts(document, facts);
  const { messages } = renderMessages(document, of.variables, facts);
  const curls = new Map<string, string>();
  const curl = (model: string): string => {
    let text = curls.get(model);
    if (text === undefined) {
      try {
        const resolved = resolveModel(model, config);
        text = curlOf(createRequestBuilder(parts, resolved, catalog).build(of.variables).request, resolved);
      } catch (error) {
        // The provider may have left evenkeel.yml since.
        if (!(error instanceof UserError)) throw error;
        text = `# ${error.message.replaceAll('\n', '\n# ')}`;
      }
      curls.set(model, text);
    }
    return text;
  };
  const { models, repeats } = state.header;
  const samples = models.flatMap((model) =>
    Array.from({ length: repeats }, (_, repeat) => sampleKeyText({ caseId, model, repeat })).flatMap((key) => {
      const sample = state.samples.get(key);
      return sample ? [{ sample, scores: state.scores.get(key) ?? [], messages, curl: curl(model) }] : [];
    }),
  );
  return { caseId, variables: of.variables, ...(of.expected === undefined ? {} : { expected: of.expected }), samples };
}
