import type { Attribution, Cause, SideInfo } from '../../protocol/index.ts';

/** The parts of a fingerprint, in the order in which people look for a cause. */
const PARTS = ['messages', 'tools', 'output', 'parameters'] as const;

/** What differs between two sides, what does not, and what cannot be known. Evaluators are the same by construction: both sides are scored anew. */
export function attributionOf(baseline: SideInfo, candidate: SideInfo, judges: readonly string[]): Attribution {
  const differs: Attribution['differs'] = [];
  const same: Cause[] = [];
  const unknown: Cause[] = [];
  const compare = (cause: Cause, from: string | undefined, to: string | undefined, shown?: readonly [string, string]): void => {
    if (from === undefined || to === undefined) unknown.push(cause);
    else if (from === to) same.push(cause);
    else differs.push({ cause, ...(shown ? { from: shown[0], to: shown[1] } : {}) });
  };
  for (const part of PARTS) compare(part, baseline.parts?.[part], candidate.parts?.[part]);
  compare('requestedModel', baseline.model, candidate.model, [baseline.model, candidate.model]);
  const [from, to] = [names(baseline.answeredBy), names(candidate.answeredBy)];
  compare('answeringModel', from, to, [from ?? '', to ?? '']);
  compare('dataset', baseline.dataset, candidate.dataset);
  same.push('evaluators');
  if (judges.length) unknown.push('judges');
  const causes = independent(differs.map(({ cause }) => cause));
  const warning =
    causes.size > 1 ? `More than one thing differs (${[...causes].join(', ')}): the change cannot be put down to one of them.` : undefined;
  return { differs, same, unknown, ...(warning === undefined ? {} : { warning }) };
}

function names(answeredBy: readonly string[]): string | undefined {
  return answeredBy.length ? [...answeredBy].sort().join(', ') : undefined;
}

/** Causes that could each explain a change: the parts of a prompt are one, and so are the model asked for and the one that answered. */
function independent(causes: readonly Cause[]): ReadonlySet<string> {
  return new Set(causes.map((cause) => KINDS[cause]));
}

const KINDS: Readonly<Record<Cause, string>> = {
  messages: 'prompt',
  tools: 'prompt',
  output: 'prompt',
  parameters: 'parameters',
  requestedModel: 'model',
  answeringModel: 'model',
  dataset: 'dataset',
  evaluators: 'evaluators',
  judges: 'judges',
};
