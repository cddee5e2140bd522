import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../bootstrap.mjs';
import { type BenchRow, notHere } from './benchRow.ts';
import { wallOfNode } from './measureProcess.ts';
import { median, medianRatio, round } from './statistics.ts';

/** How long `evenkeel --version` takes, beside a Node that does nothing. */
export const startRow: BenchRow = {
  id: 'start',
  run: async ({ rounds, folder, say }) => {
    const [work, target] = ['CLI --version: wall', '≤ 3 × `node -e 0`'];
    const cli = join(ROOT, 'dist/cli/main.mjs');
    if (!existsSync(cli)) return [notHere(work, target, 'dist/cli is not built (npm run build)')];
    const ours: number[] = [];
    const bare: number[] = [];
    say('starting the CLI');
    for (let at = 0; at < Math.max(7, rounds * 3); at++) {
      ours.push(await wallOfNode([cli, '--version'], folder));
      bare.push(await wallOfNode(['-e', '0'], folder));
    }
    const ratio = medianRatio(ours, bare);
    return [
      {
        work,
        target,
        measured: `${round(ratio)} × (${round(median(ours), 0)} ms and ${round(median(bare), 0)} ms)`,
        met: ratio <= 3,
        figures: { ratio: round(ratio, 3), ours: round(median(ours)), theirs: round(median(bare)) },
      },
    ];
  },
};
