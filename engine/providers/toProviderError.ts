import type { Billing, FailureKind } from '../../protocol/index.ts';
import { ProviderError } from './provider.ts';
import { findWireError } from './wireError.ts';

/** Whom an error message is about. */
export interface ErrorContext {
  readonly provider: string;
  readonly origin: string;
  /** The environment variable of the key. */
  readonly envName: string;
  readonly signal: AbortSignal;
  readonly redact: (text: string) => string;
}

/** Any error of an SDK or of the wire as a ProviderError: its kind, what became of the money, and what to do next. */
export function toProviderError(error: unknown, context: ErrorContext): ProviderError {
  if (error instanceof ProviderError) return error;
  const wire = findWireError(error);
  if (wire) return new ProviderError(wire.kind, context.redact(wire.message), { billing: wire.billing });
  if (context.signal.aborted) return cancelled();
  const reply = replyOf(error);
  if (reply.status !== undefined || reply.type !== undefined) return fromReply(reply, context);
  const detail = context.redact(firstLine(error instanceof Error ? error.message : String(error)));
  return new ProviderError('malformed', `The answer of ${hostOf(context.origin)} could not be read: ${detail}`, { billing: 'unknown' });
}

/** A call that we ended ourselves while it was under way. */
export function cancelled(): ProviderError {
  return new ProviderError('cancelled', 'Cancelled while the call was under way; it may have been billed.', { billing: 'unknown' });
}

interface Reply {
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly type: string | undefined;
  readonly message: string;
  readonly headers: Headers | undefined;
}

/** Both SDKs' APIError, read by shape: `{ status, headers, error }` with the body in `error`, Anthropic's once more nested. */
function replyOf(error: unknown): Reply {
  if (typeof error !== 'object' || error === null)
    return { status: undefined, code: undefined, type: undefined, message: '', headers: undefined };
  const fields = error as Record<string, unknown>;
  const outer = asRecord(fields.error);
  const body = asRecord(outer?.error) ?? outer;
  return {
    status: typeof fields.status === 'number' ? fields.status : undefined,
    code: text(body?.code),
    type: text(body?.type),
    message: text(body?.message) ?? (error instanceof Error ? error.message : ''),
    headers: fields.headers instanceof Headers ? fields.headers : undefined,
  };
}

function fromReply(reply: Reply, context: ErrorContext): ProviderError {
  const kind = kindOf(reply);
  // An error event inside a stream has no status: the answer had begun, so what it cost is not known.
  const billing: Billing = reply.status === undefined || reply.status === 504 || reply.status === 524 ? 'unknown' : 'rejected';
  const retryAfterMs = readRetryAfter(reply.headers);
  return new ProviderError(kind, sentence(kind, reply, context), {
    billing,
    ...(reply.status === undefined ? {} : { status: reply.status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** Spend caps come as 429 (or 400, 402, 403): waiting does not help, so they are not rate limits. */
const SPEND_CAPS = /insufficient_quota|enforced_spend_limit|spend_limit|billing_hard_limit|billing_not_active|billing_error/i;
/** The same in words; a server that says when to come back means a rate all the same. */
const SPEND_CAP_WORDS = /credit balance is too low|exceeded your current quota|reached your specified (?:api )?usage limits/i;

function kindOf({ status, code, type, message, headers }: Reply): FailureKind {
  const capped = SPEND_CAPS.test(`${code} ${type} ${message}`) || (SPEND_CAP_WORDS.test(message) && !headers?.has('retry-after'));
  if (status === 402 || capped) return 'quota';
  switch (status) {
    case 401:
      return 'authentication';
    case 403:
      return 'permission';
    case 404:
      return 'notFound';
    case 408:
      return 'timeout';
    case 429:
      return 'rateLimit';
    case 503:
    case 529:
      return 'overloaded';
  }
  if (status === undefined) return type === 'overloaded_error' ? 'overloaded' : type === 'rate_limit_error' ? 'rateLimit' : 'server';
  return status >= 500 || status === 409 || status === 425 ? 'server' : 'badRequest';
}

function sentence(kind: FailureKind, reply: Reply, context: ErrorContext): string {
  const host = hostOf(context.origin);
  const said = context.redact(firstLine(reply.message).replace(/^\d{3} /, ''));
  const quote = said ? ` It said: ${said}` : '';
  switch (kind) {
    case 'authentication':
      return `The key for ${host} was refused (${reply.status}). Set it with “Evenkeel: Set API Key…” or ${context.envName}.`;
    case 'permission':
      return `${host} does not allow this key to do that (${reply.status}).${quote}`;
    case 'notFound':
      return `${host} does not know the model or the address (404).${quote}`;
    case 'quota':
      return `The account at ${host} has no money left or has reached its limit. Raise the limit there, then resume the run.${quote}`;
    case 'rateLimit':
      return `${host} limits the rate of calls (429).${quote}`;
    case 'overloaded':
      return `${host} is overloaded${reply.status === undefined ? '' : ` (${reply.status})`}.${quote}`;
    case 'badRequest':
      return `${host} refused the request (${reply.status}).${quote}`;
    default:
      return `${host} failed${reply.status === undefined ? ' in the middle of an answer' : ` (${reply.status})`}.${quote}`;
  }
}

/** `retry-after-ms`, else `retry-after` in seconds or as a date, as milliseconds; nonsense is undefined. Not yet clamped. */
export function readRetryAfter(headers: Headers | undefined, now = Date.now()): number | undefined {
  const precise = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (Number.isFinite(precise)) return Math.max(0, precise);
  const written = headers?.get('retry-after')?.trim();
  if (!written) return undefined;
  if (/^[+-]?[\d.]+(?:e\d+)?$/i.test(written)) {
    const seconds = Number(written);
    return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : undefined;
  }
  const date = Date.parse(written);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** `api.openai.com` of an origin. */
export function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, '');
}

function firstLine(message: string): string {
  const line = message.split('\n', 1)[0] ?? '';
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
