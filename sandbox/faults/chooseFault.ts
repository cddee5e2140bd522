import { createRandom } from '../random.ts';
import type { FaultRule, FaultScript } from './faultScript.ts';

/** A model call as fault rules see it. */
export interface FaultCall {
  /** Number of the call in this sandbox, from 1. */
  readonly n: number;
  /** How often this request with this draw was seen before, plus 1. */
  readonly attempt: number;
  /** Identifies request and draw. */
  readonly key: string;
  readonly seed: number;
}

/** The first rule that strikes a call, or undefined. */
export function chooseFault(script: FaultScript, call: FaultCall): FaultRule | undefined {
  return script.find((rule, place) => {
    if (rule.requests && !rule.requests.includes(call.n)) return false;
    if (rule.from !== undefined && call.n < rule.from) return false;
    if (rule.to !== undefined && call.n > rule.to) return false;
    if (rule.firstAttempt && call.attempt > 1) return false;
    return rule.fraction === undefined || createRandom(`${call.seed} ${place} ${call.key} ${call.attempt}`)() < rule.fraction;
  });
}
