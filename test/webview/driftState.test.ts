import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChangeGroup, DriftRow, FromDrift, Segment, ToDrift } from '../../protocol/index.ts';
import {
  acceptGroup,
  acceptRest,
  commandOf,
  completeGroups,
  DRIFT_KEYS,
  type DriftPanelState,
  DriftStore,
  driftEntries,
  move,
  nextPending,
  nextStop,
  otherSample,
  reject,
  review,
  reviewNews,
  skip,
  textBlocks,
  type VsCodeApi,
} from '../../webview/index.ts';
import { comparison, DRIFT_ROWS, driftInit, driftRow, GROUPS, SUMMARY } from './sampleDrift.ts';

const rowsById = (rows: readonly DriftRow[]): ReadonlyMap<string, DriftRow> => new Map(rows.map((row) => [row.caseId, row]));
const ROWS = rowsById(DRIFT_ROWS);
const group = (id: string, caseIds: string[], folded = false): ChangeGroup => ({ id, severity: 'bad', title: id, caseIds, folded });

describe('the list', () => {
  const shown = (toggled: readonly string[] = []): readonly string[] =>
    driftEntries(GROUPS, ROWS, new Set(toggled)).map((entry) =>
      entry.kind === 'case' ? entry.row.caseId : `${entry.open ? 'v' : '>'} ${entry.group.title} ${entry.pending}`,
    );

  it('holds groups as they came, folded ones without their cases', () => {
    expect(shown().slice(0, 4)).toEqual(['v Broken 0', 't-017', 'v billing → refunds 4', 't-003']);
    expect(shown().slice(-2)).toEqual(['> Within noise 0', '> Equivalent, same 0']);
  });

  it('opens and closes groups', () => {
    const list = shown(['g-noise', 'g-team']);
    expect(list).toContain('> billing → refunds 4');
    expect(list).not.toContain('t-011');
    expect(list.slice(list.indexOf('v Within noise 0'))).toEqual(['v Within noise 0', 't-060', 't-061', '> Equivalent, same 0']);
  });

  it('stops at cases and at closed groups', () => {
    const entries = driftEntries(GROUPS, ROWS, new Set(['g-team']));
    const stops: string[] = [];
    for (let at = 0; at < entries.length; at++) {
      const stop = nextStop(entries, at, 1);
      if (stop && !stops.includes(stop.key)) stops.push(stop.key);
    }
    expect(stops.slice(0, 3)).toEqual(['case t-017', 'group g-team', 'case t-008']);
    expect(nextStop(entries, 2, -1)?.key).toBe('group g-team');
    expect(nextStop(entries, 0, -1)).toBeUndefined();
    expect(nextStop([], 0, 1)).toBeUndefined();
  });

  it('shows every case once, also one that two groups name or none', () => {
    const rows = rowsById(['a', 'b', 'c', '__proto__'].map((id) => driftRow(id)));
    const groups = completeGroups([group('x', ['a', 'b', 'gone']), group('y', ['b'])], rows);
    expect(groups.map(({ title, caseIds }) => [title, ...caseIds])).toEqual([
      ['x', 'a', 'b', 'gone'],
      ['y'],
      ['Other cases', 'c', '__proto__'],
    ]);
    const entries = driftEntries(groups, rows, new Set());
    expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
  });

  it.each<readonly [after: string | undefined, sent: readonly string[], next: string | undefined]>([
    [undefined, [], 't-003'],
    ['t-011', [], 't-024'],
    ['t-011', ['t-024', 't-039'], 't-008'],
    ['t-052', [], 't-003'],
    ['t-060', [], 't-003'],
    ['nobody', [], 't-003'],
  ])('after %s, without %j, comes %s', (after, sent, next) => {
    expect(nextPending(GROUPS, ROWS, after, new Set(sent))).toBe(next);
  });

  it('has no next case where none waits', () => {
    const row = driftRow('a', { review: { state: 'accepted' } });
    expect(nextPending([group('x', ['a', 'n'])], rowsById([row, driftRow('n', { label: 'noise' })]), undefined)).toBeUndefined();
    expect(nextPending([group('x', ['a'])], rowsById([driftRow('a')]), 'a')).toBeUndefined();
  });
});

describe('keys', () => {
  const key = (name: string, more: Partial<KeyboardEvent> = {}) =>
    commandOf({ key: name, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...more }, false);
  const of = (name: string) => DRIFT_KEYS.find(({ keys }) => Object.hasOwn(keys, name))?.keys[name];

  it('are each in one line of the sheet', () => {
    const names = DRIFT_KEYS.flatMap(({ keys }) => Object.keys(keys));
    expect(new Set(names).size).toBe(names.length);
    expect([...names].sort()).toEqual([...'?ADGR[]adgjknorstuw{}'].sort());
  });

  it('are told by Shift, not by Caps Lock', () => {
    expect(key('A')).toBe(of('a'));
    expect(key('a', { shiftKey: true })).toBe(of('A'));
    expect(key('A', { shiftKey: true })).toBe(of('A'));
  });

  it('leave the editor its own, and know the key that types brackets', () => {
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey'] as const) expect(key('a', { [modifier]: true })).toBeUndefined();
    expect(key('[', { ctrlKey: true })).toBeUndefined();
    expect(key('[', { altKey: true })).toBe(of('['));
    const typed = { key: '[', shiftKey: false, ctrlKey: true, metaKey: false, altKey: true, repeat: false };
    expect(commandOf(typed, true)).toBe(of('['));
    for (const name of ['x', 'Enter', 'constructor', '__proto__', '']) expect(key(name)).toBeUndefined();
  });

  it('repeat only where nothing is decided', () => {
    const repeating = DRIFT_KEYS.flatMap(({ keys }) => Object.keys(keys)).filter((name) =>
      key(name, { repeat: true, shiftKey: /[A-Z]/.test(name) }),
    );
    expect(repeating.sort()).toEqual([...'jk[]{}'].sort());
  });
});

describe('what is said of reviews', () => {
  const accepted = { review: { state: 'accepted' } } as const;
  it.each<readonly [rows: readonly DriftRow[], words: string | undefined]>([
    [[driftRow('t-011', accepted)], 't-011 accepted'],
    [[driftRow('t-011')], undefined],
    [[driftRow('new', accepted)], undefined],
    [[driftRow('t-011', accepted), driftRow('t-024', accepted)], '2 cases accepted'],
    [[driftRow('t-011', accepted), driftRow('t-024', { review: { state: 'knownNoise' } })], '2 cases changed'],
    [[driftRow('t-030')], 't-030 to review'],
    [[], undefined],
  ])('%#', (rows, words) => expect(reviewNews(rows, ROWS)).toBe(words));
});

describe('blocks of a long text', () => {
  it('end at lines, and a line without end is cut', () => {
    const lengths = (text: string) => textBlocks([{ text }], 10, 20).map((block) => block.map((part) => part.text).join(''));
    expect(lengths('one\ntwo\nthree\nfour\nfive\n')).toEqual(['one\ntwo\nthree\n', 'four\nfive\n']);
    expect(lengths('x'.repeat(45))).toEqual(['x'.repeat(20), 'x'.repeat(20), 'x'.repeat(5)]);
    expect(lengths('\u{1F600}'.repeat(20).slice(1)).every((part) => part.length <= 21)).toBe(true);
    expect(lengths('')).toEqual([]);
  });

  it('give the text and its marks back, none too long, no pair of surrogates torn', () => {
    const mark = fc.constantFrom(undefined, 'changed', 'moved', 'space' as const);
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r\n', '\u{1F600}', 'é', '\u2028'), maxLength: 60 });
    const segments = fc.array(fc.record({ text, mark }), { maxLength: 12 });
    fc.assert(
      fc.property(segments, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 30 }), (parts, wanted, more) => {
        const longest = wanted + more;
        const blocks = textBlocks(parts as Segment[], wanted, longest);
        const marked = (list: readonly Segment[]) => list.flatMap((part) => [...part.text].map((unit) => `${unit} ${part.mark}`));
        expect(blocks.flatMap((block) => marked(block))).toEqual(marked(parts as Segment[]));
        for (const block of blocks) {
          const joined = block.map((part) => part.text).join('');
          expect(joined.length).toBeGreaterThan(0);
          expect(joined.length).toBeLessThanOrEqual(longest + 1);
        }
      }),
    );
  });
});

describe('the store', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => vi.useRealTimers());

  function start(kept: Partial<DriftPanelState> = {}) {
    const sent: FromDrift[] = [];
    let listener: (message: unknown) => void = () => undefined;
    let saved: DriftPanelState = { uri: 'file:///p', toggled: [], samples: {}, scroll: 0, ...kept };
    const api: VsCodeApi<DriftPanelState, FromDrift> = {
      post: (intent) => sent.push(intent),
      state: saved,
      save: (next) => {
        saved = next;
      },
      onMessage: (heard) => {
        listener = heard;
      },
    };
    const store = new DriftStore(api);
    const tell = (...messages: readonly ToDrift[]): void => {
      for (const message of messages) listener(message);
    };
    const rows = (...changed: readonly DriftRow[]): ToDrift => ({
      type: 'rows',
      rows: changed.map((row) => ({ at: 0, row })),
      total: DRIFT_ROWS.length,
    });
    return { store, sent, tell, rows, hostile: (message: unknown) => listener(message), saved: () => saved };
  }
  const selected = (store: DriftStore): string | undefined => store.cursor.value?.id;
  const accepted = (caseId: string): DriftRow => driftRow(caseId, { review: { state: 'accepted' } });

  it('selects the first case that waits and asks for it once', () => {
    const { store, sent, tell } = start();
    tell(driftInit());
    expect(selected(store)).toBe('t-003');
    expect(sent).toEqual([{ type: 'ready' }, { type: 'case', request: 1, caseId: 't-003' }]);
  });

  it('stays at a case that was dealt with in another window, and forgets one that is gone', () => {
    const { store, tell } = start({ cursor: { kind: 'case', id: 't-017' } });
    tell(driftInit());
    expect(selected(store)).toBe('t-017');
    tell(driftInit({ groups: [group('x', ['t-011'])], rows: [driftRow('t-011')], total: 1 }));
    expect(selected(store)).toBe('t-011');
    tell(driftInit({ groups: [], rows: [], total: 0 }));
    expect(store.cursor.value).toBeUndefined();
  });

  it('goes on at once but changes no row before the host does', () => {
    const { store, sent, tell, rows } = start();
    tell(driftInit());
    review(store, 'accept');
    review(store, 'knownNoise');
    expect(selected(store)).toBe('t-024');
    expect(store.pending.value).toHaveLength(9);
    expect(sent.filter(({ type }) => type === 'review')).toEqual([
      { type: 'review', action: 'accept', scope: { kind: 'cases', ids: ['t-003'] } },
      { type: 'review', action: 'knownNoise', scope: { kind: 'cases', ids: ['t-011'] } },
    ]);
    tell(rows(accepted('t-003')));
    expect(store.pending.value).toHaveLength(8);
  });

  it('comes back at the end to what the host did not take', () => {
    const { store, tell, rows } = start();
    const few = ['a', 'b'].map((id) => driftRow(id));
    tell(driftInit({ groups: [group('x', ['a', 'b'])], rows: few, total: 2 }));
    review(store, 'accept');
    review(store, 'accept');
    expect(selected(store)).toBe('a');
    tell(rows(accepted('b')));
    skip(store);
    expect(selected(store)).toBe('a');
  });

  it('says why nothing is done', async () => {
    const { store, sent, tell } = start({ cursor: { kind: 'case', id: 't-060' } });
    tell(driftInit());
    const said = (): string => {
      vi.advanceTimersByTime(100);
      return store.spoken.value;
    };
    review(store, 'accept');
    expect(said()).toContain('t-060 differs no more');
    acceptGroup(store);
    expect(said()).toBe('No case of this group waits for review.');
    tell(driftInit({ summary: { ...SUMMARY, canAccept: false } }));
    store.select({ kind: 'case', id: 't-011' });
    review(store, 'knownNoise');
    expect(said()).toContain('belong to no prompt file');
    expect(reject(store, 't-011', ' \n ')).toBe(false);
    expect(sent.some(({ type }) => type === 'review')).toBe(false);
  });

  it('accepts a group by its id, one that the panel made by its cases', () => {
    const { store, sent, tell } = start({ cursor: { kind: 'group', id: 'g-team' } });
    tell(driftInit());
    acceptGroup(store);
    expect(sent.at(-2)).toEqual({ type: 'review', action: 'accept', scope: { kind: 'group', id: 'g-team' } });
    expect(selected(store)).toBe('t-008');
    tell(driftInit({ groups: [] }));
    acceptGroup(store);
    const last = sent.findLast(({ type }) => type === 'review');
    expect(last).toMatchObject({ scope: { kind: 'cases' } });
    acceptRest(store);
    expect(sent.at(-1)).toEqual({ type: 'review', action: 'accept', scope: { kind: 'remaining' } });
  });

  it('opens a closed group when only its cases wait', () => {
    const { store, tell } = start({ toggled: ['g'], comparison: 'c-1' });
    tell(driftInit({ groups: [group('g', ['a'])], rows: [driftRow('a')], total: 1 }));
    expect(selected(store)).toBe('a');
    expect(store.entries.value.map(({ key }) => key)).toEqual(['group g', 'case a']);
  });

  it('keeps what was selected while the host has no comparison to show yet', () => {
    const { store, sent, tell } = start({ cursor: { kind: 'case', id: 't-024' }, comparison: 'c-1', toggled: ['g-noise'] });
    tell(driftInit({ summary: undefined, groups: [], rows: [], total: 0 }));
    expect(sent).toEqual([{ type: 'ready' }]);
    tell(driftInit());
    expect(selected(store)).toBe('t-024');
    expect(store.toggled.value.has('g-noise')).toBe(true);
    expect(sent.at(-1)).toEqual({ type: 'case', request: 1, caseId: 't-024' });
  });

  it('goes to a case that was chosen elsewhere, into a folded group too', () => {
    const { store, tell } = start();
    tell(driftInit(), { type: 'select', caseId: 't-061' });
    expect(selected(store)).toBe('t-061');
    expect(store.selectedIndex()).toBeGreaterThan(0);
    tell({ type: 'select', caseId: 'nobody' });
    expect(selected(store)).toBe('t-061');
  });

  it('asks for the case at which a held key stops, not for those it passes', () => {
    const { store, sent, tell } = start();
    tell(driftInit());
    for (let step = 0; step < 5; step++) {
      vi.advanceTimersByTime(10);
      move(store, 1);
    }
    vi.advanceTimersByTime(500);
    const asked = sent.filter((intent) => intent.type === 'case');
    expect(asked.map(({ caseId }) => caseId)).toEqual(['t-003', 't-045']);
    tell({ type: 'case', request: asked[0]!.request, comparison: comparison('t-003') });
    expect(store.shown.value).toBeUndefined();
    tell({ type: 'case', request: asked[1]!.request, comparison: comparison('t-045') });
    expect(store.shown.value?.comparison?.caseId).toBe('t-045');
  });

  it('goes round through the samples of one side and keeps the other', () => {
    const { store, sent, tell } = start({ cursor: { kind: 'case', id: 't-011' } });
    tell(driftInit());
    tell({ type: 'case', request: 1, comparison: comparison('t-011', { shown: { approved: 4, fresh: 7 } }) });
    vi.advanceTimersByTime(500);
    otherSample(store, 'fresh', 1);
    expect(sent.at(-1)).toEqual({ type: 'case', request: 2, caseId: 't-011', approved: 4, fresh: 0 });
    otherSample(store, 'fresh', -1);
    vi.advanceTimersByTime(500);
    expect(sent.at(-1)).toMatchObject({ approved: 4, fresh: 7 });
    store.select({ kind: 'case', id: 't-003' });
    expect(store.samples.value).toEqual({});
  });

  it('speaks once for one action, in the words of the host where it has some', () => {
    const { store, tell, rows } = start();
    tell(driftInit());
    const heard: string[] = [];
    store.spoken.subscribe((words) => words && heard.push(words));
    tell(rows(accepted('t-003'), accepted('t-011')));
    tell({ type: 'state', state: { state: 'finished', title: 'T', notice: 'Accepted 2 cases.', canUndo: true } });
    tell(rows(accepted('t-024')));
    vi.advanceTimersByTime(200);
    expect(heard).toEqual(['Accepted 2 cases.']);
    tell(rows(accepted('t-039')));
    vi.advanceTimersByTime(200);
    expect(heard).toEqual(['Accepted 2 cases.', 't-039 accepted']);
  });

  it('keeps where one stands, but not what belongs to another comparison', () => {
    const { store, tell, saved } = start({ comparison: 'old', toggled: ['g-team'], samples: { fresh: 9 }, scroll: 400 });
    tell(driftInit());
    expect(store.toggled.value.size).toBe(0);
    store.toggle('g-noise');
    store.select({ kind: 'case', id: 't-060' });
    expect(saved()).toEqual({
      uri: 'file:///p',
      comparison: 'c-1',
      toggled: ['g-noise'],
      samples: {},
      scroll: 0,
      cursor: { kind: 'case', id: 't-060' },
    });
  });

  it('ignores what is none of its messages', () => {
    const { store, hostile, tell } = start();
    tell(driftInit());
    const before = store.entries.value;
    const messages = [
      null,
      1,
      'init',
      [],
      { type: 'init' },
      { type: 'rows', rows: [{ at: 0, row: {} }], total: 1 },
      { type: 'eval', code: '1' },
    ];
    for (const message of messages) hostile(message);
    expect(store.entries.value).toBe(before);
  });
});
