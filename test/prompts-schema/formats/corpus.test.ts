import { Dotprompt } from 'dotprompt';
import { describe, expect, it } from 'vitest';
import { fingerprintPrompt, isPartialFile, type PromptFormat, placeholderNames, renderPrompt } from '../../../prompts-schema/index.ts';
import type { JsonObject } from '../../../safety/index.ts';
import { corpusFiles, skippedNote } from '../../support/corpus.ts';
import { read } from './checkFormat.ts';

/** Codes that say the file is wrong; the others say what a run here does without. */
const WRONG = /^(?:template\.(?:syntax|unclosed-tag)|schema\.(?:syntax|wrong-type|wrong-value|not-a-prompt|too-))/;

/** Files that are wrong, and how. */
const NEGATIVE: Readonly<Record<string, readonly string[]>> = {
  'firebase+genkit/js/genkit/tests/prompts/kitchensink.prompt': ['5 schema.wrong-value'],
  'firebase+genkit/js/genkit/tests/prompts/sub/test.prompt': ['3 schema.wrong-value'],
  'firebase+genkit/js/genkit/tests/prompts/test.prompt': ['3 schema.wrong-value'],
  'firebase+genkit/js/genkit/tests/prompts/test.variant.prompt': ['4 schema.wrong-value'],
  'google+dotprompt/examples/autocomplete.prompt': ['22 template.unclosed-tag', '25 template.unclosed-tag', '28 template.unclosed-tag'],
  'google+dotprompt/examples/error-invalid-yaml.prompt': ['7 schema.syntax'],
  'google+dotprompt/examples/error-multiple-issues.prompt': ['26 template.unclosed-tag'],
  'google+dotprompt/examples/error-unclosed-block.prompt': ['11 template.unclosed-tag'],
  'google+dotprompt/examples/error-unmatched-closing-block.prompt': ['24 template.syntax'],
  'google+dotprompt/examples/valid-blog-generator.prompt': ['12 schema.wrong-value'],
  'google+dotprompt/examples/valid-comments-and-partials.prompt': ['8 schema.wrong-value'],
  'google+dotprompt/examples/valid-greeting.prompt': ['17 template.syntax', '19 template.syntax', '21 template.syntax'],
  'microsoft+prompty/runtime/promptycs/Prompty.Core.Tests/prompty/fake.prompty': ['17 schema.wrong-value'],
};

/** Files that are right and cannot be rendered here, and what says so. */
const NOT_RENDERED: Readonly<Record<string, RegExp>> = {
  'firebase+genkit/js/testapps/prompt-file/prompts/recipe.prompt': /`list` is not known/,
  'firebase+genkit/js/testapps/prompt-file/prompts/story.prompt': /partial `style`/,
  'google+dotprompt/examples/partials.prompt': /partial `(?:listItem|footer)`/,
  'google+dotprompt/examples/partials/circular-partial-a.prompt': /partial `circular-partial-b`/,
  'google+dotprompt/examples/partials/circular-partial-b.prompt': /partial `circular-partial-a`/,
  'google+dotprompt/examples/valid-comments-and-partials.prompt': /partial `header`/,
  'microsoft+prompty/runtime/promptycs/Prompty.Core.Tests/prompty/faithfulness.prompty': /`extends` is not supported/,
  'microsoft+prompty/runtime/promptyjs/tests/prompts/faithfulness.prompty': /`extends` is not supported/,
};

function valuesFor(names: readonly string[], sample: JsonObject = {}): JsonObject {
  return { ...Object.fromEntries(names.map((name) => [name, 'value'])), ...sample };
}

function suite(format: PromptFormat, ending: RegExp): void {
  const files = corpusFiles(format, ending);
  describe.skipIf(!files.length)(`real files: ${format}${skippedNote(files)}`, () => {
    it.each(files)('$file', ({ file, text }) => {
      const document = read(text, format);
      const { issues, lines } = document;
      const wrong = issues.filter(({ code }) => WRONG.test(code)).map(({ code, range }) => `${lines.lineNumber(range.start)} ${code}`);
      expect(wrong).toEqual(NEGATIVE[file] ?? []);
      expect(fingerprintPrompt(document).fingerprint).toMatch(/^ek1:[0-9a-f]{64}$/);
      const cases = document.testData ?? [];
      for (const variables of [
        valuesFor(placeholderNames(document)),
        ...cases.map((row) => valuesFor(placeholderNames(document), row.variables)),
      ]) {
        const { messages, problem, tooLarge } = renderPrompt(document, variables);
        expect(tooLarge).toBe(false);
        if (NOT_RENDERED[file]) expect(problem?.message).toMatch(NOT_RENDERED[file]);
        else if (problem)
          expect(
            issues.some(({ range }) => range === problem.range),
            problem.message,
          ).toBe(true);
        else expect(messages.every(({ content }) => !/\{\{|\{%/.test(content) || text.includes('{% raw %}'))).toBe(true);
      }
    });
  });
}

suite('dotprompt', /\.prompt$/);
suite('prompty', /\.prompty$/);

const dotprompts = corpusFiles('dotprompt', /\.prompt$/).filter(({ file }) => !isPartialFile(file));

describe.skipIf(!dotprompts.length)(`Dotprompt itself${skippedNote(dotprompts)}`, () => {
  it('sends the same messages for every real file that both can render', async () => {
    let compared = 0;
    for (const { file, text } of dotprompts) {
      const document = read(text, 'dotprompt');
      // the released package knows no lines above the settings, wants a line end behind them, and reads no defaults of the file
      const source = text.replace(/^(?:[ \t]*(?:#.*)?\n)*(?=---)/, '').replace(/---$/, '---\n');
      const variables = { ...document.defaults, ...valuesFor(placeholderNames(document)) };
      const ours = renderPrompt(document, variables);
      const theirs = await new Dotprompt()
        .compile(source)
        .then((render) => render({ input: variables }))
        .catch(() => undefined);
      // of settings that are no YAML Dotprompt makes a message; here the template is read and the settings are an error
      if (!theirs || ours.problem || document.issues.some(({ code }) => code === 'schema.syntax')) continue;
      compared++;
      const expected = theirs.messages
        .map(({ role, content }) => ({
          role: role === 'model' ? 'assistant' : role,
          content: content.map((part) => ('text' in part ? part.text : '')).join(''),
        }))
        .filter(({ content }) => content !== '');
      expect({ file, messages: ours.messages }).toEqual({ file, messages: expected });
    }
    console.log(`${compared} of ${dotprompts.length} files compared with Dotprompt's own messages`);
    expect(compared).toBeGreaterThan(20);
  });
});
