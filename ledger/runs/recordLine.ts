import { crc32 } from 'node:zlib';
import { type Json, parseJson } from '../../safety/index.ts';
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
  if (line.latin1Slice(0, HEAD.length - 1) !== HEAD.slice(1) || line.latin1Slice(PAYLOAD_AT - MIDDLE.length, PAYLOAD_AT) !== MIDDLE) return DAMAGED;
  const payload = line.subarray(PAYLOAD_AT, -1);
  if (line.latin1Slice(HEAD.length - 1, HEAD.length + 7) !== crcText(payload)) return DAMAGED;
  const json = parseJson(payload.utf8Slice(0, payload.length));
  if (!json.ok) return DAMAGED;
  const version = versionOf(json.value);
  if (version !== undefined && version > knownVersion) return { kind: 'newer', formatVersion: version };
  const record = journalRecord(json.value);
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

function versionOf(value: Json): number | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value) || value['type'] !== 'run') return undefined;
  const version = 'formatVersion' in value ? value['formatVersion'] : undefined;
  return typeof version === 'number' ? version : undefined;
}
