import { describe, expect, it } from 'vitest';
import { gatherPartials } from '../../ledger/partials.ts';
import { parsePrompt, renderPrompt } from '../../prompts-schema/index.ts';
import type { ReadResult } from '../../workspace/index.ts';

/** Reads from a map of paths as the prompt writes them; what is not there is missing. */
function reader(files: Readonly<Record<string, string>>): (written: string) => Promise<ReadResult> {
  return async (written) => {
    const text = files[written];
    return text === undefined
      ? { ok: false, path: written, reason: 'missing', message: `${written} does not exist.` }
      : { ok: true, path: written, text, mtimeMs: 0, size: text.length };
  };
}

describe('partials of a prompt', () => {
  it('are found beside it or above, those within them too, nearest first', async () => {
    const document = parsePrompt('{{> style}}Hi', 'dotprompt');
    const files = { './_style.prompt': '[{{> tone}}]', '../_style.prompt': 'far', '../_tone.prompt': 'kind' };
    const { partials, texts } = await gatherPartials(document, 'prompts/a.prompt', reader(files));
    expect([...partials].map(([name, { status }]) => [name, status])).toEqual([
      ['style', 'read'],
      ['tone', 'read'],
    ]);
    expect(texts).toEqual({ './_style.prompt': '[{{> tone}}]', '../_tone.prompt': 'kind' });
    expect(renderPrompt(document, {}, partials).messages).toEqual([{ role: 'user', content: '[kind]Hi' }]);
  });

  it('say so when they are nowhere, leave the folder, or are part of themselves', async () => {
    const document = parsePrompt('{{> gone}}{{> "../../secret"}}{{> a}}', 'dotprompt');
    const { partials } = await gatherPartials(document, 'x.prompt', reader({ './_a.prompt': '{{> b}}', './_b.prompt': '{{> a}}' }));
    expect([...partials].map(([name, { status }]) => [name, status])).toEqual([
      ['gone', 'missing'],
      ['../../secret', 'missing'],
      ['a', 'read'],
      ['b', 'read'],
    ]);
    expect(renderPrompt(parsePrompt('{{> a}}', 'dotprompt'), {}, partials).problem?.message).toBe('The partial `a` is part of itself.');
  });
});
