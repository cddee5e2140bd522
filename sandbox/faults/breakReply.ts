import type { SandboxChunk, SandboxReply } from '../sandboxTypes.ts';
import type { FaultRule } from './faultScript.ts';

/** Breaks a good reply the way a transport fault would; kinds that are not about transport leave it as it is. */
export function breakReply(reply: SandboxReply, rule: FaultRule): SandboxReply {
  switch (rule.kind) {
    case 'stall-before-headers':
      return { ...reply, chunks: [], end: 'stall' };
    case 'connection-reset':
      return { ...reply, chunks: [], end: 'cut' };
    case 'stall-mid-json':
    case 'stall-mid-stream':
      return { ...reply, chunks: firstHalf(reply.chunks), end: 'stall' };
    case 'cut-mid-json':
    case 'cut-mid-stream':
      return { ...reply, chunks: firstHalf(reply.chunks), end: 'cut' };
    case 'no-end-mark':
      return { ...reply, chunks: reply.chunks.length > 1 ? withoutEnd(reply.chunks) : firstHalf(reply.chunks) };
    case 'malformed-json':
      return { ...reply, chunks: malformed(reply.chunks) };
    case 'slow-drip':
      return { ...reply, chunks: drip(reply.chunks, rule.delayMs ?? 200) };
    default:
      return reply;
  }
}

/** The first half of a stream's events; of a lone body, half its text. */
function firstHalf(chunks: readonly SandboxChunk[]): readonly SandboxChunk[] {
  const only = chunks[0];
  if (chunks.length === 1 && only) return [{ ...only, text: halfOf(only.text) }];
  return chunks.slice(0, Math.max(1, Math.floor(chunks.length / 2)));
}

function halfOf(text: string): string {
  return text.slice(0, Math.floor(text.length / 2)).replace(/[\ud800-\udbff]$/, '');
}

/** A stream's events up to the last piece of the answer: what tells the end (finish reason, usage, end mark) is gone. */
function withoutEnd(chunks: readonly SandboxChunk[]): readonly SandboxChunk[] {
  const last = chunks.findLastIndex((chunk) => /"delta"/.test(chunk.text) && !/"(?:finish_reason|stop_reason)":"/.test(chunk.text));
  return chunks.slice(0, Math.max(1, last + 1));
}

/** Status 200, but the JSON (of the body, or of an event in the middle) ends too early and goes on as something else. */
function malformed(chunks: readonly SandboxChunk[]): readonly SandboxChunk[] {
  const place = Math.floor(chunks.length / 2);
  return chunks.map((chunk, index) => {
    if (index !== place) return chunk;
    const text = chunk.text.trimEnd();
    return { ...chunk, text: `${halfOf(text)}<html>upstream error</html>${chunk.text.slice(text.length)}` };
  });
}

function drip(chunks: readonly SandboxChunk[], delayMs: number): readonly SandboxChunk[] {
  const only = chunks[0];
  const pieces = chunks.length === 1 && only ? (only.text.match(/[\s\S]{1,64}/gu) ?? []).map((text) => ({ text, delayMs: 0 })) : chunks;
  return pieces.map((chunk) => ({ ...chunk, delayMs: Math.max(delayMs, chunk.delayMs) }));
}
