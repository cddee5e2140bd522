import { UserError } from '../../safety/index.ts';
import { errorCode, type OpenFile, writeAll } from '../../workspace/index.ts';
import type { JournalRecord, JournalWriter } from './record.ts';
import { encodeRecord } from './recordLine.ts';

/** One record may be this large on disk: 64 MB. */
export const LARGEST_RECORD = 64 * 1024 * 1024;

/**
 * Appends records to one writer's file with group commit: while one write is being made durable, the next records gather, and one fsync
 * acknowledges them all. After a failed write every append rejects: nothing may be sent whose result could not be stored.
 */
export function createJournalWriter(runId: string, path: string, file: OpenFile): JournalWriter {
  let waiting: Waiting[] = [];
  let committing: Promise<void> | undefined;
  let broken: UserError | undefined;
  let closed = false;

  const commit = async (): Promise<void> => {
    while (waiting.length) {
      await Promise.resolve(); // lets whoever appends in the same turn join
      const batch = waiting;
      waiting = [];
      try {
        if (broken) throw broken;
        await writeAll(file, batch.length === 1 && batch[0] ? batch[0].bytes : Buffer.concat(batch.map(({ bytes }) => bytes)));
        await file.sync();
        for (const { done } of batch) done();
      } catch (error) {
        broken ??= notStored(path, error);
        for (const { fail } of batch) fail(broken);
      }
    }
    committing = undefined;
  };

  return {
    runId,
    append: async (record: JournalRecord): Promise<void> => {
      if (closed) throw new Error(`The journal ${path} is closed.`);
      if (broken) throw broken;
      const bytes = encodeRecord(record);
      if (bytes.length > LARGEST_RECORD)
        throw new UserError(
          'incomplete',
          `A ${record.type} record of ${Math.ceil(bytes.length / 1e6)} MB is too large for the run's journal. Use smaller files or cases.`,
        );
      await new Promise<void>((done, fail) => {
        waiting.push({ bytes, done, fail });
        committing ??= commit();
      });
    },
    close: async (): Promise<void> => {
      if (closed) return;
      closed = true;
      await committing;
      await file.close();
    },
  };
}

interface Waiting {
  readonly bytes: Buffer;
  readonly done: () => void;
  readonly fail: (error: Error) => void;
}

function notStored(path: string, error: unknown): UserError {
  const code = errorCode(error);
  const why =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? 'the disk is full'
      : code === 'EROFS'
        ? 'the disk is read-only'
        : error instanceof Error
          ? error.message
          : String(error);
  return new UserError(
    'incomplete',
    `The run's journal ${path} could not be written: ${why}. Nothing further was sent, and every result reported before is kept. Mend that, then resume the run.`,
  );
}
