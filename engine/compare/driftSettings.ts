import type { PromptDocument } from '../../prompts-schema/index.ts';
import { isJsonObject } from '../../safety/index.ts';
import { CONFIRM_SAMPLES, SCREEN_SAMPLES, THIRD_SAMPLES } from '../drift/index.ts';

/** How drift reviews of a prompt are run: what its `drift:` says, else the defaults (design.md, Drift). */
export interface DriftSettings {
  /** New samples a case in the first look, how many more a suspect gets, and how many more again where that leaves it open. */
  readonly samples: number;
  readonly confirm: number;
  readonly third: number;
  /** Samples a case that a baseline holds. */
  readonly baseline: number;
  readonly daily: { readonly cases: number; readonly seed: number };
}

export function driftSettings({ drift }: Pick<PromptDocument, 'drift'>): DriftSettings {
  const said = drift?.value ?? {};
  const daily = isJsonObject(said.daily) ? said.daily : {};
  return {
    samples: whole(said.samples, SCREEN_SAMPLES, 100),
    confirm: CONFIRM_SAMPLES,
    third: THIRD_SAMPLES,
    baseline: whole(said.baseline, BASELINE_SAMPLES, 1000),
    daily: { cases: whole(daily.cases, DAILY_CASES, 10_000), seed: typeof daily.seed === 'number' ? daily.seed : 1 },
  };
}

/** Approved samples a case. */
const BASELINE_SAMPLES = 10;
/** Canaries of the daily check. */
const DAILY_CASES = 20;

/** What was written where it can be used; a wrong value is a finding of its own, and the default holds. */
function whole(value: unknown, otherwise: number, most: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 ? Math.min(value, most) : otherwise;
}
