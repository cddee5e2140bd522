import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { caseMatrices } from '../../../../engine/drift/cases/caseMatrices.ts';
import { matrixOf } from '../../../../engine/drift/cases/distanceMatrix.ts';
import { WHOLE } from '../../../../engine/drift/cases/namedViews.ts';
import { seededRandom } from '../../../../engine/drift/cases/random.ts';
import {
  AMBER,
  advanceMonitor,
  type CanaryBag,
  monitorColour,
  RED,
  settleAlarm,
  viewsOn,
} from '../../../../engine/drift/monitor/advanceMonitor.ts';
import { conformalPValue } from '../../../../engine/drift/monitor/conformalPValue.ts';
import { addOccasion, recomputeEvidence, strongest } from '../../../../engine/drift/monitor/evidence.ts';
import { likelyChange } from '../../../../engine/drift/monitor/likelyChange.ts';
import { type MonitorState, startMonitor } from '../../../../engine/drift/monitor/monitorState.ts';
import { addDay, BETS, type Bet, mixture, noEvidence } from '../../../../engine/drift/monitor/shiryaevRoberts.ts';
import { chooseViews, shareOfView, watchable } from '../../../../engine/drift/monitor/watchedViews.ts';
import { recordWeeklyLook, WEEKLY_TEST_ALPHA, weeklyAlphaSpent, weeklyStanding } from '../../../../engine/drift/monitor/weeklyLayer.ts';

function reference<I, E>(statistic: string): readonly { readonly name: string; readonly input: I; readonly expected: E }[] {
  const file = path.resolve(import.meta.dirname, `../../../fixtures/statistics/${statistic}.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { cases: { name: string; input: I; expected: E }[] }).cases;
}

function close(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 + 1e-9 * Math.abs(expected));
}

describe('reference values', () => {
  it.each(reference<{ distance: number[][]; u: number }, { greater: number; ties: number; p: number; score: number }>('conformal_p_value'))(
    'conformal p-value: $name',
    ({ input, expected }) => {
      const result = conformalPValue(
        matrixOf(input.distance.length, (i, j) => input.distance[i]![j]!),
        input.u,
      );
      expect([result.greater, result.ties]).toEqual([expected.greater, expected.ties]);
      close(result.p, expected.p);
      close(result.score, expected.score);
    },
  );

  it.each(
    reference<{ p_by_day: number[][]; grid: [number, number][] }, { mixture: number[]; by_bet: number[] }>('shiryaev_roberts_conformal'),
  )('Shiryaev-Roberts: $name', ({ input, expected }) => {
    const bets: readonly Bet[] = input.grid.map(([e, c]) => ({ e, c }));
    let evidence = noEvidence(bets);
    input.p_by_day.forEach((day, at) => {
      evidence = addDay(evidence, day, bets);
      close(mixture(evidence), expected.mixture[at]!);
    });
    evidence.forEach((r, bet) => {
      close(r, expected.by_bet[bet]!);
    });
  });

  it('the default bets are those of the references', () => {
    const [first] = reference<{ grid: [number, number][] }, unknown>('shiryaev_roberts_conformal');
    expect(BETS.map(({ e, c }) => [e, c])).toEqual(first?.input.grid);
  });
});

/** A bag of labels, one character each; the last `added` are new. */
const bag = (canary: string, labels: string, added: number, view = WHOLE): CanaryBag => ({
  canary,
  view,
  added,
  matrix: matrixOf(labels.length, (i, j) => (labels[i] === labels[j] ? 0 : 1)),
});

const day = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);

const begin = (seed: string, at = 0, views?: readonly string[]): MonitorState =>
  startMonitor({ seed, since: day(at), ...(views ? { views } : {}) });

/** Runs days on which every canary gives the label of that day. */
function run(days: readonly string[], from: MonitorState = begin('seed'), canaries = 5): MonitorState {
  let state = from;
  let labels = 'a'.repeat(30);
  days.forEach((label, at) => {
    labels += label;
    state = advanceMonitor(
      state,
      'day',
      day(at),
      Array.from({ length: canaries }, (_, n) => bag(`c${n}`, labels, 1)),
    );
  });
  return state;
}

describe('the monitor', () => {
  it('p-values are uniform while nothing changes, ties or not', () => {
    const random = seededRandom('uniform');
    const pValues: number[] = [];
    for (let n = 0; n < 2000; n += 1) {
      const values = Array.from({ length: 12 }, () => random.below(3));
      const matrix = matrixOf(12, (i, j) => (values[i] === values[j] ? 0 : 1));
      pValues.push(conformalPValue(matrix, random.unit()).p);
    }
    for (const level of [0.05, 0.25, 0.5, 0.9]) {
      const share = pValues.filter((p) => p <= level).length / pValues.length;
      expect(Math.abs(share - level)).toBeLessThan(4 * Math.sqrt((level * (1 - level)) / pValues.length));
    }
  });

  it('stays away from red in years without change (known chance: 2 % a year)', () => {
    const random = seededRandom('years');
    let alarms = 0;
    for (let year = 0; year < 100; year += 1) {
      let evidence = noEvidence();
      let red = false;
      for (let at = 0; at < 365 && !red; at += 1) {
        evidence = addDay(evidence, [random.unit(), random.unit(), random.unit()]);
        red = mixture(evidence) >= RED;
      }
      if (red) alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(7);
  });

  it('steady answers stay green; changed ones go red, freeze, and say since when and where', () => {
    const steady = run([...'a'.repeat(20)]);
    expect(monitorColour(steady)).toBe('green');
    const changed = run([...'a'.repeat(20), ...'b'.repeat(6)]);
    expect(monitorColour(changed)).toBe('red');
    expect(changed.redSince).not.toBeNull();
    expect(run(['b'], changed)).toBe(changed);
    expect(likelyChange(changed)?.since).toBe(day(20));
    expect(likelyChange(changed)?.canaries).toHaveLength(5);
  });

  it('names the canary that changed first', () => {
    let state = begin('seed');
    let odd = 'a'.repeat(30);
    let even = 'a'.repeat(30);
    for (let at = 0; at < 6; at += 1) {
      odd += 'b';
      even += 'a';
      state = advanceMonitor(state, 'day', day(at), [bag('even', even, 1), bag('odd', odd, 1)]);
    }
    expect(likelyChange(state)?.canaries[0]?.canary).toBe('odd');
    expect(likelyChange(begin('seed'))).toBeNull();
  });

  it('a burst adds to the day it belongs to, and the evidence can be computed again', () => {
    const canaries = ['c1', 'c2', 'c3'];
    const first = advanceMonitor(
      begin('seed'),
      'day',
      day(1),
      canaries.map((canary) => bag(canary, `${'a'.repeat(40)}b`, 1)),
    );
    expect(monitorColour(first)).toBe('amber');
    const burst = advanceMonitor(first, 'burst', day(1), [bag('c1', `${'a'.repeat(40)}baaaa`, 4)]);
    expect(burst.history.map(({ kind, canaries }) => [kind, canaries[0]?.p.length])).toEqual([
      ['day', 1],
      ['burst', 4],
    ]);
    expect(recomputeEvidence(burst)).toEqual(burst.evidence);
    expect(advanceMonitor(first, 'burst', day(1), []).evidence).toEqual(first.evidence);
    expect(advanceMonitor(first, 'day', day(2), []).evidence).toEqual(first.evidence.map((bets) => bets.map((r) => r + 1)));
  });

  it('is plain JSON, repeats with its seed and differs with another', () => {
    const state = run([...'abab']);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    expect(state.formatVersion).toBe(2);
    expect(run([...'abab'])).toEqual(state);
    expect(run([...'abab'], begin('other')).evidence).not.toEqual(state.evidence);
  });

  it('turns amber before red', () => {
    const start = begin('s');
    expect(monitorColour({ ...start, evidence: [BETS.map(() => 29.9)] })).toBe('green');
    expect(monitorColour({ ...start, evidence: [BETS.map(() => 30)] })).toBe('amber');
    expect(monitorColour({ ...start, evidence: [BETS.map(() => 5)], redSince: day(3) })).toBe('red');
  });

  it('accepted: starts anew and keeps the looks paid for; rejected: stays red', () => {
    const red = recordWeeklyLook(begin('s'), day(7), { distributionP: 1e-5, modeP: 1 });
    expect(monitorColour(red)).toBe('red');
    expect(settleAlarm(red, 'rejected', day(8))).toBe(red);
    expect(settleAlarm(red, 'accepted', day(8))).toEqual({ ...begin('s', 8), weekly: red.weekly });
    const watched = { ...red, views: [WHOLE, 'value team'] };
    expect(settleAlarm(watched, 'accepted', day(8)).views).toEqual(watched.views);
  });
});

describe('views', () => {
  const views = [WHOLE, 'value team', 'prefix note'];
  const bets = (r: number) => BETS.map(() => r);

  it('share the chance of a false alarm: half for whole outputs, half for the paths', () => {
    expect(shareOfView(WHOLE, [WHOLE])).toBe(1);
    expect(views.map((view) => shareOfView(view, views))).toEqual([0.5, 0.25, 0.25]);
    const many = Array.from({ length: 24 }, (_, at) => (at === 0 ? WHOLE : `value p${at}`));
    expect(many.reduce((sum, view) => sum + shareOfView(view, many), 0)).toBeCloseTo(1, 12);
  });

  it('are those of the approved answers, most canaries first, and no more than 24', () => {
    const canary = (...values: readonly unknown[]) =>
      caseMatrices(values.map((value) => ({ text: JSON.stringify(value), contract: true })));
    const note = 'a note that is much longer than any label would ever be';
    expect(chooseViews([canary({ team: 'a', note }), canary({ team: 'b', rare: 1 })])).toEqual([
      WHOLE,
      'value team',
      'prefix note',
      'value note',
      'value rare',
    ]);
    expect([...watchable(canary('a', 'b')).keys()]).toEqual([WHOLE]);
    expect(chooseViews([canary(Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`k${at}`, 'x'])))])).toHaveLength(24);
    expect(chooseViews([])).toEqual([WHOLE]);
  });

  it('have evidence of their own; the most of it, by share, is what the limits are held against', () => {
    const state = { ...begin('s', 0, views), evidence: [bets(50), bets(119), bets(10)] };
    expect(strongest(state)).toEqual({ view: 'value team', r: 119 / 4 });
    expect(monitorColour(state)).toBe('green');
    expect(monitorColour({ ...state, evidence: [bets(50), bets(120), bets(10)] })).toBe('amber');
  });

  it('a change at one path alone turns red, and says where', () => {
    let state = begin('s', 0, views);
    let [steady, moved] = ['a'.repeat(60), 'a'.repeat(60)];
    for (let at = 1; at <= 12 && state.redSince === null; at += 1) {
      [steady, moved] = [`${steady}a`, `${moved}${at > 2 ? 'b' : 'a'}`];
      const bags = ['c1', 'c2', 'c3', 'c4'].flatMap((canary) => [bag(canary, steady, 1), bag(canary, moved, 1, 'value team')]);
      state = advanceMonitor(state, 'day', day(at), bags);
    }
    expect(state.redSince).not.toBeNull();
    expect(likelyChange(state)).toMatchObject({ view: 'value team', since: day(3) });
    expect(recomputeEvidence(state)).toEqual(state.evidence);
  });

  it('only those that are amber see a burst', () => {
    const before = { ...begin('s', 0, views), evidence: [bets(10), bets(4 * AMBER), bets(4 * AMBER - 1)] };
    expect(viewsOn('day', before)).toEqual(views);
    expect(viewsOn('burst', before)).toEqual(['value team']);
    const bags = views.map((view) => bag('c', 'aaaaaaaaaaab', 4, view));
    const after = advanceMonitor(before, 'burst', day(1), bags);
    expect(after.history.at(-1)?.canaries.map(({ view }) => view)).toEqual(['value team']);
    expect([after.evidence[0], after.evidence[2]]).toEqual([before.evidence[0], before.evidence[2]]);
    expect(after.evidence[1]).not.toEqual(before.evidence[1]);
  });

  it('each goes on by one a day, also without p-values, so that what it expects is the days alone', () => {
    const state = begin('s', 0, views);
    const next = addOccasion(state, 'day', [{ canary: 'c', view: 'value team', p: [0.5] }]);
    expect(next[0]).toEqual(bets(1));
    expect(next[1]).not.toEqual(bets(1));
  });

  it('draw the random part of their p-values apart', () => {
    const bags = [bag('c', 'aaaaaaaa', 1), bag('c', 'aaaaaaaa', 1, 'value team')];
    const [whole, team] = advanceMonitor(begin('s', 0, views), 'day', day(1), bags).history[0]?.canaries ?? [];
    expect(whole?.p).not.toEqual(team?.p);
    expect(advanceMonitor(begin('s'), 'day', day(1), bags).history[0]?.canaries).toEqual([whole]);
  });
});

describe('the weekly layer', () => {
  const quiet = { distributionP: 0.01, modeP: 0.5 };

  it('waits 7 days, then is due; a look too early is not recorded', () => {
    const start = begin('s');
    expect(weeklyStanding(start, day(6))).toEqual({ state: 'waiting', next: day(7) });
    expect(recordWeeklyLook(start, day(6), quiet)).toBe(start);
    expect(weeklyStanding(start, day(7))).toEqual({ state: 'due' });
    expect(recordWeeklyLook(start, day(7), quiet)).toMatchObject({ redSince: null, weekly: [{ date: day(7), alarm: false }] });
  });

  it.each([
    [WEEKLY_TEST_ALPHA, 1, true],
    [1, WEEKLY_TEST_ALPHA, true],
    [WEEKLY_TEST_ALPHA * 1.01, WEEKLY_TEST_ALPHA * 1.01, false],
  ])('p = %d and %d: alarm %s', (distributionP, modeP, alarm) => {
    const looked = recordWeeklyLook(begin('s'), day(7), { distributionP, modeP });
    expect([looked.weekly[0]?.alarm, looked.redSince !== null]).toEqual([alarm, alarm]);
  });

  it('never spends more than 2.5 % in 365 days', () => {
    let state = begin('s');
    for (let at = 1; at <= 800; at += 1) {
      state = recordWeeklyLook(state, day(at), quiet);
      expect(weeklyAlphaSpent(state.weekly, day(at))).toBeLessThanOrEqual(0.025 + 1e-12);
    }
    expect(state.weekly.length).toBeGreaterThan(110);
    const full = state.weekly.slice(0, 52);
    expect(weeklyStanding({ weekly: full, since: day(0) }, day(371))).toEqual({ state: 'spent', next: day(7 + 365) });
    expect(weeklyStanding({ weekly: full, since: day(0) }, day(372))).toEqual({ state: 'due' });
  });

  it('refuses what is not a day', () => expect(() => weeklyStanding(begin('s'), 'today')).toThrow(RangeError));
});
