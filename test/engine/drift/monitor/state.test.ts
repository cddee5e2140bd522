import { describe, expect, it } from 'vitest';
import { matrixOf } from '../../../../engine/drift/cases/distanceMatrix.ts';
import { WHOLE } from '../../../../engine/drift/cases/namedViews.ts';
import { advanceMonitor } from '../../../../engine/drift/monitor/advanceMonitor.ts';
import { type MonitorState, startMonitor } from '../../../../engine/drift/monitor/monitorState.ts';
import { evidenceShown, monitorSentence } from '../../../../engine/drift/monitor/monitorWords.ts';
import { readMonitorState } from '../../../../engine/drift/monitor/readMonitorState.ts';
import { BETS } from '../../../../engine/drift/monitor/shiryaevRoberts.ts';
import { recordWeeklyLook } from '../../../../engine/drift/monitor/weeklyLayer.ts';
import { UserError } from '../../../../safety/index.ts';

const begin = (seed: string, since = '2026-11-01', views = [WHOLE]): MonitorState => startMonitor({ seed, since, views });

/** A monitor after days on which two canaries gave these labels: the first of each day of `refund-de`, the second of `sso`. */
function monitor(...days: readonly string[]): MonitorState {
  let [refund, sso] = ['a'.repeat(90), 'a'.repeat(90)];
  let state = begin('seed', '2026-11-01');
  days.forEach((labels, at) => {
    refund += labels[0];
    sso += labels[1];
    const bag = (canary: string, text: string) => ({
      canary,
      view: WHOLE,
      added: 1,
      matrix: matrixOf(text.length, (i, j) => Number(text[i] !== text[j])),
    });
    state = advanceMonitor(state, 'day', `2026-11-${String(at + 1).padStart(2, '0')}`, [bag('refund-de', refund), bag('sso', sso)]);
  });
  return state;
}

const steady = monitor('aa', 'aa', 'aa');
const read = (value: unknown) => readMonitorState(typeof value === 'string' ? value : JSON.stringify(value), 'state.json');
const refusal = (value: unknown): UserError => {
  try {
    read(value);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('was read');
};

describe('reading a state', () => {
  it('gives back what was written', () => {
    const looked = recordWeeklyLook(monitor('aa', 'ab', 'bb'), '2026-11-09', { distributionP: 0.2, modeP: 1 });
    for (const state of [begin('s'), steady, looked]) expect(read(state)).toEqual(state);
  });

  it.each([
    ['', 'is not JSON'],
    ['{"formatVersion":1', 'is not JSON'],
    ['[]', 'not a state of a monitor'],
    ['['.repeat(5000), 'nested'],
    [{ ...steady, seed: 7 }, '"seed"'],
    [{ ...steady, since: 'soon' }, '"since"'],
    [{ ...steady, evidence: [[1]] }, '"evidence.0"'],
    [{ ...steady, evidence: [] }, 'does not follow'],
    [{ ...steady, history: [{ ...steady.history[0], canaries: [{ canary: 'x', view: WHOLE, p: [2] }] }] }, '"history.0.canaries.0.p.0"'],
    [{ ...steady, evidence: steady.evidence.map((bets) => bets.map((r) => r / 2)) }, 'evidence does not follow'],
    [{ ...steady, evidence: [BETS.map(() => 1e300)] }, 'evidence does not follow'],
    [{ ...steady, evidence: [...steady.evidence, BETS.map(() => 0)] }, 'evidence does not follow'],
    [{ ...steady, views: [WHOLE, 'value team'] }, 'does not follow'],
    [{ ...steady, views: [] }, '"views"'],
    [{ ...steady, history: steady.history.slice(1) }, 'does not follow from its history'],
    [{ ...steady, history: steady.history.map((entry, at) => (at === 1 ? { ...entry, r: 0 } : entry)) }, 'the evidence of 2026-11-02'],
    [{ ...steady, history: steady.history.map((entry) => ({ ...entry, canaries: [] })) }, 'does not follow'],
  ])('refuses %j', (value, why) => {
    const error = refusal(value);
    expect(error.code).toBe('configuration');
    expect(error.message).toContain(why);
    expect(error.message).toContain('Restore the last good one');
    expect(error.place).toEqual({ file: 'state.json' });
  });

  it('refuses a newer one with what to do', () => {
    expect(refusal({ ...steady, formatVersion: 3 }).message).toBe(
      "The monitor's state was written by a newer Evenkeel (format 3). Update this one to go on.",
    );
  });

  it('reads one of format 1 as a monitor of whole outputs, which it was', () => {
    const { views: _, evidence, history, ...rest } = monitor('aa', 'ab', 'bb');
    const old = {
      ...rest,
      formatVersion: 1,
      evidence: evidence[0],
      history: history.map((entry) => ({ ...entry, canaries: entry.canaries.map(({ canary, p }) => ({ canary, p })) })),
    };
    expect(read(old)).toEqual(monitor('aa', 'ab', 'bb'));
    expect(refusal({ ...old, evidence: BETS.map(() => 7) }).message).toContain('does not follow');
    expect(refusal({ ...old, formatVersion: 2 }).message).toContain('"views"');
  });

  it('reads years of history at once', () => {
    let state = begin('s', '2020-01-01');
    const quiet = matrixOf(12, () => 1);
    for (let at = 0; at < 1500; at += 1)
      state = advanceMonitor(
        state,
        'day',
        new Date(Date.UTC(2020, 0, 1 + at)).toISOString().slice(0, 10),
        Array.from({ length: 5 }, (_, canary) => ({ canary: `${at} ${canary}`, view: WHOLE, matrix: quiet, added: 1 })),
      );
    const started = process.cpuUsage();
    expect(read(state).history).toHaveLength(state.history.length);
    expect(process.cpuUsage(started).user).toBeLessThan(1_500_000);
  });
});

describe('where a monitor stands, in words', () => {
  it.each([
    [1.44, '1.4'],
    [0, '0.0'],
    [30.9, '30'],
    [5234, '5,200'],
    [999_999, '990,000'],
    [1e300, 'more than 1,000,000'],
  ])('evidence %d: %s', (evidence, shown) => expect(evidenceShown(evidence)).toBe(shown));

  const at = (evidence: number, more: Partial<MonitorState> = {}) =>
    monitorSentence({ ...begin('s'), evidence: [BETS.map(() => evidence)], ...more });

  it('green and amber', () => {
    expect(at(1.4)).toBe('No sign of change (evidence 1.4; alarm at 4,000).');
    expect(at(250)).toBe('Something may have changed (evidence 250; alarm at 4,000). The next check takes 4 extra samples per canary.');
    expect(at(250, { history: [{ kind: 'burst', date: '2026-11-02', canaries: [], r: 250 }] })).toMatch(
      /Took 4 extra samples per canary\.$/,
    );
  });

  it('red: how rare, since when, where; never a probability', () => {
    const red = monitor(...'aa aa aa aa ba ca da ea fa ga ha ia ja ka la ma na oa'.split(' '));
    expect(red.redSince).not.toBeNull();
    const sentence = monitorSentence(red);
    expect(sentence).toMatch(
      /^Changed\. Evidence [\d,]+ to 1\. With no change at all, an alarm like this comes in at most 1 of 20 years\. Most likely since 5 Nov 2026; strongest in refund-de\.$/,
    );
    expect(sentence).not.toMatch(/probab|%/);
  });

  it('red at one path: says which', () => {
    const view = 'value team';
    const canaries = [{ canary: 'sso', view, p: [1e-9, 1e-9, 1e-9, 1e-9] }];
    const red = { views: [WHOLE, view], evidence: [BETS.map(() => 1), BETS.map(() => 12_000)], redSince: '2026-11-02' };
    const sentence = at(0, { ...red, history: [{ kind: 'day', date: '2026-11-02', canaries, r: 6000 }] });
    expect(sentence).toContain('Evidence 6,000 to 1.');
    expect(sentence).toMatch(/Most likely since 2 Nov 2026; strongest in team of sso\.$/);
  });

  it('red by the weekly look', () => {
    const red = recordWeeklyLook(steady, '2026-11-09', { distributionP: 1e-5, modeP: 1 });
    expect(monitorSentence(red)).toMatch(
      /^Changed\. The weekly look of 9 Nov 2026 differs from the baseline by more than chance allows\. With no change/,
    );
  });

  it('a hostile case id stays one short line', () => {
    const canaries = [{ view: WHOLE, canary: `x\n\n${'y'.repeat(500)}`, p: [1e-9, 1e-9, 1e-9] }];
    const sentence = at(5000, { redSince: '2026-11-02', history: [{ kind: 'day', date: '2026-11-02', canaries, r: 5000 }] });
    expect(sentence).not.toContain('\n');
    expect(sentence.length).toBeLessThan(300);
  });
});
