import type { PromptFormat } from '../../prompts-schema/index.ts';

/** A file that the format's own rules refuse, or that its own reader cannot take. */
export interface InvalidFile {
  readonly format: PromptFormat;
  /** From the folder of its format. */
  readonly file: string;
  /** The findings that are right about it. */
  readonly codes: readonly string[];
  readonly reason: string;
}

/** Every real file that is really invalid. A finding at error level on any other file is a false one. */
export const INVALID_FILES: readonly InvalidFile[] = [
  {
    format: 'native',
    file: 'actions+ai-inference/__fixtures__/prompts/invalid-role.prompt.yml',
    codes: ['schema.wrong-value'],
    reason: 'A fixture for errors: a role that no API has.',
  },
  {
    format: 'native',
    file: 'github+gh-models/failing_test_prompt.yml',
    codes: ['template.undefined-variable'],
    reason: 'Writes `{{.input}}`, which GitHub’s own reader does not replace: the model is sent the braces.',
  },
  {
    format: 'native',
    file: 'github+gh-models/sample_prompt.yml',
    codes: ['template.undefined-variable'],
    reason: 'Writes `{{.input}}`, which GitHub’s own reader does not replace: the model is sent the braces.',
  },
  {
    format: 'prompty',
    file: 'microsoft+prompty/runtime/promptycs/Prompty.Core.Tests/prompty/fake.prompty',
    codes: ['schema.wrong-value'],
    reason: 'A fixture for errors: a template language called “fake”.',
  },
  {
    format: 'dotprompt',
    file: 'firebase+genkit/js/genkit/tests/prompts/kitchensink.prompt',
    codes: ['schema.wrong-value'],
    reason: 'A fixture whose temperature of 11 no model takes.',
  },
  {
    format: 'dotprompt',
    file: 'firebase+genkit/js/genkit/tests/prompts/sub/test.prompt',
    codes: ['schema.wrong-value'],
    reason: 'A fixture whose temperature of 12 no model takes.',
  },
  {
    format: 'dotprompt',
    file: 'firebase+genkit/js/genkit/tests/prompts/test.prompt',
    codes: ['schema.wrong-value'],
    reason: 'A fixture whose temperature of 11 no model takes.',
  },
  {
    format: 'dotprompt',
    file: 'firebase+genkit/js/genkit/tests/prompts/test.variant.prompt',
    codes: ['schema.wrong-value'],
    reason: 'A fixture whose temperature of 13 no model takes.',
  },
  {
    format: 'dotprompt',
    file: 'google+dotprompt/examples/autocomplete.prompt',
    codes: ['template.unclosed-tag'],
    reason: 'Tags that stand open on purpose, to try completion in.',
  },
  {
    format: 'dotprompt',
    file: 'google+dotprompt/examples/error-invalid-yaml.prompt',
    codes: ['schema.syntax'],
    reason: 'An example of an error, as its name says.',
  },
  {
    format: 'dotprompt',
    file: 'google+dotprompt/examples/error-multiple-issues.prompt',
    codes: ['template.unclosed-tag'],
    reason: 'An example of an error, as its name says.',
  },
  {
    format: 'dotprompt',
    file: 'google+dotprompt/examples/error-unclosed-block.prompt',
    codes: ['template.unclosed-tag'],
    reason: 'An example of an error, as its name says.',
  },
  {
    format: 'dotprompt',
    file: 'google+dotprompt/examples/error-unmatched-closing-block.prompt',
    codes: ['template.syntax'],
    reason: 'An example of an error, as its name says.',
  },
  {
    format: 'dotprompt',
    file: 'google+dotprompt/examples/valid-blog-generator.prompt',
    codes: ['schema.wrong-value'],
    reason: '`string[]` is no type of Picoschema: the library itself refuses it.',
  },
  {
    format: 'dotprompt',
    file: 'google+dotprompt/examples/valid-comments-and-partials.prompt',
    codes: ['schema.wrong-value'],
    reason: '`string[]` is no type of Picoschema: the library itself refuses it.',
  },
  {
    format: 'dotprompt',
    file: 'google+dotprompt/examples/valid-greeting.prompt',
    codes: ['template.syntax'],
    reason: '`{{#if age >= 18}}` is no Handlebars: the library itself refuses it.',
  },
];
