import type { Answer, Ask } from '../answers/ask.ts';
import type { ReadResult } from './readBody.ts';

/** What a protocol needs beside the answer to write it: ids are made from the hash of request and draw. */
export interface Reply {
  readonly ask: Ask;
  readonly answer: Answer;
  /** 32 hex digits. */
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One wire protocol: how its requests are read and its answers written. */
export interface Protocol {
  /** Whose error shape and headers it uses. */
  readonly provider: 'openai' | 'anthropic';
  read(body: string): ReadResult;
  /** The JSON response body. */
  json(reply: Reply): string;
  /** The server-sent events in order, the end mark included. */
  events(reply: Reply): readonly string[];
}

/** One server-sent event; OpenAI's Chat Completions has no event names. */
export function serverEvent(data: unknown, name?: string): string {
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
}

/** A text in pieces of about four tokens, never inside a surrogate pair. */
export function pieces(text: string): readonly string[] {
  return text.match(/[\s\S]{1,16}/gu) ?? [];
}
