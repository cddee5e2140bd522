import type { DeploymentProblem } from '../../protocol/index.ts';
import type { FailedLook } from './source.ts';

/** What is told of a source that failed again or for the first time, with when it may be tried next. `random` is in [0, 1). */
export function problemAfter(
  before: DeploymentProblem | undefined,
  { kind, message }: FailedLook,
  now: Date,
  random: number,
): DeploymentProblem {
  const failures = (before?.failures ?? 0) + 1;
  return {
    kind,
    message,
    since: before?.since ?? now.toISOString(),
    failures,
    retryAt: new Date(now.getTime() + waitAfter(failures, random)).toISOString(),
  };
}

/** Milliseconds until the next try: a minute, doubled with each failure up to an hour, 20 % more or less so that many editors do not come at once. */
export function waitAfter(failures: number, random: number): number {
  return Math.min(HOUR, MINUTE * 2 ** (failures - 1)) * (0.8 + 0.4 * random);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
