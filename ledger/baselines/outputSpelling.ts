import * as z from 'zod/mini';
import { Output } from '../../protocol/index.ts';
import { isTooDeep, type Json, MAX_DEPTH, parseJson } from '../../safety/index.ts';
import type { ApprovedOutput } from './baseline.ts';

/** How the JSON of an output was written: without spaces, with `, ` and `: ` as Python does, or over lines with two spaces. */
const SPELLINGS = ['compact', 'spaced', 'indented'] as const;
type Spelling = (typeof SPELLINGS)[number];

/**
 * An approved output as a baseline file holds it. Objects and lists whose text comes back exactly from one of the spellings stand as
 * JSON, so that a pull request shows which field changed; any other text stands as it is, in pieces where it is long. Joined, the
 * pieces are the text.
 */
export const SpelledOutput = z.strictObject({
  count: z.int().check(z.minimum(1), z.maximum(100_000)),
  json: z.optional(z.custom<Json>((value) => typeof value === 'object' && value !== null)),
  /** Left out: compact. */
  spelled: z.optional(z.enum(SPELLINGS)),
  text: z.optional(z.union([z.string(), z.array(z.string())])),
  /** Left out: `stop`. */
  finishReason: z.optional(Output.shape.finishReason),
  refusal: Output.shape.refusal,
  toolCalls: Output.shape.toolCalls,
});
export type SpelledOutput = z.infer<typeof SpelledOutput>;

export function spellOutput({ count, output }: ApprovedOutput): SpelledOutput {
  const { text, finishReason, refusal, toolCalls } = output;
  return {
    count,
    ...(asJson(text) ?? { text: pieces(text) }),
    ...(finishReason === 'stop' ? {} : { finishReason }),
    ...(refusal === undefined ? {} : { refusal }),
    ...(toolCalls === undefined ? {} : { toolCalls: toolCalls.map((call) => ({ name: call.name, arguments: call.arguments })) }),
  };
}

/** Undefined unless there is exactly one of `json` and `text`. */
export function readSpelled({ count, json, spelled, text, finishReason, refusal, toolCalls }: SpelledOutput): ApprovedOutput | undefined {
  if ((json === undefined) === (text === undefined)) return undefined;
  return {
    count,
    output: {
      text: json === undefined ? (Array.isArray(text) ? text.join('') : String(text)) : spell(json, spelled ?? 'compact'),
      finishReason: finishReason ?? 'stop',
      ...(refusal === undefined ? {} : { refusal }),
      ...(toolCalls === undefined ? {} : { toolCalls }),
    },
  };
}

/** Numbers such as 1.0 or 1e400, a key given twice, keys like `1` that move: whatever would not come back exactly is no JSON here. */
function asJson(text: string): Pick<SpelledOutput, 'json' | 'spelled'> | undefined {
  if (!/^[[{]/.test(text) || isTooDeep(text, DEEPEST)) return undefined;
  const read = parseJson(text);
  if (!read.ok) return undefined;
  const spelled = SPELLINGS.find((spelling) => spell(read.value, spelling) === text);
  return spelled && { json: read.value, ...(spelled === 'compact' ? {} : { spelled }) };
}

/** The file nests an output's JSON some levels deep itself. */
const DEEPEST = MAX_DEPTH - 10;

function spell(value: Json, spelling: Spelling): string {
  if (spelling === 'spaced') return spaced(value);
  return JSON.stringify(value, null, spelling === 'indented' ? 2 : 0);
}

/** As Python's json.dumps writes it. */
function spaced(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(spaced).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${spaced(item)}`)
    .join(', ')}}`;
}

/** The text, or its lines with their line ends, long ones cut behind their sentences: what changes in a sentence moves nothing else. */
function pieces(text: string): string | string[] {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const cut = lines.flatMap((line) => (line.length > LONG_LINE ? line.split(/(?<=[.!?;:] )(?=\S)|(?<=[。！？])/u) : [line]));
  return cut.length > 1 ? cut : text;
}

const LONG_LINE = 120;
