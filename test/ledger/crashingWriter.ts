/** Run as a process of its own: three writers append outputs to one run until it is killed; each key goes to stdout once acknowledged. */
import { writeSync } from 'node:fs';
import { createRunStore } from '../../ledger/index.ts';
import { TRUSTED } from '../../safety/index.ts';
import { attempt, output } from './journalRecords.ts';

const [root = '', runId = '', seed = ''] = process.argv.slice(2);
const store = createRunStore({ root, capabilities: TRUSTED });
const writers = await Promise.all([store.reopen(runId), store.reopen(runId), store.reopen(runId)]);
await Promise.all(
  writers.flatMap((writer, which) =>
    [0, 1, 2, 3].map(async (lane) => {
      for (let count = 0; ; count++) {
        const id = `${seed}-${which}-${lane}-${count}`;
        await writer.append(attempt(id));
        await writer.append(output(id, 'x'.repeat((count * 997) % 20_000)));
        writeSync(1, `${id}\n`);
      }
    }),
  ),
);
