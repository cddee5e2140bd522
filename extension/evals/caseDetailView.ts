import type { CaseDetail, EvalsDetail, Output, RunHeader, Sample } from '../../protocol/index.ts';

/** One case for the panel's right-hand side: values as text, evaluators with their line in the prompt file. */
export function caseDetailView(detail: CaseDetail, header: Pick<RunHeader, 'evaluators'> | undefined): EvalsDetail {
  return {
    caseId: detail.caseId,
    inputs: Object.entries(detail.variables).map(([name, value]) => ({ name, value: valueText(value) })),
    ...(detail.expected === undefined ? {} : { expected: valueText(detail.expected) }),
    samples: detail.samples.map(({ sample, scores, messages }) => ({
      model: sample.key.model,
      output: outputText(sample.output),
      ...(sample.failure ? { failure: sample.failure.message } : {}),
      scores: scores.map(({ evaluator, index, status, reason, parts }) => {
        const line = header?.evaluators[index]?.line;
        return {
          ...{ evaluator, index, status },
          ...(line === undefined ? {} : { line }),
          ...(reason === undefined ? {} : { reason }),
          ...(parts ? { parts } : {}),
        };
      }),
      messages: messages.map(({ role, content }) => ({ role, content })),
      call: callParts(sample),
    })),
  };
}

/** A string as it is, anything else as indented JSON. */
function valueText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
}

function outputText(output: Output | undefined): string {
  if (!output) return '';
  const calls = (output.toolCalls ?? []).map(({ name, arguments: given }) => `${name}(${given})`);
  return [output.refusal, output.text, ...calls].filter((part) => part !== undefined && part !== '').join('\n');
}

function callParts({ answeredBy, requestId, usage, firstByteMs, latencyMs, attempts, cachedAt, cost, output, failure }: Sample): string[] {
  const parts = [
    answeredBy && `answered by ${answeredBy}`,
    requestId,
    usage && `${usage.inputTokens} in, ${usage.outputTokens} out`,
    firstByteMs !== undefined && `first byte ${seconds(firstByteMs)}`,
    latencyMs !== undefined && `complete after ${seconds(latencyMs)}`,
    cost && `$${cost.usd.toPrecision(2)} by the prices of ${cost.pricesAsOf}`,
    output && output.finishReason !== 'stop' && `ended by ${output.finishReason}`,
    failure?.status !== undefined && `HTTP ${failure.status}`,
    failure?.billing === 'unknown' && 'may have been billed',
    cachedAt && `from cache, answered ${cachedAt}`,
    attempts > 0 && `${attempts} attempt${attempts === 1 ? '' : 's'}`,
  ];
  return parts.filter((part): part is string => typeof part === 'string' && part !== '');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
