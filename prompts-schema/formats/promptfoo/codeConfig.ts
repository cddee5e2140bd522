import { LineIndex } from '../../text/lineIndex.ts';
import type { SeveralPrompts } from '../severalPrompts.ts';
import { parsePromptfoo } from './parsePromptfoo.ts';

/** A configuration that is code: what it would say is not known, for nothing of a repository is executed here. */
export function readCodeConfig(text: string): SeveralPrompts {
  const { whole } = parsePromptfoo('', new Map());
  const lineEnd = text.indexOf('\n');
  const range = { start: 0, end: lineEnd < 0 ? text.length : lineEnd };
  const message =
    'A configuration of promptfoo that is code is not read, for nothing of a repository is executed here. Write it as promptfooconfig.yaml to lint and run it.';
  return {
    whole: { ...whole, text, lines: new LineIndex(text), issues: [{ code: 'schema.unsupported-value', message, range }] },
    prompts: [],
  };
}
