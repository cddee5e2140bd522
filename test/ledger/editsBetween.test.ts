import { describe, expect, it } from 'vitest';
import { editsBetween } from '../../ledger/index.ts';
import { HISTORY_FORMAT, type HistoryEntry, type PromptHistory } from '../../protocol/index.ts';

/**
 * One entry a word, newest first: `c3=B` is commit c3 with fingerprint B, `c3=B<c1,c2` stands on c1 and c2, `c3=B!` changed no fingerprint,
 * `c3=B@1.2.0` has a version.
 */
function history(words: string, head?: string): PromptHistory {
  const entries = words
    .split(' ')
    .filter(Boolean)
    .map((word): HistoryEntry => {
      const [, commit = '', fingerprint = '', mark, version, parents] = /^(\w+)=(\w+)(!)?(?:@([\d.]+))?(?:<([\w,]*))?$/.exec(word) ?? [];
      return {
        commit,
        at: '2026-11-01T00:00:00Z',
        author: 'Ada',
        subject: word,
        path: 'a.prompt.yml',
        fingerprint,
        parts: { messages: '', tools: '', output: '', parameters: '' },
        changed: [],
        edit: mark === undefined,
        ...(version === undefined ? {} : { version }),
        ...(parents === undefined ? {} : { parents: parents.split(',').filter(Boolean) }),
      };
    });
  const fingerprint = head ?? entries[0]?.fingerprint;
  return {
    formatVersion: HISTORY_FORMAT,
    promptId: 'a.prompt.yml',
    shallow: false,
    cut: false,
    entries,
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

describe('edits between what is deployed and the prompt', () => {
  it.each([
    ['c3=C c2=B c1=A', { fingerprint: 'C' }, 'C', 'same'],
    ['c3=C c2=B c1=A', { fingerprint: 'X' }, 'X', 'same'],
    ['', { fingerprint: 'A' }, 'A', 'same'],
    ['c3=C c2=B c1=A', { commit: 'c3' }, 'C', 'same'],
    ['c3=C c2=B c1=A', { fingerprint: 'B' }, 'C', 'behind 1'],
    ['c3=C c2=B c1=A', { fingerprint: 'A' }, 'C', 'behind 2'],
    ['c4=C! c3=C c2=B! c1=A', { fingerprint: 'A' }, 'C', 'behind 1'],
    ['c3=C c2=B c1=A', { fingerprint: 'C' }, 'not committed', 'behind 1'],
    ['c3=C c2=B c1=A', { fingerprint: 'A' }, 'not committed', 'behind 3'],
    ['c3=C c2=B c1=A', { fingerprint: 'C' }, 'A', 'ahead 2'],
    ['c3=C c2=B c1=A', { fingerprint: 'B' }, 'A', 'ahead 1'],
    // A revert: the newest of a fingerprint counts, unless the commit says which.
    ['c3=A c2=B c1=A', { fingerprint: 'B' }, 'A', 'behind 1'],
    ['c4=C c3=A c2=B c1=A', { fingerprint: 'A' }, 'C', 'behind 1'],
    ['c4=C c3=A c2=B c1=A', { fingerprint: 'A', commit: 'c1' }, 'C', 'behind 3'],
    ['c4=C c3=A c2=B c1=A', { fingerprint: 'B', commit: 'c1' }, 'C', 'behind 2'],
    // Another branch, or never committed.
    ['c3=C c2=B c1=A', { fingerprint: 'X' }, 'C', 'differs'],
    ['c3=C c2=B c1=A', { commit: 'x' }, 'C', 'differs'],
    ['', { fingerprint: 'A' }, 'B', 'differs'],
    // Versions alone.
    ['c3=C@1.2.0 c2=B@1.1.0 c1=A@1.0.0', { version: '1.1.0' }, 'C', 'behind 1'],
    ['c3=C@1.2.0 c2=B@1.1.0 c1=A@1.0.0', { version: '7.0.0' }, 'C', 'unknown'],
    ['c3=C c2=B c1=A', {}, 'C', 'unknown'],
    // A merge m of two branches over base b: what one branch does not have counts, whatever its place in the list.
    ['m=M<s2,t1 s2=S2<s1 s1=S1<b t1=T<b b=B', { commit: 't1' }, 'M', 'behind 3'],
    ['m=M<s2,t1 s2=S2<s1 s1=S1<b t1=T<b b=B', { commit: 's1' }, 'M', 'behind 3'],
    ['m=M<t1,s2 t1=T<b s2=S2<s1 s1=S1<b b=B', { commit: 't1' }, 'M', 'behind 3'],
    ['m=M<t1,s2 t1=T<b s2=S2<s1 s1=S1<b b=B', { commit: 'b' }, 'M', 'behind 4'],
    ['t1=T<b s1=S<b b=B', { commit: 's1' }, 'B', 'ahead 1'],
  ])('%s: %j, now %s: %s', (words, deployed, current, expected) => {
    const head = current === 'B' && words.startsWith('t1') ? 'T' : undefined;
    const relation = editsBetween(history(words, head), deployed, { fingerprint: current });
    expect('edits' in relation ? `${relation.kind} ${relation.edits}` : relation.kind).toBe(expected);
  });
});
