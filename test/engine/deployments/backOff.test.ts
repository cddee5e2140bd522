import { describe, expect, it } from 'vitest';
import { problemAfter, waitAfter } from '../../../engine/deployments/backOff.ts';
import { isDue } from '../../../engine/deployments/refresh.ts';
import { DEPLOYMENTS_FORMAT, type DeploymentAnswer } from '../../../protocol/index.ts';

const NOON = new Date('2026-11-01T12:00:00Z');

describe('a source that fails', () => {
  it('is tried after a minute, then after twice as long each time, at most after an hour', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 60].map((failures) => waitAfter(failures, 0.5) / 60_000)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect([0, 1].map((random) => Math.round(waitAfter(1, random)))).toEqual([48_000, 72_000]);
  });

  it('has failed since its first failure, whatever the later ones were', () => {
    const first = problemAfter(undefined, { status: 'failed', kind: 'down', message: 'a' }, NOON, 0.5);
    const later = new Date('2026-11-01T12:05:00Z');
    expect(problemAfter(first, { status: 'failed', kind: 'slow', message: 'b' }, later, 0.5)).toEqual({
      kind: 'slow',
      message: 'b',
      since: NOON.toISOString(),
      failures: 2,
      retryAt: '2026-11-01T12:07:00.000Z',
    });
  });
});

describe('a look', () => {
  const answer = (lookedAt: string, retryAt?: string): DeploymentAnswer => ({
    formatVersion: DEPLOYMENTS_FORMAT,
    environment: 'p',
    source: 'git',
    origin: 'o',
    sourceHash: 'h',
    lookedAt,
    ...(retryAt === undefined ? {} : { problem: { kind: 'down', message: '', since: lookedAt, failures: 1, retryAt } }),
    prompts: [],
  });

  it.each([
    ['five minutes later', answer('2026-11-01T11:55:00Z'), true],
    ['before that', answer('2026-11-01T11:55:01Z'), false],
    ['after a failure, when its time has come', answer('2026-11-01T11:59:00Z', '2026-11-01T12:00:00Z'), true],
    ['after a failure, before', answer('2026-11-01T11:00:00Z', '2026-11-01T12:00:01Z'), false],
    ['when the clock was put back', answer('2027-01-01T00:00:00Z', '2027-01-01T01:00:00Z'), true],
    ['when the file holds no time', answer('yesterday', 'tomorrow'), true],
  ])('is due %s', (_name, stored, due) => expect(isDue(stored, 5, NOON)).toBe(due));
});
