import { encodeLock, fingerprintOf, type PromptFacts, parseLock, parsePrompt, type Release } from '../../../prompts-schema/index.ts';
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
  'release.lock-edited': (draft, random) => lockText(draft, (text) => text.replace('passed: 41', `passed: ${pick(random, [42, 48, 50])}`)),
  'release.lock-conflict': (draft, random) => {
    const other = pick(random, ['openai/gpt-6-sol', 'openai/gpt-6.1-sol']);
    return lockText(draft, (ours) => `<<<<<<< HEAD\n${ours}=======\n${ours.replaceAll(modelOf(draft), other)}>>>>>>> ${other}\n`);
  },
  'release.lock-unreadable': (draft, random) =>
    lockText(draft, (text) =>
      text.replace(/^releases:.*$/m, pick(random, ['releases: [', 'releases: 1', 'release:', 'formatVersion: 99'])),
    ),
};

/** The lock file of the version as it is, tested with its model, then changed as a text. */
function lockText(draft: Draft, change: (text: string) => string): boolean {
  const version = draft.prompt['version'];
  if (typeof version !== 'string') return false;
  draft.facts = (facts: PromptFacts, text) => {
    const release = releaseOf(version, { ...fingerprintOf(parsePrompt(text), facts), tested: [testedWith(modelOf(draft))] });
    return {
      lock: { status: 'read', path: `${PROMPT_PATH}.lock`, value: parseLock(change(encodeLock({ releases: [release] }))) },
    };
  };
  return true;
}

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
