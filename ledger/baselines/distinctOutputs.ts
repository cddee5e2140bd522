import type { Output } from '../../protocol/index.ts';
import type { ApprovedOutput } from './baseline.ts';

/** Each distinct output once with its count: most frequent first, ties by text, so that the same samples are always the same list. */
export function distinctOutputs(outputs: readonly Output[]): readonly ApprovedOutput[] {
  return mergeOutputs(outputs.map((output) => ({ count: 1, output })));
}

/** The same for outputs that were counted already. */
export function mergeOutputs(counted: readonly ApprovedOutput[]): readonly ApprovedOutput[] {
  const found = new Map<string, { count: number; readonly output: Output }>();
  for (const { count, output } of counted) {
    const key = outputKey(output);
    const known = found.get(key);
    if (known) known.count += count;
    else found.set(key, { count, output });
  }
  return [...found]
    .sort(([a, one], [b, other]) => other.count - one.count || compare(one.output.text, other.output.text) || compare(a, b))
    .map(([, approved]) => approved);
}

/** The same text for the same samples, whatever their order. */
export function samplesKey(counted: readonly ApprovedOutput[]): string {
  return JSON.stringify(mergeOutputs(counted).map(({ count, output }) => [count, outputKey(output)]));
}

/** Everything that tells two outputs apart, as text. */
function outputKey({ text, finishReason, refusal, toolCalls }: Output): string {
  return JSON.stringify([text, finishReason, refusal ?? null, toolCalls?.map((call) => [call.name, call.arguments]) ?? null]);
}

/** By UTF-16 units: the same everywhere. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
