import type { Output } from '../../protocol/index.ts';
import { parseJson } from '../../safety/index.ts';

/** What of an output is compared: its text; calls of tools as JSON of what was called, beside the text where there is some. */
export function comparableText({ text, toolCalls, refusal }: Output): string {
  if (!toolCalls?.length) return text === '' && refusal !== undefined ? refusal : text;
  const calls = toolCalls.map(({ name, arguments: given }) => {
    const read = parseJson(given);
    return { name, arguments: read.ok ? read.value : given };
  });
  return JSON.stringify(text.trim() === '' ? { toolCalls: calls } : { text, toolCalls: calls });
}
