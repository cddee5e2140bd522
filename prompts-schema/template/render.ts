import { type Json, type JsonObject, ownValue } from '../../safety/index.ts';
import type { DatasetRow } from '../dataset/dataset.ts';
import type { PromptDocument, Role } from '../document.ts';
import { parseCasePath, valueAt } from '../paths/jsonPath.ts';
import { scanPlaceholders } from './scan.ts';

/** The most text that rendering makes, in UTF-16 units over all messages. */
export const MAX_RENDERED_LENGTH = 2_000_000;

export interface RenderedMessage {
  readonly role: Role;
  readonly content: string;
}

/** A prompt with its values put in. */
export interface RenderedPrompt {
  readonly messages: readonly RenderedMessage[];
  /** Names without a value, once each; they stand in the text as written. */
  readonly missing: readonly string[];
  /** More than MAX_RENDERED_LENGTH: `messages` is empty then. */
  readonly tooLarge: boolean;
}

export interface RenderedText {
  readonly text: string;
  readonly missing: readonly string[];
  /** More than MAX_RENDERED_LENGTH: `text` is empty then. */
  readonly tooLarge: boolean;
}

/** Each `{{name}}` replaced once by its value; what a value holds is never expanded. Own properties only. */
export function renderPrompt(document: PromptDocument, variables: JsonObject): RenderedPrompt {
  const missing = new Set<string>();
  const messages: RenderedMessage[] = [];
  let left = MAX_RENDERED_LENGTH;
  for (const { role, content } of document.messages) {
    const text = replaceAll(content.value, (name) => ownValue(variables, name), missing, left);
    if (text === undefined) return { messages: [], missing: [...missing], tooLarge: true };
    left -= text.length;
    messages.push({ role: role.value, content: text });
  }
  return { messages, missing: [...missing], tooLarge: false };
}

/** The same for the operand of an evaluator. Where the row has no such name, a dotted one is followed: `{{expected.team}}`. */
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

/** How a value stands in a text: text as it is, null as nothing, lists and maps as compact JSON. */
export function valueText(value: Json): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
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
