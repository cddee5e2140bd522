import type { NamedSchema, ParameterName, ResponseFormat } from '../../prompts-schema/index.ts';
import type { Billing, FailureKind, Output, SentMessage, Usage } from '../../protocol/index.ts';
import type { JsonObject } from '../../safety/index.ts';

/** One rendered request: what a provider is asked, free of any provider's spelling. Its canonical JSON is what the request hash covers. */
export interface ProviderRequest {
  /** The model as the provider names it, without our provider prefix. */
  readonly model: string;
  readonly messages: readonly SentMessage[];
  readonly parameters: Readonly<Partial<Record<ParameterName, JsonObject[string]>>> & JsonObject;
  readonly responseFormat: ResponseFormat;
  readonly schema: NamedSchema | undefined;
  /** JSON-Schema functions, `{ name, description?, parameters, strict? }`. */
  readonly tools: readonly JsonObject[];
  /** True for long answers: a stream shows that something still comes. */
  readonly stream: boolean;
}

/** What a call needs besides its request. */
export interface CallContext {
  readonly signal: AbortSignal;
  /** Sent by the `sandbox` provider only: a hash of run seed, case and repeat. */
  readonly draw: number;
}

/** An answer that counts: complete, with its end marker. */
export interface ProviderAnswer {
  readonly output: Output;
  readonly answeredBy: string | undefined;
  readonly requestId: string | undefined;
  readonly systemFingerprint: string | undefined;
  readonly usage: Usage | undefined;
  readonly firstByteMs: number;
  readonly latencyMs: number;
}

/** A place that answers requests; one file each under providers/, the SDK loaded at the first call. */
export interface Provider {
  readonly name: string;
  /** `https://host[:port]`, or `in-process sandbox`. */
  readonly origin: string;
  /** Throws ProviderError and nothing else. */
  readonly call: (request: ProviderRequest, context: CallContext) => Promise<ProviderAnswer>;
}

/** Why a call gave no answer, with all that retrying and billing need. */
export class ProviderError extends Error {
  readonly kind: FailureKind;
  readonly billing: Billing;
  readonly status: number | undefined;
  /** What the server asked for, as read; clamping is the caller's. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: FailureKind,
    message: string,
    { billing, status, retryAfterMs }: { readonly billing: Billing; readonly status?: number; readonly retryAfterMs?: number },
  ) {
    super(message);
    this.name = 'ProviderError';
    this.kind = kind;
    this.billing = billing;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}
