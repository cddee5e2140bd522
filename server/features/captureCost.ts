import { normalizeModelName, type PriceTable } from '../../catalog/index.ts';
import {
  canonicalJson,
  LIKELY_OUTPUT_TOKENS,
  likelyInputTokens,
  type PromptCase,
  type PromptDocument,
  type PromptFacts,
  renderPrompt,
  sharedRequestBytes,
} from '../../prompts-schema/index.ts';
import type { Json } from '../../safety/index.ts';

/** Samples of one case that a baseline of this prompt holds: what its `drift:` says, else 10. */
export function baselineSamples({ drift }: Pick<PromptDocument, 'drift'>): number {
  const wanted = drift?.value.baseline;
  return typeof wanted === 'number' && Number.isInteger(wanted) && wanted >= 1 ? Math.min(wanted, MOST_SAMPLES) : USUAL_SAMPLES;
}

const USUAL_SAMPLES = 10;
const MOST_SAMPLES = 1000;

/** Whether the built-in table may have the price of this model's calls: not of the sandbox's, not where a provider of evenkeel.yml answers. */
export function mayHavePrice(model: string, ownProviders: readonly string[]): boolean {
  const { platform, provider } = normalizeModelName(model);
  return (platform === 'openai' || platform === 'anthropic') && !ownProviders.includes(provider ?? platform);
}

/**
 * Dollars that one answer to every case would cost, as a run's estimate counts: about four characters an input token, a likely length of
 * the answer. Of many cases some are rendered and stand for the rest. Undefined where no price is known.
 */
export function costOfCases(
  { document, facts }: { readonly document: PromptDocument; readonly facts: PromptFacts },
  cases: readonly PromptCase[],
  model: string,
  prices: PriceTable,
): number | undefined {
  const { platform, id } = normalizeModelName(model);
  const schema =
    document.outputSchema?.kind === 'inline'
      ? document.outputSchema.value
      : facts.outputSchema?.status === 'read'
        ? facts.outputSchema.value
        : undefined;
  const tools = document.tools?.kind === 'inline' ? document.tools.value : facts.tools?.status === 'read' ? facts.tools.value : undefined;
  const shared = sharedRequestBytes(schema, toolList(tools));
  const maxTokens = document.parameters.find(({ name }) => name === 'maxTokens')?.value;
  const outputTokens = Math.min(typeof maxTokens === 'number' ? maxTokens : LIKELY_OUTPUT_TOKENS, LIKELY_OUTPUT_TOKENS);
  const step = Math.max(1, Math.ceil(cases.length / RENDERED));
  const some = cases.filter((_, at) => at % step === 0);
  const inputs = some.map(({ variables }) => {
    const { messages } = renderPrompt(document, variables, facts.partials);
    return likelyInputTokens(canonicalJson(messages as unknown as Json), shared);
  });
  const mean = Math.round(inputs.reduce((sum, tokens) => sum + tokens, 0) / Math.max(1, inputs.length));
  const each = prices.costOf({ inputTokens: mean, outputTokens }, { platform, id });
  return each === undefined ? undefined : each * cases.length;
}

/** Cases that are rendered for the estimate of a lens, which must not keep the editor waiting. */
const RENDERED = 20;

function toolList(tools: Json | undefined): readonly Json[] {
  return Array.isArray(tools) ? tools : tools === undefined || tools === null ? [] : [tools as Json];
}
