import { isRecord, own } from '../json.ts';
import { RETRY_AFTER_SHAPES, type RetryAfterShape } from './retryAfter.ts';

/** Everything that can be made to go wrong with a model call. */
export const FAULT_KINDS = [
  'rate-limit',
  'quota-exhausted',
  'server-error',
  'overloaded',
  'stall-before-headers',
  'stall-mid-json',
  'stall-mid-stream',
  'cut-mid-json',
  'cut-mid-stream',
  'no-end-mark',
  'malformed-json',
  'empty-answer',
  'refusal',
  'content-filter',
  'slow-drip',
  'connection-reset',
] as const;

/** One kind of fault. `stall-mid-json` and `stall-mid-stream` (and the cuts) break whichever form the reply has. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** One fault and the calls it strikes; every given condition must hold, none means every call. */
export interface FaultRule {
  readonly kind: FaultKind;
  /** Numbers of model calls, counted from 1 for each sandbox. */
  readonly requests?: readonly number[];
  /** First and last number of a stretch of calls. */
  readonly from?: number;
  readonly to?: number;
  /** Only the first time the sandbox sees a request with this body and draw: a retry gets through. */
  readonly firstAttempt?: boolean;
  /** Share of calls, 0 to 1, drawn by the sandbox's seed, the request, its draw and its attempt. */
  readonly fraction?: number;
  /** Shape of Retry-After for `rate-limit`; `cycle` (default) goes through all shapes in turn. */
  readonly retryAfter?: RetryAfterShape | 'cycle';
  /** Milliseconds between the pieces of a `slow-drip`. Default 200. */
  readonly delayMs?: number;
}

/** Rules in order; the first that applies to a call strikes it. */
export type FaultScript = readonly FaultRule[];

/** A script that was read, or what is wrong with it, one line a problem. */
export type FaultScriptResult =
  | { readonly script: FaultScript; readonly problems?: undefined }
  | { readonly script?: undefined; readonly problems: readonly string[] };

/** Validates a script from outside (a file, a flag). Every problem names rule and field. */
export function parseFaultScript(value: unknown): FaultScriptResult {
  if (!Array.isArray(value)) return { problems: ['a fault script is a list of rules'] };
  const problems = value.flatMap((rule, place) => ruleProblems(rule).map((problem) => `rule ${place + 1}: ${problem}`));
  return problems.length > 0 ? { problems } : { script: value as FaultScript };
}

/**
 * Reads the `x-evenkeel-fault` header: a kind and its settings, `rate-limit; retry-after=negative; first-attempt`. Settings:
 * `requests=1,4`, `from=`, `to=`, `first-attempt`, `fraction=`, `retry-after=`, `delay-ms=`. Several rules are separated by `|`.
 */
export function parseFaultHeader(header: string): FaultScriptResult {
  const rules = header.split('|').map((text) => {
    const [kind = '', ...settings] = text.split(';').map((part) => part.trim());
    const rule: Record<string, unknown> = { kind };
    for (const setting of settings.filter(Boolean)) {
      const [name = '', value] = setting.split('=').map((part) => part.trim());
      const key = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
      if (key === 'requests') rule[key] = (value ?? '').split(',').map(Number);
      else rule[key] = value === undefined ? true : key === 'retryAfter' ? value : Number(value);
    }
    return rule;
  });
  return parseFaultScript(rules);
}

const NUMBERS = ['from', 'to', 'fraction', 'delayMs'] as const;
const KNOWN: ReadonlySet<string> = new Set(['kind', 'requests', 'firstAttempt', 'retryAfter', ...NUMBERS]);

function ruleProblems(rule: unknown): readonly string[] {
  if (!isRecord(rule)) return ['is not an object'];
  const problems: string[] = [];
  if (!(FAULT_KINDS as readonly unknown[]).includes(own(rule, 'kind'))) problems.push(`kind must be one of ${FAULT_KINDS.join(', ')}`);
  for (const key of Object.keys(rule)) if (!KNOWN.has(key)) problems.push(`unknown field ${key}`);
  for (const key of NUMBERS) {
    const value = own(rule, key);
    if (value !== undefined && !(typeof value === 'number' && value >= 0)) problems.push(`${key} must be a number of at least 0`);
  }
  const fraction = own(rule, 'fraction');
  if (typeof fraction === 'number' && fraction > 1) problems.push('fraction must be at most 1');
  const requests = own(rule, 'requests');
  if (requests !== undefined && !(Array.isArray(requests) && requests.every((entry) => Number.isInteger(entry) && entry > 0)))
    problems.push('requests must be a list of whole numbers from 1');
  const first = own(rule, 'firstAttempt');
  if (first !== undefined && typeof first !== 'boolean') problems.push('firstAttempt must be true or false');
  const retryAfter = own(rule, 'retryAfter');
  if (retryAfter !== undefined && retryAfter !== 'cycle' && !(RETRY_AFTER_SHAPES as readonly unknown[]).includes(retryAfter))
    problems.push(`retryAfter must be cycle or one of ${RETRY_AFTER_SHAPES.join(', ')}`);
  return problems;
}
