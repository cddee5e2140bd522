import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';
import { readerRule } from './readerRule.ts';

const MESSAGES = `messages:
  - role: user
    content: Say hello.`;

/** What the reader refuses in the file's own form. */
export const schemaRules: readonly Rule[] = [
  readerRule({
    code: 'schema.syntax',
    title: 'text that is not YAML',
    explain: explained(
      'The file cannot be read as YAML at this place; what follows may be read wrongly or not at all. Mostly a quote or a bracket is left open, or the indentation slipped; or git left the two sides of a merge in the file.',
      `messages:
  - role: user
    content: "Answer this: {{question}}`,
      `messages:
  - role: user
    content: "Answer this: {{question}}"`,
    ),
  }),
  readerRule({
    code: 'schema.too-deep',
    title: 'nesting of more than 100 levels',
    explain:
      'Files from a repository are untrusted: very deep nesting can end a parser’s whole process, so the reader stops before. No prompt needs it; write the value flatter or move it to its own file.',
  }),
  readerRule({
    code: 'schema.too-large',
    title: 'a file too large to read',
    explain:
      'The reader has a limit on the size of prompt files and datasets, so that an editor never hangs. Move cases from `testData` into a `dataset` file, or split the file. A folder with more than 10,000 prompt files has the others checked only when they are opened: say in `prompts.include` of evenkeel.yml which files are prompts.',
  }),
  readerRule({
    code: 'schema.not-a-prompt',
    title: 'a file that holds no prompt',
    explain: explained(
      'A prompt file is a map with `messages`. A list or a plain text at its top is something else.',
      '- role: user\n  content: Say hello.',
      MESSAGES,
    ),
  }),
  readerRule({
    code: 'schema.missing-key',
    title: 'a key that must be there',
    explain: explained(
      'Without `messages` there is nothing to send; without `role` and `content` a message says nothing.',
      'messages:\n  - content: Say hello.',
      MESSAGES,
    ),
  }),
  readerRule({
    code: 'schema.unknown-key',
    title: 'a key that means nothing here',
    severity: 'warning',
    severityWithoutNearest: 'info',
    explain: explained(
      'The key is ignored: a slip in its name silently switches off what it was meant to set. With a similar known key it is a warning with a fix, else only a remark, for teams keep notes of their own in these files.',
      `modelParameters:
  temprature: 0
${MESSAGES}`,
      `modelParameters:
  temperature: 0
${MESSAGES}`,
    ),
  }),
  readerRule({
    code: 'schema.duplicate-key',
    title: 'a key given twice',
    explain: explained(
      'Only one of the two counts, and tools differ in which.',
      `model: openai/gpt-6-luna
model: anthropic/claude-sonnet-5-5
${MESSAGES}`,
      `model: openai/gpt-6-luna
${MESSAGES}`,
    ),
  }),
  readerRule({
    code: 'schema.wrong-type',
    title: 'a value of the wrong kind',
    explain: explained(
      'The key takes another kind of value, so what is written has no effect.',
      `modelParameters:
  maxTokens: many
${MESSAGES}`,
      `modelParameters:
  maxTokens: 400
${MESSAGES}`,
    ),
  }),
  readerRule({
    code: 'schema.wrong-value',
    title: 'a value outside what is allowed',
    explain: explained(
      'The key takes one of a few values or a number within limits.',
      `messages:
  - role: asistant
    content: Say hello.`,
      MESSAGES,
    ),
  }),
  readerRule({
    code: 'schema.invalid-json',
    title: 'JSON text that cannot be read',
    explain: explained(
      'GitHub’s files hold the schema of the answer as JSON text. When that text cannot be read, or lacks `name` or `schema`, no structured answer can be asked for.',
      `responseFormat: json_schema
jsonSchema: '{"name": "answer", "schema": {'
${MESSAGES}`,
      `responseFormat: json_schema
jsonSchema: '{"name": "answer", "schema": {"type": "object"}}'
${MESSAGES}`,
    ),
  }),
  readerRule({
    code: 'schema.newer-format',
    title: 'a file written by a newer Evenkeel',
    explain: 'The file says a format version that this release does not know. It is not read and never rewritten; update Evenkeel.',
  }),
];
