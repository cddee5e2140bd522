import { gatherFacts } from '../../ledger/index.ts';
import { DEFAULT_CONFIG, type PromptDocument, type PromptFacts } from '../../prompts-schema/index.ts';
import { UNTRUSTED } from '../../safety/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** Facts of a document that is no file yet: it has no folder, so that nothing is known of what its references lead to, not even that it is missing. */
export async function untitledFacts(document: PromptDocument, uri: string, today: string): Promise<PromptFacts> {
  const facts = await gatherFacts(NOWHERE, document, uri, { config: DEFAULT_CONFIG, today });
  return { ...facts, dataset: undefined, outputSchema: undefined, tools: undefined, evaluatorFiles: new Map(), lock: undefined };
}

/** A workspace without files. */
const NOWHERE: Workspace = {
  root: '',
  capabilities: UNTRUSTED,
  read: async (path) => ({ ok: false, path, reason: 'missing', message: `${path} is not known.` }),
  stat: async () => undefined,
  promptFiles: async () => [],
  matching: async (_, pattern) => ({ ok: false, reason: 'missing', message: `${pattern} is not known.` }),
  resolve: () => undefined,
  relative: () => undefined,
};
