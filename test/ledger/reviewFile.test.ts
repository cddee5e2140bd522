import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReviewLedger, type ReviewRecord } from '../../ledger/index.ts';
import type { ReviewState } from '../../protocol/index.ts';
import { inMemoryWorkspace } from '../support/inMemoryWorkspace.ts';
import { MODEL, PROMPT, REVIEWS } from './comparisonOf.ts';

const record = (id: string, more: Partial<ReviewRecord> = {}): ReviewRecord => ({
  formatVersion: 1,
  id,
  at: '2026-11-22T10:00:00.000Z',
  by: 'Ada',
  action: 'accept',
  caseId: 'a',
  change: 'c',
  label: 'drifted',
  line: 'x → y',
  model: MODEL,
  comparison: 'one',
  ...more,
});

const lines = (...records: readonly (ReviewRecord | string)[]): string =>
  records.map((one) => `${typeof one === 'string' ? one : JSON.stringify(one)}\n`).join('');

async function stateIn(text: string, comparison = 'one'): Promise<ReviewState> {
  const workspace = inMemoryWorkspace({ [REVIEWS]: text });
  const reviews = createReviewLedger(workspace, { by: () => 'Ada', now: () => new Date(0) });
  return (await reviews.lookup(PROMPT))({ caseId: 'a', change: 'c', model: MODEL, comparison });
}

describe('where a review stands', () => {
  const later = { at: '2026-11-22T11:00:00.000Z' };
  it.each<[string, string, Partial<ReviewState>]>([
    ['nothing said', '', { state: 'pending' }],
    ['accepted', lines(record('1')), { state: 'accepted', by: 'Ada', at: '2026-11-22T10:00:00.000Z' }],
    ['rejected later', lines(record('1'), record('2', { ...later, action: 'reject', reason: 'no' })), { state: 'rejected', reason: 'no' }],
    ['rejected earlier, written later', lines(record('1', later), record('2', { action: 'reject', reason: 'no' })), { state: 'accepted' }],
    ['two at a time: by id', lines(record('2', { action: 'knownNoise' }), record('1')), { state: 'knownNoise' }],
    [
      'another time zone',
      lines(record('1', { at: '2026-11-22T12:30:00+02:00', action: 'knownNoise' }), record('2')),
      { state: 'knownNoise' },
    ],
    ['taken back', lines(record('1'), record('2', { ...later, action: 'undo', undoes: '1' })), { state: 'pending' }],
    [
      'taken back to what was said before',
      lines(record('0', { action: 'knownNoise' }), record('1'), record('2', { ...later, action: 'undo', undoes: '1' })),
      { state: 'knownNoise' },
    ],
    ['another change', lines(record('1', { change: 'other' })), { state: 'pending' }],
    ['another model', lines(record('1', { model: 'other' })), { state: 'pending' }],
    [
      'another comparison of the same change',
      lines(record('1', { comparison: 'two', action: 'reject', reason: 'no' })),
      { state: 'rejected', carried: true, reason: 'no' },
    ],
    ['an unreadable line beside it', lines('<<<<<<< HEAD', record('1'), '{"formatVersion":1}', '[1'), { state: 'accepted' }],
    ['a newer line beside it', lines(record('1'), '{"formatVersion":2,"id":"2","action":"veto"}'), { state: 'accepted' }],
    ['no line feed at the end', lines(record('1')).trimEnd(), { state: 'accepted' }],
    ['line ends of Windows', lines(record('1')).replaceAll('\n', '\r\n'), { state: 'accepted' }],
  ])('%s', async (_, text, state) => {
    expect(await stateIn(text)).toMatchObject(state);
  });

  it('does not depend on the order or the number of lines: merges are unions', async () => {
    const anyRecord = fc.record({
      id: fc.constantFrom('1', '2', '3', '4', '5'),
      at: fc.constantFrom('2026-11-22T10:00:00.000Z', '2026-11-22T11:00:00.000Z'),
      action: fc.constantFrom('accept', 'reject', 'knownNoise', 'undo') as fc.Arbitrary<ReviewRecord['action']>,
      undoes: fc.constantFrom('1', '2', '3', '4', '5'),
    });
    const mixed = fc
      .array(anyRecord, { maxLength: 8 })
      .chain((records) =>
        fc.tuple(
          fc.constant(records),
          fc.shuffledSubarray([...records, ...records], { minLength: records.length * 2, maxLength: records.length * 2 }),
        ),
      );
    await fc.assert(
      fc.asyncProperty(mixed, async ([records, shuffled]) => {
        const text = (list: typeof records): string => lines(...list.map(({ id, ...more }) => record(id, more)));
        expect(await stateIn(text(shuffled))).toEqual(await stateIn(text(records)));
      }),
    );
  });
});
