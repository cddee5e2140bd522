import { expect } from 'vitest';
import { type PromptDocument, type PromptFormat, parsePrompt, renderPrompt } from '../../../prompts-schema/index.ts';
import type { JsonObject } from '../../../safety/index.ts';

/** Reads a text and checks that every place in the document is one in the text. */
export function read(text: string, format: PromptFormat): PromptDocument {
  const document = parsePrompt(text, format);
  expectInside(document);
  return document;
}

/** `role: text` a line, or what stands in the way. */
export function messagesOf(text: string, format: PromptFormat, variables: JsonObject = {}): readonly string[] {
  const { messages, problem, tooLarge } = renderPrompt(read(text, format), variables);
  if (problem) return [`! ${problem.message}`];
  return tooLarge ? ['! too large'] : messages.map(({ role, content }) => `${role}: ${content}`);
}

/** `line code words` for every issue of a text. */
export function issuesOf(text: string, format: PromptFormat): readonly string[] {
  const { issues, lines } = read(text, format);
  return issues.map(({ code, message, range }) => `${lines.lineNumber(range.start)} ${code} ${message}`);
}

/** Ranges lie within the text, contents and names are what stands there. */
export function expectInside({ text, messages, issues, inputs, blocks, partials }: PromptDocument): void {
  const inside = ({ start, end }: { readonly start: number; readonly end: number }): boolean =>
    0 <= start && start <= end && end <= text.length;
  for (const { range, message } of issues) expect(inside(range), message).toBe(true);
  for (const { name, range } of partials ?? []) expect(inside(range), name).toBe(true);
  for (const { open, close } of blocks ?? []) expect(inside(open) && (!close || inside(close))).toBe(true);
  for (const { nameRange, range } of inputs ?? []) expect(inside(nameRange) && inside(range)).toBe(true);
  for (const { role, content, range, placeholders } of messages) {
    expect(inside(role.range) && inside(range)).toBe(true);
    expect(text.slice(content.range.start, content.range.end)).toBe(content.value);
    for (const { name, nameRange, inContent, range: tag } of placeholders) {
      expect(text.slice(nameRange.start, nameRange.end)).toBe(name);
      expect(content.value.slice(inContent.start, inContent.end)).toBe(text.slice(tag.start, tag.end));
    }
  }
}
