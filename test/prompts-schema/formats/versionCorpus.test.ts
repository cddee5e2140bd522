import { describe, expect, it } from 'vitest';
import {
  fingerprintPrompt,
  isPartialFile,
  type PromptDocument,
  parsePromptAt,
  severalPrompts,
  withVersion,
} from '../../../prompts-schema/index.ts';
import { corpusFiles, skippedNote } from '../../support/corpus.ts';

const FORMATS = [
  ['dotprompt', /\.prompt$/],
  ['prompty', /\.prompty$/],
  ['promptfoo', /promptfooconfig[^/]*\.(?:ya?ml|json)$/],
] as const;

const BROKEN = /^schema\.(?:syntax|too-|not-a-prompt)/;

describe.each(FORMATS)('a version is written into real files: %s', (format, ending) => {
  const files = corpusFiles(format, ending).filter(({ file }) => !isPartialFile(file));
  it.skipIf(!files.length)(`and is the only thing that changes${skippedNote(files)}`, () => {
    let written = 0;
    for (const { file, text } of files) {
      // the corpus has files of other names, which the test gives one of the format
      const path = format === 'promptfoo' ? `promptfooconfig${/\.json$/.test(file) ? '.json' : '.yaml'}` : file;
      const names = severalPrompts(path, text)?.prompts.map(({ name }) => `${path}#${name}`) ?? [path];
      for (const promptId of names) {
        const document = parsePromptAt(promptId, text);
        if (isBroken(document)) continue;
        const fresh = withVersion(document, '7.8.9');
        expect(fresh, `${file} ${promptId}`).toBeDefined();
        const read = parsePromptAt(promptId, fresh ?? '');
        expect([read.version?.value, fingerprintPrompt(read).fingerprint], `${file} ${promptId}`).toEqual([
          '7.8.9',
          fingerprintPrompt(document).fingerprint,
        ]);
        expect(codes(read), `${file} ${promptId}`).toEqual(codes(document));
        written++;
      }
    }
    expect(written).toBeGreaterThan(files.length / 2);
  });
});

function isBroken({ issues }: PromptDocument): boolean {
  return issues.some(({ code }) => BROKEN.test(code));
}

function codes({ issues }: PromptDocument): readonly string[] {
  return issues.map(({ code }) => code).sort();
}
