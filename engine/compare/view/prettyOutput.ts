import type { Output } from '../../../protocol/index.ts';
import { parseJson, prettyJson } from '../../../safety/index.ts';

/** An output as a text for native diff editors: JSON indented as it is written, everything else as it came; what is no text is named below. */
export function prettyOutput({ text, refusal, toolCalls, finishReason }: Output): {
  readonly text: string;
  readonly language: 'json' | 'plaintext';
} {
  const json = /^\s*[[{]/.test(text) && parseJson(text).ok;
  const calls = (toolCalls ?? []).map(({ name, arguments: given }) => `Call of ${name}:\n${prettyJson(given)}`);
  const more = [
    ...(refusal === undefined ? [] : [`Refused: ${refusal}`]),
    ...calls,
    ...(finishReason === 'length' ? ['Cut off at the token limit.'] : []),
  ];
  const whole = [...(text === '' && more.length ? [] : [prettyJson(text)]), ...more].join('\n\n');
  return { text: whole.endsWith('\n') ? whole : `${whole}\n`, language: json && more.length === 0 ? 'json' : 'plaintext' };
}
