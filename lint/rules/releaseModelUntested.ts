import { releaseRange } from '../releases/releaseInUse.ts';
import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';

/** The release was tested, with other models. */
export const releaseModelUntested: Rule = {
  code: 'release.model-untested',
  title: 'a model that a release was never tested with',
  severity: 'info',
  explain: explained(
    'The lock file has a release of this version, tested with other models than the one that the prompt is sent to. The model is no part of a release, so that changing it needs no new version; but what was tested is not what runs. Review the new model against the baseline, and accept.',
    `version: 1.1.0
model: openai/gpt-6-luna # tested with another one
messages:
  - role: user
    content: Say hello.`,
    `version: 1.1.0
model: anthropic/claude-haiku-4-5-20251001
messages:
  - role: user
    content: Say hello.`,
  ),
  check: ({ document, facts, release }) => {
    const inUse = release();
    const model = document.model?.value ?? facts.defaultModel;
    if (!inUse?.current?.tested.length || inUse.changed.length || model === undefined) return [];
    const tested = inUse.current.tested.map((test) => test.model);
    if (tested.includes(model)) return [];
    return [
      {
        range: document.model?.range ?? releaseRange(document),
        message: `${inUse.current.version} was never tested with ${model}, but with ${tested.join(', ')}. Review ${model} against the baseline, or evaluate and release again as written.`,
        data: { version: inUse.current.version, model, tested },
      },
    ];
  },
};
