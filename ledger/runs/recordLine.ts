import { crc32 } from 'node:zlib';
import { isJsonObject, isTooDeep, type Json, MAX_DEPTH, ownValue } from '../../safety/index.ts';
import type { JournalRecord } from './record.ts';
import { journalRecord } from './recordSchema.ts';

/**
 * One record as the journal stores it: a line feed, then `{"crc":"<8 hex digits>","record":<JSON>}`. The CRC-32 (IEEE, as in zip) is over the
 * UTF-8 bytes of the record's JSON. The line feed comes first, so that a torn record before it never takes this one along.
 */
export function encodeRecord(record: JournalRecord): Buffer {
  const json = JSON.stringify(record);
  const bytes = Buffer.from(`${HEAD}00000000${MIDDLE}${json}}`, 'utf8');
  bytes.write(crcText(bytes.subarray(PAYLOAD_AT + 1, -1)), HEAD.length, 'latin1');
  return bytes;
}

/** What a line holds. `damaged`: torn, altered or never ours. `newer`: sound, and of a format this program does not know. */
export type DecodedRecord =
  | { readonly kind: 'record'; readonly record: JournalRecord }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'newer'; readonly formatVersion: number };

/** Reads one line without its line feed. Never throws. `knownVersion` is the newest format that is read. */
export function decodeRecord(line: Buffer, knownVersion: number): DecodedRecord {
  if (line.length <= PAYLOAD_AT + 1 || line[line.length - 1] !== CLOSE) return DAMAGED;
  if (
    line.toString('latin1', 0, HEAD.length - 1) !== HEAD.slice(1) ||
    line.toString('latin1', PAYLOAD_AT - MIDDLE.length, PAYLOAD_AT) !== MIDDLE
  )
    return DAMAGED;
  const payload = line.subarray(PAYLOAD_AT, -1);
  if (line.toString('latin1', HEAD.length - 1, HEAD.length + 7) !== crcText(payload)) return DAMAGED;
  const value = parseBounded(payload.toString('utf8'));
  const version = versionOf(value);
  if (version !== undefined && version > knownVersion) return { kind: 'newer', formatVersion: version };
  const record = journalRecord(value);
  return record ? { kind: 'record', record } : DAMAGED;
}

const HEAD = '\n{"crc":"';
const MIDDLE = '","record":';
/** Of the record's JSON in a line without its line feed. */
const PAYLOAD_AT = HEAD.length - 1 + 8 + MIDDLE.length;
const CLOSE = 125;
const DAMAGED: DecodedRecord = { kind: 'damaged' };

function crcText(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}

/** A record wraps values that may themselves be as deep as files may nest. */
const DEEPEST = MAX_DEPTH + 10;

/** Undefined for what is no JSON or nests too deep. */
function parseBounded(text: string): Json | undefined {
  if (isTooDeep(text, DEEPEST)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function versionOf(value: Json | undefined): number | undefined {
  if (!isJsonObject(value) || ownValue(value, 'type') !== 'run') return undefined;
  const version = ownValue(value, 'formatVersion');
  return typeof version === 'number' ? version : undefined;
}
