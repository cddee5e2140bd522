import type { Rule } from '../rule.ts';
import { readerRule } from './readerRule.ts';

/** What the readers of template languages find. Their examples are no YAML, for the dialect of native files has none of this. */
export const templateSyntaxRules: readonly Rule[] = [
  readerRule({
    code: 'template.unclosed-tag',
    title: 'a tag or a block that never ends',
    explain: sides(
      'The runner of the file refuses the whole template, or takes what follows for part of the tag. A block such as `{{#if}}` or `{% for %}` needs the tag that ends it, and a tag its closing braces.',
      'handlebars',
      'Hello!\n{{#if premium}}\nWelcome back.',
      'Hello!\n{{#if premium}}\nWelcome back.\n{{/if}}',
    ),
  }),
  readerRule({
    code: 'template.syntax',
    title: 'a tag that the template language does not have',
    explain: sides(
      'The runner of the file refuses the template. The message names what stands where nothing of the kind can: an operator in a language without operators, an end without a beginning, a tag that is spelled otherwise.',
      'handlebars',
      '{{#if age >= 18}}You are an adult.{{/if}}',
      '{{#if isAdult}}You are an adult.{{/if}}',
    ),
  }),
  readerRule({
    code: 'template.unsupported-construct',
    title: 'a part of a template language that is not interpreted here',
    severity: 'warning',
    explain: sides(
      'Templates of a repository are interpreted, never compiled to code, and of each language only a subset is known. What is outside of it is named here with what to write instead; a prompt that needs it is not rendered, or rendered as the message says. [Formats](../formats.md) lists the subsets.',
      'jinja',
      '{% include "rules.txt" %}\n{{ question }}',
      'Answer in one sentence.\n{{ question }}',
    ),
  }),
  readerRule({
    code: 'template.unknown-helper',
    title: 'a helper, filter or test that nobody defines',
    severity: 'warning',
    explain: sides(
      'Neither the language nor Dotprompt has a helper, filter or test of this name. An application may define its own; then the prompt renders there and nowhere else, and no run here can send it.',
      'handlebars',
      '{{#unles done}}Go on.{{/unles}}',
      '{{#unless done}}Go on.{{/unless}}',
    ),
  }),
  readerRule({
    code: 'schema.unsupported-value',
    title: 'a setting that a run here cannot follow',
    severity: 'warning',
    explain:
      'The format allows it, and Evenkeel sends the prompt without it: pictures, threads and other inputs that are no text, settings in a second file, tools that are no functions, kinds of calls that are no chats. The message says what is left out.',
  }),
  readerRule({
    code: 'schema.unresolved-value',
    title: 'a setting that only the application knows',
    severity: 'info',
    explain:
      'A name that the application gives a meaning, such as a registered schema or tool of Dotprompt, or an environment variable, which is never read. Nothing is wrong with the file; what the name stands for cannot be checked, and a run here does without it.',
  }),
];

function sides(why: string, language: string, bad: string, good: string): string {
  return [why, 'Bad:', `\`\`\`${language}\n${bad}\n\`\`\``, 'Good:', `\`\`\`${language}\n${good}\n\`\`\``].join('\n\n');
}
