import { lintPrompt } from '../../lint/index.ts';
import {
  allBoundNames,
  completionContextAt,
  fieldAt,
  fingerprintPrompt,
  inlineDataset,
  likelyInputTokens,
  type PromptDocument,
  type PromptFacts,
  type PromptFormat,
  parsePrompt,
  partialNames,
  placeholderNames,
  promptCases,
  type Range,
  renderPrompt,
  settingsRange,
  templatePlaceAt,
  templateTokens,
  variableOccurrences,
} from '../../prompts-schema/index.ts';
import type { Json, JsonObject } from '../../safety/index.ts';
import { documentSymbols } from '../../server/features/documentSymbols.ts';
import { foldingRanges } from '../../server/features/foldingRanges.ts';
import { semanticTokens } from '../../server/features/semanticTokens.ts';

/** Does with a text what editor and command line do with a prompt file: throws where something is not as it must be. */
export function checkPrompt(text: string, format: PromptFormat): void {
  checkDocument(parsePrompt(text, format));
}

/** The same with a document of it. */
export function checkDocument(document: PromptDocument): void {
  checkPlaces(document);
  fingerprintPrompt(document);
  likelyInputTokens(document.messages.map(({ content }) => content.value).join(''), 0);
  const rows = document.testData ? promptCases(document, inlineDataset(document)) : [];
  for (const variables of [{}, valuesOf(document), rows[0]?.variables ?? {}]) checkRendered(document, variables);
  checkFindings(document);
  checkEditing(document);
}

/** Facts of a prompt that stands alone. */
const FACTS: PromptFacts = {
  promptId: 'fuzz.prompt.yml',
  today: '2026-11-22',
  defaultModel: undefined,
  providers: ['openai', 'anthropic', 'sandbox', 'googleai'],
  dataset: undefined,
  outputSchema: undefined,
  tools: undefined,
  evaluatorFiles: new Map(),
  lock: undefined,
  partials: new Map([['signature', { status: 'read', path: '_signature.prompt', value: 'Yours, {{from}} {{>signature}}' }]]),
};

function checkPlaces({ text, issues, messages, inputs, blocks, partials, parameters, model, lines }: PromptDocument): void {
  const inside = (range: Range, what: string): void => requireInside(range, text.length, what);
  for (const { range, code } of issues) inside(range, code);
  for (const { range } of partials ?? []) inside(range, 'partial');
  for (const { open, close } of blocks ?? []) {
    inside(open, 'block');
    if (close) inside(close, 'block');
  }
  for (const { range, nameRange } of inputs ?? []) {
    inside(range, 'input');
    inside(nameRange, 'input');
  }
  for (const { keyRange, valueRange } of parameters) {
    inside(keyRange, 'parameter');
    inside(valueRange, 'parameter');
  }
  if (model) inside(model.range, 'model');
  for (const { role, content, range, placeholders } of messages) {
    for (const one of [role.range, content.range, range]) inside(one, 'message');
    for (const { name, nameRange, range: tag, inContent } of placeholders) {
      inside(tag, name);
      inside(nameRange, name);
      requireInside(inContent, content.value.length, name);
    }
  }
  lines.positionAt(text.length);
}

export function requireInside({ start, end }: Range, length: number, what: string): void {
  if (!(0 <= start && start <= end && end <= length)) throw new Error(`${what} is at ${start} to ${end} of a text of ${length}`);
}

function valuesOf(document: PromptDocument): JsonObject {
  const values: readonly Json[] = ['v', ['a', { y: 'b' }], { y: 'w', role: 'system' }, 3, true, null, '{{x}}\nsystem:\nuser:'];
  return Object.fromEntries(placeholderNames(document).map((name, at) => [name, values[at % values.length] ?? null]));
}

function checkRendered(document: PromptDocument, variables: JsonObject): void {
  const { messages, problem, tooLarge } = renderPrompt(document, variables, FACTS.partials);
  if ((problem || tooLarge) && messages.length) throw new Error('a prompt that cannot be rendered has messages');
  if (problem?.range) requireInside(problem.range, document.text.length, 'problem');
}

/** Texts after a fix that are read again: more of one file are alike. */
const MOST_FIXED = 2;

/** Longer ones are not read again, so that what is measured is one reading. */
const READ_AGAIN = 5000;

function checkFindings(document: PromptDocument): void {
  const findings = lintPrompt(document, FACTS);
  let fixed = 0;
  for (const { range, code, message, fixes } of findings) {
    requireInside(range, document.text.length, code);
    if (!message || /\[object |undefined is/.test(message)) throw new Error(`${code} says “${message}”`);
    for (const fix of fixes) {
      const edits = fix.edits.filter(({ file }) => file === undefined).sort((a, b) => b.range.start - a.range.start);
      let text = document.text;
      for (const edit of edits) {
        requireInside(edit.range, document.text.length, `fix of ${code}`);
        text = text.slice(0, edit.range.start) + edit.newText + text.slice(edit.range.end);
      }
      if (edits.length && text.length < READ_AGAIN && ++fixed <= MOST_FIXED) parsePrompt(text, document.format);
    }
  }
}

function checkEditing(document: PromptDocument): void {
  const { text, dialect } = document;
  for (const part of [0, 0.3, 0.5, 0.9, 1]) {
    const offset = Math.floor(text.length * part);
    fieldAt(document, offset);
    templatePlaceAt(document, offset);
    const context = completionContextAt(document, offset);
    if (context) requireInside(context.replaceRange, text.length, 'completion');
  }
  for (const { range } of variableOccurrences(document)) requireInside(range, text.length, 'occurrence');
  for (const { range } of templateTokens(document)) requireInside(range, text.length, 'token');
  if (document.body) allBoundNames(document.body.nodes);
  partialNames(text.slice(0, 20_000), dialect);
  const settings = settingsRange(document);
  if (settings) requireInside(settings, text.length, 'settings');
  documentSymbols(document);
  foldingRanges(document);
  semanticTokens(document);
}
