import { crc32 } from 'node:zlib';
import { isTooDeep, type Json, MAX_DEPTH } from '../safety/index.ts';

/**
 * A record as append-only files store it: a line feed, then `{"crc":"<8 hex digits>","record":<JSON>}`. The CRC-32 (IEEE, as in zip) is over
 * the UTF-8 bytes of the record's JSON. The line feed comes first, so that a torn record before it never takes this one along.
 */
export function encodeLine(record: object): Buffer {
  const json = JSON.stringify(record);
  const bytes = Buffer.from(`${HEAD}00000000${MIDDLE}${json}}`, 'utf8');
  bytes.write(crcText(bytes.subarray(PAYLOAD_AT + 1, -1)), HEAD.length, 'latin1');
  return bytes;
}

/** The JSON of a line without its line feed; undefined for one that is torn, altered or was never ours. Never throws. */
export function decodeLine(line: Buffer): Json | undefined {
  if (line.length <= PAYLOAD_AT + 1 || line[line.length - 1] !== CLOSE) return undefined;
  if (
    line.toString('latin1', 0, HEAD.length - 1) !== HEAD.slice(1) ||
    line.toString('latin1', PAYLOAD_AT - MIDDLE.length, PAYLOAD_AT) !== MIDDLE
  )
    return undefined;
  const payload = line.subarray(PAYLOAD_AT, -1);
  if (line.toString('latin1', HEAD.length - 1, HEAD.length + 7) !== crcText(payload)) return undefined;
  const text = payload.toString('utf8');
  if (isTooDeep(text, DEEPEST)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const HEAD = '\n{"crc":"';
const MIDDLE = '","record":';
/** Of the record's JSON in a line without its line feed. */
const PAYLOAD_AT = HEAD.length - 1 + 8 + MIDDLE.length;
const CLOSE = 125;

function crcText(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}

/** A record wraps values that may themselves be as deep as files may nest. */
const DEEPEST = MAX_DEPTH + 10;
