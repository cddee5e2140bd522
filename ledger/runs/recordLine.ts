import { isJsonObject, type Json, ownValue } from '../../safety/index.ts';
import { decodeLine, encodeLine } from '../crcLine.ts';
import type { JournalRecord } from './record.ts';
import { journalRecord } from './recordSchema.ts';

/** One record as the journal stores it. */
export function encodeRecord(record: JournalRecord): Buffer {
  return encodeLine(record);
}

/** What a line holds. `damaged`: torn, altered or never ours. `newer`: sound, and of a format this program does not know. */
export type DecodedRecord =
  | { readonly kind: 'record'; readonly record: JournalRecord }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'newer'; readonly formatVersion: number };

/** Reads one line without its line feed. Never throws. `knownVersion` is the newest format that is read. */
export function decodeRecord(line: Buffer, knownVersion: number): DecodedRecord {
  const value = decodeLine(line);
  if (value === undefined) return DAMAGED;
  const version = versionOf(value);
  if (version !== undefined && version > knownVersion) return { kind: 'newer', formatVersion: version };
  const record = journalRecord(value);
  return record ? { kind: 'record', record } : DAMAGED;
}

const DAMAGED: DecodedRecord = { kind: 'damaged' };

function versionOf(value: Json): number | undefined {
  if (!isJsonObject(value) || ownValue(value, 'type') !== 'run') return undefined;
  const version = ownValue(value, 'formatVersion');
  return typeof version === 'number' ? version : undefined;
}
