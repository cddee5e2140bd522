/** Removes secrets from text before it reaches any sink: journal, log, report, webview, error message. */
export interface Redactor {
  /** From now on this exact value, and its base64, URL and JSON forms, never leaves. Values under four characters are kept out by form only. */
  readonly add: (secret: string) => void;
  readonly redact: (text: string) => string;
  /** The same for every string in a value of plain data. */
  readonly redactDeep: <T>(value: T) => T;
}

/** What stands in place of a secret. */
export const REDACTED = '[redacted]';

/** A redactor that knows these secrets and the usual shapes of provider keys. */
export function createRedactor(secrets: Iterable<string> = []): Redactor {
  const known = new Set<string>();
  let sorted: readonly string[] = [];
  const add = (secret: string): void => {
    if (secret.length < SHORTEST_SECRET) return;
    for (const form of formsOf(secret)) known.add(form);
    sorted = [...known].sort((a, b) => b.length - a.length);
  };
  for (const secret of secrets) add(secret);
  const redact = (text: string): string => {
    let clean = text;
    for (const form of sorted) if (clean.includes(form)) clean = clean.replaceAll(form, REDACTED);
    return KEY_SHAPES.reduce((kept, shape) => kept.replace(shape, REDACTED), clean);
  };
  const redactDeep = <T>(value: T): T => deep(value, redact, 0) as T;
  return { add, redact, redactDeep };
}

const SHORTEST_SECRET = 4;

/** Shapes of keys that providers hand out; kept narrow, so that ordinary text is left alone. */
const KEY_SHAPES: readonly RegExp[] = [
  /\bsk-(?:ant-|proj-|svcacct-|or-v1-)?[A-Za-z0-9_-]{20,}/g,
  /\bAIza[0-9A-Za-z_-]{35}\b/g,
  /\b(?:ghp|gho|ghs|ghu)_[A-Za-z0-9]{30,}\b/g,
  /\bxai-[A-Za-z0-9]{40,}\b/g,
  /(?<=\bBearer )[A-Za-z0-9._~+/-]{16,}=*/g,
];

function formsOf(secret: string): readonly string[] {
  const bytes = utf8(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const base64 = toBase64(bytes);
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    secret,
    json,
    encodeSafely(secret),
    base64,
    base64.replace(/=+$/, ''),
    base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
    hex,
  ].filter((form) => form.length >= SHORTEST_SECRET);
}

function encodeSafely(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text; // a lone surrogate has no URL form
  }
}

function deep(value: unknown, redact: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null || depth > 200) return value;
  if (Array.isArray(value)) return value.map((item) => deep(item, redact, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [redact(key), deep(item, redact, depth + 1)]));
}

function utf8(text: string): readonly number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}

function toBase64(bytes: readonly number[]): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const left = bytes.length - at;
    text +=
      letters.charAt(word >> 18) +
      letters.charAt((word >> 12) & 63) +
      (left > 1 ? letters.charAt((word >> 6) & 63) : '=') +
      (left > 2 ? letters.charAt(word & 63) : '=');
  }
  return text;
}
