import { signal } from '@preact/signals';
import type { DriftRow } from '../../protocol/index.ts';

/** What a screen reader is told: one message an action, although the host may answer it with several. */
export function spokenWords() {
  const words = signal('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let first = false;
  const soon = (text: string): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      first = false;
      words.value = text;
    }, GATHER_MS);
  };
  return {
    words,
    say: (text: string): void => {
      if (!first) soon(text);
    },
    /** The host's own sentence: nothing that comes with it is said instead. */
    sayFirst: (text: string): void => {
      first = true;
      soon(text);
    },
  };
}

/** What the host answers to one action comes within this time. */
const GATHER_MS = 60;

/** `t-011 accepted`, `4 cases accepted`: what new rows say of reviews; undefined where they say nothing new. */
export function reviewNews(rows: readonly DriftRow[], known: ReadonlyMap<string, DriftRow>): string | undefined {
  const changed = rows.filter(({ caseId, review }) => {
    const before = known.get(caseId);
    return before !== undefined && before.review.state !== review.state;
  });
  const [one] = changed;
  if (!one) return undefined;
  const alike = changed.every(({ review }) => review.state === one.review.state);
  const who = changed.length === 1 ? one.caseId : `${changed.length} cases`;
  return `${who} ${alike ? REVIEW_WORDS[one.review.state] : 'changed'}`;
}

/** Where a review stands, in words. */
export const REVIEW_WORDS: Readonly<Record<DriftRow['review']['state'], string>> = {
  pending: 'to review',
  accepted: 'accepted',
  rejected: 'rejected',
  knownNoise: 'known noise',
};
