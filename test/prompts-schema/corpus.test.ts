import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprintPrompt, parsePrompt, placeholderNames, renderPrompt, toJson } from '../../prompts-schema/index.ts';
import { promptFileSchema } from '../../prompts-schema/schemas/promptFile.ts';

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus/github-models');

/** Files that a rule of the format rejects: path, code, line, and the rule. */
const NEGATIVE: readonly { readonly file: string; readonly code: string; readonly line: number; readonly rule: string }[] = [
  {
    file: 'actions+ai-inference/__fixtures__/prompts/invalid-role.prompt.yml',
    code: 'schema.wrong-value',
    line: 2,
    rule: 'messages[] {role: system|user|assistant, content: string}',
  },
];

const files = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.ya?ml$/.test(file))
      .sort()
  : [];

describe.skipIf(!files.length)(
  `real files of the GitHub Models format${files.length ? '' : ' (skipped: no corpus beside the repository)'}`,
  () => {
    it.each(files)('%s', (file) => {
      const text = readFileSync(path.join(corpus, file), 'utf8');
      const document = parsePrompt(text);
      const negative = NEGATIVE.find((entry) => entry.file === file);
      expect(document.issues.map(({ code, range }) => [code, document.lines.lineNumber(range.start)])).toEqual(
        negative ? [[negative.code, negative.line]] : [],
      );
      if (negative) return;
      expect(document.messages.length).toBeGreaterThan(0);
      for (const { content, placeholders } of document.messages) {
        for (const { range, inContent, name } of placeholders) {
          expect(text.slice(range.start, range.end)).toBe(`{{${name}}}`);
          expect(content.value.slice(inContent.start, inContent.end)).toBe(`{{${name}}}`);
        }
      }
      const filled = Object.fromEntries(placeholderNames(document).map((name) => [name, 'value']));
      expect(renderPrompt(document, filled)).toMatchObject({ missing: [], tooLarge: false });
      expect(fingerprintPrompt(document).fingerprint).toMatch(/^ek1:[0-9a-f]{64}$/);
    });

    it.each(files)('the schema for editors takes what the reader takes: %s', (file) => {
      const { tree } = parsePrompt(readFileSync(path.join(corpus, file), 'utf8'));
      const accepted = promptFileSchema.safeParse(tree && toJson(tree)).success;
      expect(accepted).toBe(!NEGATIVE.some((entry) => entry.file === file));
    });
  },
);
