import { fingerprintOf, type PromptFacts, parsePrompt, type Release } from '../../../prompts-schema/index.ts';
import { releaseOf, testedWith } from '../../support/releases.ts';
import { pick } from './cleanDraft.ts';
import { type Draft, PROMPT_PATH } from './draft.ts';
import type { Mutation } from './mutation.ts';

/** Prompts whose lock file tells something else than the file. */
export const releaseMutations: Readonly<Record<string, Mutation>> = {
  'release.changed-without-bump': (draft) => locked(draft, (version) => [releaseOf(version, { tested: [testedWith(modelOf(draft))] })]),
  'release.untested': (draft) => locked(draft, (version, own) => [releaseOf(version, { ...own, tested: [] })]),
  'release.model-untested': (draft, random) =>
    locked(draft, (version, own) => [
      releaseOf(version, { ...own, tested: [testedWith(pick(random, ['openai/gpt-6-sol', 'openai/gpt-6.1-sol']))] }),
    ]),
  'release.invalid-version': (draft, random) => {
    draft.prompt['version'] = pick(random, ['one', '1.x', 'v2']);
    return locked(draft, () => [releaseOf('0.9.0')]);
  },
};

function locked(draft: Draft, releases: (version: string, own: ReturnType<typeof fingerprintOf>) => readonly Release[]): boolean {
  const version = draft.prompt['version'];
  if (typeof version !== 'string') return false;
  draft.facts = (facts: PromptFacts, text) => {
    const own = fingerprintOf(parsePrompt(text), facts);
    return {
      lock: {
        status: 'read',
        path: `${PROMPT_PATH}.lock`,
        value: { status: 'read', lock: { releases: releases(version, own) }, unsealed: [] },
      },
    };
  };
  return true;
}

function modelOf({ prompt }: Draft): string {
  return prompt.model ?? 'sandbox/extractor-2026-05';
}
