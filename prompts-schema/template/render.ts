import { type Json, type JsonObject, ownValue } from '../../safety/index.ts';
import type { DatasetRow } from '../dataset/dataset.ts';
import type { PromptDocument } from '../document.ts';
import { parseCasePath, valueAt } from '../paths/jsonPath.ts';
import type { Range } from '../text/range.ts';
import { DIALECTS } from './dialects.ts';
import { scanPlaceholders } from './github/scan.ts';
import { type Interpreted, interpret, type RenderOptions } from './interpret.ts';
import { dotpromptMessages, promptyMessages, type RenderedMessage } from './messages.ts';
import { MAX_RENDERED_LENGTH, Meter } from './meter.ts';
import { type Partials, partialReader } from './partials.ts';
import { valueText } from './values.ts';

/** A prompt with its values put in. */
export interface RenderedPrompt {
  readonly messages: readonly RenderedMessage[];
  /** Names without a value, once each; in the `github` dialect they stand in the text as written, in others nothing does. */
  readonly missing: readonly string[];
  /** More than MAX_RENDERED_LENGTH: `messages` is empty then. */
  readonly tooLarge: boolean;
  /** Why the template cannot be rendered, and where; `messages` is empty then. */
  readonly problem?: RenderProblem;
}

export interface RenderProblem {
  readonly message: string;
  /** In the file; undefined where the whole is meant. */
  readonly range: Range | undefined;
}

export interface RenderedText {
  readonly text: string;
  readonly missing: readonly string[];
  /** More than MAX_RENDERED_LENGTH: `text` is empty then. */
  readonly tooLarge: boolean;
}

/**
 * The messages of a case, in any dialect. What a value holds is never expanded and opens no role; own properties only. A template
 * that is not understood as a whole is not rendered in part: `problem` says what stands in the way. `partials` are the templates
 * that the document names, as the facts have them.
 */
export function renderPrompt(document: PromptDocument, variables: JsonObject, partials?: Partials): RenderedPrompt {
  if (document.dialect === 'github') return renderGithub(document, variables);
  const broken = document.issues.find(({ code }) => UNREADABLE.has(code));
  if (broken) return failed({ message: broken.message, range: broken.range });
  const values = withDefaults(document.defaults, variables);
  const { parse, semantics } = DIALECTS[document.dialect];
  const options: RenderOptions = { partial: partialReader(document.dialect, partials), meter: new Meter() };
  if (document.body) {
    const read = interpret(document.body.nodes, values, semantics, options);
    if (!read.ok) return stopped(read, (range) => range);
    const assembled = document.format === 'prompty' ? promptyMessages(read.pieces) : dotpromptMessages(read.pieces);
    if ('unknownRole' in assembled)
      return failed({
        message: `A message with the role \`${assembled.unknownRole}\` cannot be sent.`,
        range: document.issues.find(({ data }) => data?.role === assembled.unknownRole)?.range,
      });
    return { messages: assembled.messages, missing: read.missing, tooLarge: false };
  }
  const missing = new Set<string>();
  const messages: RenderedMessage[] = [];
  for (const { role, content } of document.messages) {
    const template = parse({ text: content.value, start: 0, end: content.value.length });
    const unreadable = template.issues.find(({ code }) => UNREADABLE.has(code));
    if (unreadable) return failed({ message: unreadable.message, range: content.range });
    const read = interpret(template.nodes, values, semantics, options);
    if (!read.ok) return stopped(read, () => content.range);
    for (const name of read.missing) missing.add(name);
    messages.push({ role: role.value, content: read.pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('') });
  }
  return { messages, missing: [...missing], tooLarge: false };
}

/** The operand of an evaluator, in the `github` dialect. Where the row has no such name, a dotted one is followed: `{{expected.team}}`. */
export function renderTemplate(template: string, row: JsonObject): RenderedText {
  const missing = new Set<string>();
  const text = replaceAll(template, (name) => ownValue(row, name) ?? dotted(row, name), missing, MAX_RENDERED_LENGTH);
  return { text: text ?? '', missing: [...missing], tooLarge: text === undefined };
}

/** What the operands of evaluators may name: the variables of the case, its `expected` and its `id`. */
export function templateRow(row: Pick<DatasetRow, 'id' | 'variables' | 'expected'>): JsonObject {
  const own = { ...row.variables, id: row.id };
  return row.expected === undefined ? own : { ...own, expected: row.expected };
}

/** The names of all placeholders of the messages, once each, in order. */
export function placeholderNames(document: PromptDocument): readonly string[] {
  return [...new Set(document.messages.flatMap((message) => message.placeholders.map(({ name }) => name)))];
}

/** Issues after which part of a template may not have been read. */
const UNREADABLE: ReadonlySet<string> = new Set(['template.unclosed-tag', 'template.syntax', 'schema.too-large']);

function renderGithub({ messages: written }: PromptDocument, variables: JsonObject): RenderedPrompt {
  const missing = new Set<string>();
  const messages: RenderedMessage[] = [];
  let left = MAX_RENDERED_LENGTH;
  for (const { role, content } of written) {
    const text = replaceAll(content.value, (name) => ownValue(variables, name), missing, left);
    if (text === undefined) return { messages: [], missing: [...missing], tooLarge: true };
    left -= text.length;
    messages.push({ role: role.value, content: text });
  }
  return { messages, missing: [...missing], tooLarge: false };
}

function withDefaults(defaults: JsonObject | undefined, variables: JsonObject): JsonObject {
  return defaults ? Object.fromEntries([...Object.entries(defaults), ...Object.entries(variables)]) : variables;
}

function stopped(
  read: Extract<Interpreted, { readonly ok: false }>,
  place: (range: Range | undefined) => Range | undefined,
): RenderedPrompt {
  if (read.tooLarge) return { messages: [], missing: [], tooLarge: true };
  return failed({ message: read.message, range: place(read.range) });
}

function failed(problem: RenderProblem): RenderedPrompt {
  return { messages: [], missing: [], tooLarge: false, problem };
}

function replaceAll(text: string, lookUp: (name: string) => Json | undefined, missing: Set<string>, limit: number): string | undefined {
  const parts: string[] = [];
  let at = 0;
  let length = text.length;
  for (const { name, range } of scanPlaceholders(text)) {
    const value = lookUp(name);
    if (value === undefined) {
      missing.add(name);
      continue;
    }
    const put = valueText(value);
    length += put.length - (range.end - range.start);
    if (length > limit) return undefined;
    parts.push(text.slice(at, range.start), put);
    at = range.end;
  }
  if (length > limit) return undefined;
  parts.push(text.slice(at));
  return parts.join('');
}

function dotted(row: JsonObject, name: string): Json | undefined {
  const read = parseCasePath(name);
  return 'path' in read ? valueAt(row, read.path) : undefined;
}
