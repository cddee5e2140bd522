import type { Json, JsonObject } from '../../../safety/index.ts';
import type { PromptMessage } from '../../document.ts';
import type { MapNode } from '../../parse/positioned.ts';
import { entryOf } from '../../parse/tree.ts';
import { renderValue } from '../../template/renderValue.ts';
import type { Range } from '../../text/range.ts';
import { fileSource, holdsMessages, type PromptSource, type ReadPrompt, readPrompt, scalarSource, wholeOf } from './promptText.ts';

/** `prefix` and `suffix` of `options`: texts around the prompt, part of its template. */
export type Side = 'prefix' | 'suffix';
export const SIDES: readonly Side[] = ['prefix', 'suffix'];

/** What stands around every prompt, and on which sides a test has a text of its own in its place. */
export interface Around {
  readonly common: Readonly<Record<Side, PromptSource | undefined>>;
  readonly own: ReadonlySet<Side>;
}

/** Texts of a test that go before those of the default. */
export type OwnTexts = Readonly<Partial<Record<Side, string>>>;

/** The text of one side in `options` of a test or a default; an empty one counts as none, as in promptfoo. */
export function sideOf(layer: MapNode | undefined, side: Side): { readonly text: string; readonly range: Range } | undefined {
  const options = layer && entryOf(layer, 'options')?.value;
  const value = options?.kind === 'map' ? entryOf(options, side)?.value : undefined;
  const text = value?.kind === 'scalar' && value.value !== null ? String(value.value) : '';
  return value && text !== '' ? { text, range: value.range } : undefined;
}

/** What the default says of all prompts; `config` is the text of the configuration where the default stands in it. */
export function commonAround(defaults: MapNode | undefined, config: string | undefined): Around['common'] {
  const source = (side: Side): PromptSource | undefined => {
    const options = defaults && entryOf(defaults, 'options')?.value;
    const node = options?.kind === 'map' ? entryOf(options, side)?.value : undefined;
    const found = sideOf(defaults, side);
    if (!found || node?.kind !== 'scalar') return undefined;
    return config === undefined ? fileSource(found.text, '', found.range) : scalarSource(config, node);
  };
  return { prefix: source('prefix'), suffix: source('suffix') };
}

/** A prompt with what stands around it; `chat` says that it is a list of messages, around which nothing can stand. */
export interface SurroundedPrompt extends ReadPrompt {
  readonly chat: boolean;
}

/**
 * Reads a prompt with the texts around it. Where tests have texts of their own those are values of the case, already filled in, and the
 * common text stands in the template for all others.
 */
export function readSurrounded(source: PromptSource, chat: 'maybe' | 'yaml', { common, own }: Around): SurroundedPrompt {
  const given = SIDES.flatMap((side) => (common[side]?.text.trim() ? [{ side, source: common[side] }] : []));
  if (given.length === 0 && own.size === 0) return { ...readPrompt(source, chat), chat: false };
  if (holdsMessages(source, chat)) {
    const [first] = given;
    if (!first) return { ...readPrompt(source, chat), chat: true };
    const range = wholeOf(first.source);
    const message = `\`${first.side}\` around a list of messages would make one text of the list. Write it into one of the messages.`;
    return { messages: [], blocks: [], issues: [{ code: 'schema.unsupported-value', message, range }], chat: true };
  }
  const read = readPrompt(joined([part('prefix', common, own), source, part('suffix', common, own)], source), 'maybe');
  return { ...read, messages: read.messages.map(withoutOwn), chat: false };
}

/** The variable that holds a test's own text. */
export function ownVariable(side: Side): string {
  return `__${side}`;
}

/** A test's own texts with the values of its case in them, as variables; or why one cannot be filled in. */
export function ownVariables(
  own: OwnTexts,
  variables: JsonObject,
): { readonly ok: true; readonly variables: readonly (readonly [string, Json])[] } | { readonly ok: false; readonly message: string } {
  const found: (readonly [string, Json])[] = [];
  for (const side of SIDES) {
    const text = own[side];
    if (text === undefined) continue;
    const read = renderValue(text, 'nunjucks', variables);
    if (!read.ok) return { ok: false, message: `Its \`${side}\` cannot be filled in: ${read.message}` };
    found.push([ownVariable(side), read.value]);
  }
  return { ok: true, variables: found };
}

function part(side: Side, common: Around['common'], own: Around['own']): PromptSource | undefined {
  const source = common[side];
  if (!own.has(side)) return source;
  const name = ownVariable(side);
  const before: PromptSource = {
    text: `{% if ${name} is defined %}{{ ${name} }}{% else %}`,
    place: () => source?.place({ start: 0, end: 0 }) ?? NOWHERE,
  };
  return joined([before, source, { ...before, text: '{% endif %}' }], source ?? before);
}

const NOWHERE: Range = { start: 0, end: 0 };

/** Texts one after the other; a place is in the text that holds its start, and `main` stands for all of them. */
function joined(parts: readonly (PromptSource | undefined)[], main: PromptSource): PromptSource {
  const placed: { readonly source: PromptSource; readonly start: number; readonly end: number }[] = [];
  let length = 0;
  for (const source of parts) {
    if (!source) continue;
    placed.push({ source, start: length, end: length + source.text.length });
    length += source.text.length;
  }
  return {
    text: placed.map(({ source }) => source.text).join(''),
    place: ({ start, end }) => {
      const found = placed.find((one) => start < one.end) ?? placed.at(-1);
      if (!found) return NOWHERE;
      const inside = (at: number): number => Math.min(Math.max(at - found.start, 0), found.source.text.length);
      return found.source.place({ start: inside(start), end: inside(end) });
    },
    whole: wholeOf(main),
    ...(main.file === undefined ? {} : { file: main.file }),
  };
}

/** The variables of own texts are nobody's to fill in. */
function withoutOwn(message: PromptMessage): PromptMessage {
  const own = SIDES.map(ownVariable);
  return { ...message, placeholders: message.placeholders.filter(({ name }) => !own.includes(name)) };
}
