import type { PromptDocument, Range } from '../../prompts-schema/index.ts';
import { topEntry } from '../edits/removeEntry.ts';
import type { Fix } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { contentSpan } from '../text/contentSpan.ts';
import { explained } from './explained.ts';

/** JSON asked for in prose alone. */
export const jsonNotDeclared: Rule = {
  code: 'output.json-not-declared',
  title: 'JSON asked for in prose but not declared',
  severity: 'info',
  explain: explained(
    'Asked for in prose alone, the answer is JSON most of the time: one day it comes in a code fence, or with a sentence before it. `responseFormat: json_object` makes the provider hold to JSON, a `jsonSchema` to its fields too.',
    `messages:
  - role: user
    content: "Route this ticket and answer as JSON: {{ticket}}"`,
    `responseFormat: json_object
messages:
  - role: user
    content: "Route this ticket and answer as JSON: {{ticket}}"`,
  ),
  check: ({ document }) => {
    if (isDeclared(document) || !DECLARING.has(document.format)) return [];
    for (const message of document.messages) {
      const asked = message.role.value === 'assistant' ? undefined : askedFor(message.content.value);
      if (asked === undefined) continue;
      return [
        {
          range: contentSpan(document, message, asked),
          message: `JSON is asked for in prose alone, so nothing holds the answer to it. Declare ${DECLARATIONS[document.format] ?? NATIVE}.`,
          fixes: declare(document),
        },
      ];
    }
    return [];
  },
};

/** A key that is there and could not be read counts: what is wrong with it is said elsewhere. */
function isDeclared(document: PromptDocument): boolean {
  const { responseFormat, outputSchema, tools } = document;
  return Boolean(responseFormat ?? outputSchema ?? tools ?? topEntry(document, 'jsonSchema') ?? topEntry(document, 'responseFormat'));
}

/** The word JSON where a sentence asks for an answer in that form: "answer as JSON", "return a valid JSON". */
function askedFor(text: string): Range | undefined {
  for (const match of text.matchAll(JSON_WORD)) {
    const before = text.slice(Math.max(0, match.index - LONGEST_CLAUSE), match.index);
    const clause = before.split(/[.!?:;]\s|\n\s*\n/).at(-1) ?? '';
    if (ASKING.test(clause) && !NEGATED.test(clause)) return { start: match.index, end: match.index + 4 };
  }
  return undefined;
}

function declare(document: PromptDocument): readonly Fix[] {
  const first = topEntry(document, 'messages');
  if (!first || document.format !== 'native') return [];
  const at = { start: first.keyRange.start, end: first.keyRange.start };
  const edits = [{ range: at, newText: 'responseFormat: json_object\n' }];
  return [{ title: 'Declare `responseFormat: json_object`', preferred: true, byHand: true, edits }];
}

const LONGEST_CLAUSE = 120;
const JSON_WORD = /\bJSON\b(?!\s*(?:files?|paths?|lines|schema files?|parser|libraries|library|serializ|deserializ|config|escap))/gi;
const ASKING =
  /\b(?:answer|respond|reply|return|output|produce|write|give|format)\b[^{}]{0,60}\b(?:as|in|with|a|an|valid|only|strict|of|the|following|single|pure|raw|is|be)\s+$/i;
const NEGATED = /\b(?:not|never|no|don['’]t|without|instead|avoid|unless)\b/i;

/** How the form of the answer is declared. */
const NATIVE = '`responseFormat: json_object`, or better a `jsonSchema`';
const DECLARATIONS: Readonly<Record<string, string>> = { dotprompt: '`output: { format: json }`, or better its `schema`' };

/** Formats whose declared output is read. */
const DECLARING: ReadonlySet<string> = new Set(['native', 'dotprompt']);
