/** A request the server refuses, before it is put into a provider's error shape. */
export interface HttpError {
  readonly status: number;
  /** Kind in the sandbox's own words; each protocol maps it to the provider's. */
  readonly kind: 'invalid' | 'key' | 'no-model' | 'no-path' | 'method' | 'rate-limit' | 'quota' | 'server' | 'overloaded' | 'filtered';
  readonly message: string;
  /** The body field at fault, dotted, or null. */
  readonly field: string | null;
}

/** The error body in OpenAI's shape. */
export function openAiError(error: HttpError): string {
  const [type, code] = OPENAI[error.kind];
  return JSON.stringify({ error: { message: error.message, type, param: error.field, code } });
}

/** The error body in Anthropic's shape. */
export function anthropicError(error: HttpError, requestId: string): string {
  return JSON.stringify({ type: 'error', error: { type: ANTHROPIC[error.kind], message: error.message }, request_id: requestId });
}

const OPENAI: Readonly<Record<HttpError['kind'], readonly [string, string | null]>> = {
  invalid: ['invalid_request_error', null],
  key: ['invalid_request_error', 'invalid_api_key'],
  'no-model': ['invalid_request_error', 'model_not_found'],
  'no-path': ['invalid_request_error', 'unknown_url'],
  method: ['invalid_request_error', 'method_not_supported'],
  'rate-limit': ['requests', 'rate_limit_exceeded'],
  quota: ['insufficient_quota', 'insufficient_quota'],
  server: ['server_error', null],
  overloaded: ['server_error', 'server_overloaded'],
  filtered: ['invalid_request_error', 'content_filter'],
};
const ANTHROPIC: Readonly<Record<HttpError['kind'], string>> = {
  invalid: 'invalid_request_error',
  key: 'authentication_error',
  'no-model': 'not_found_error',
  'no-path': 'not_found_error',
  method: 'invalid_request_error',
  'rate-limit': 'rate_limit_error',
  quota: 'rate_limit_error',
  server: 'api_error',
  overloaded: 'overloaded_error',
  filtered: 'invalid_request_error',
};
