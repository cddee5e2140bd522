import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { gatherFacts } from '../../ledger/index.ts';
import { type Finding, lintPrompt } from '../../lint/index.ts';
import { DEFAULT_CONFIG, type PromptFormat, parsePrompt, promptFormatOf } from '../../prompts-schema/index.ts';
import { UNTRUSTED } from '../../safety/index.ts';
import { openWorkspace } from '../../workspace/index.ts';
import { CORPUS } from './checkRules.ts';

const ROOT = path.dirname(CORPUS);
const isThere = existsSync(ROOT);

/** Folders of real files, with the least number of files that must be in them to say something. */
const FAMILIES: readonly (readonly [folder: string, least: number])[] = [
  ['github-models', 35],
  ['prompty', 90],
  ['dotprompt', 40],
];

/** What a model's age brings is counted apart: most of these files name models that are gone. */
const LIFECYCLE = /^model\.(?:deprecated|retired|rerouted|rolling-alias|missing)$/;

/** Rules that look at meaning and not at form. What they call an error in a file that works is a false finding. */
const OF_MEANING =
  /^(?:output|decision|delivery|security|lint)\.|^evaluator\.(?:none|unsafe-regex|path-not|judge|never)|^dataset\.(?:too-small|duplicate-case|few-shot)|^model\.(?:dropped|context|max-tokens)|^template\.(?:empty|role)/;

interface Counted {
  readonly file: string;
  readonly findings: readonly Finding[];
}

describe.skipIf(!isThere)('real files of others (skipped without ../shared/corpus)', () => {
  it.each(FAMILIES)('%s: at most two findings in the middle file, and no error of a rule about meaning', async (folder, least) => {
    const counted = await lintAll(path.join(ROOT, folder));
    expect(counted.length).toBeGreaterThanOrEqual(least);
    const counts = counted.map(({ findings }) => findings.length).sort((a, b) => a - b);
    expect(counts[counts.length >> 1]).toBeLessThanOrEqual(2);
    const errors = counted.flatMap(({ file, findings }) =>
      findings
        .filter(({ code, severity }) => severity === 'error' && OF_MEANING.test(code))
        .map(({ code, message }) => `${file} ${code} ${message}`),
    );
    expect(errors).toEqual([]);
  });

  it('what rules about meaning say of GitHub’s files is right, and this is all', async () => {
    const said = (await lintAll(CORPUS)).flatMap(({ file, findings }) =>
      findings.filter(({ code }) => OF_MEANING.test(code)).map(({ code }) => `${path.basename(file)} ${code}`),
    );
    expect(said).toEqual([
      'ai-slop.prompt.yml model.dropped-parameter',
      'bug-review.prompt.yml model.dropped-parameter',
      'spam-detection.prompt.yml model.dropped-parameter',
      'spam-detection.prompt.yml evaluator.none',
      'well-formed.prompt.yml model.dropped-parameter',
      // strict, and `characteristics` is not required: OpenAI refuses that schema
      'json_schema_prompt.yml output.not-strict',
    ]);
  });
});

async function lintAll(folder: string): Promise<readonly Counted[]> {
  const workspace = openWorkspace({ root: folder, capabilities: UNTRUSTED });
  const counted: Counted[] = [];
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const format: PromptFormat | undefined = folder === CORPUS && /\.ya?ml$/.test(file) ? 'native' : promptFormatOf(file);
    if (!format) continue;
    const document = parsePrompt(readFileSync(path.join(folder, file), 'utf8'), format);
    const facts = await gatherFacts(workspace, document, file, { config: DEFAULT_CONFIG, today: '2026-11-22' });
    counted.push({ file, findings: lintPrompt(document, facts).filter(({ code }) => !LIFECYCLE.test(code)) });
  }
  return counted;
}
