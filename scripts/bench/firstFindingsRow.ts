import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { gatherFacts } from '../../ledger/index.ts';
import { lintPrompt } from '../../lint/index.ts';
import { parsePrompt } from '../../prompts-schema/index.ts';
import { TRUSTED } from '../../safety/index.ts';
import { loadConfig, openWorkspace } from '../../workspace/index.ts';
import type { BenchRow } from './benchRow.ts';
import { promptText } from './promptText.ts';
import { median, medianRatio, round } from './statistics.ts';

/** From an opened folder of a thousand prompt files to the findings of all, beside reading and parsing them. */
export const firstFindingsRow: BenchRow = {
  id: 'firstFindings',
  run: async ({ folder, rounds, say }) => {
    const root = join(folder, 'thousand');
    for (let at = 0; at < 1000; at++) {
      const place = join(root, `area${at % 20}`);
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, `p${at}.prompt.yml`), promptText(30 + (at % 40)));
    }
    const ours: number[] = [];
    const bare: number[] = [];
    say('linting 1,000 files');
    for (let turn = -1; turn < rounds; turn++) {
      const measured = [await wall(() => lintAll(root)), await wall(() => parseAll(root))] as const;
      if (turn < 0) continue;
      ours.push(measured[0]);
      bare.push(measured[1]);
    }
    const ratio = medianRatio(ours, bare);
    return [
      {
        work: 'First findings of 1,000 prompt files',
        target: '≤ 2 × reading and parsing them',
        measured: `${round(ratio)} × (${round(median(ours), 0)} ms and ${round(median(bare), 0)} ms)`,
        met: ratio <= 2,
        figures: { ratio: round(ratio, 3), ours: round(median(ours)), theirs: round(median(bare)) },
      },
    ];
  },
};

async function lintAll(root: string): Promise<void> {
  const workspace = openWorkspace({ root, capabilities: TRUSTED });
  const { config } = await loadConfig(workspace);
  let found = 0;
  for (const promptId of await workspace.promptFiles()) {
    const file = await workspace.read(promptId);
    if (!file.ok) throw new Error(file.message);
    const document = parsePrompt(file.text, 'native');
    const facts = await gatherFacts(workspace, document, promptId, { config, today: '2026-11-22' });
    found += lintPrompt(document, facts).length;
  }
  if (found < 2000) throw new Error(`Only ${found} findings; each file has two mistakes.`);
}

/** The same files, found beforehand. */
async function parseAll(root: string): Promise<void> {
  for (let at = 0; at < 1000; at++)
    parseDocument(await readFile(join(root, `area${at % 20}`, `p${at}.prompt.yml`), 'utf8'), { lineCounter: new LineCounter() });
}

async function wall(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
