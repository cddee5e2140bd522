/**
 * Measures the rows of docs' Speed table side by side: `npm run bench -- [--full] [--rounds N] [--only eval,edit] [--peers DIR]`.
 * Prints a table and writes test-output/bench.json. Times on a busy machine are not figures of the program; ratios of one run are.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../safety/index.ts';
import { asProgram } from './asProgram.ts';
import type { BenchContext, BenchLine, BenchRow } from './bench/benchRow.ts';
import { diffRow } from './bench/diffRow.ts';
import { driftPanelRow } from './bench/driftPanelRow.ts';
import { driftReviewRow } from './bench/driftReviewRow.ts';
import { editRow } from './bench/editRow.ts';
import { evalRow } from './bench/evalRow.ts';
import { firstFindingsRow } from './bench/firstFindingsRow.ts';
import { historyRow } from './bench/historyRow.ts';
import { keystrokeRow } from './bench/keystrokeRow.ts';
import { serverStartRow } from './bench/serverStartRow.ts';
import { sizesRow } from './bench/sizesRow.ts';
import { startRow } from './bench/startRow.ts';
import { ROOT } from './bootstrap.mjs';

const ROWS: readonly BenchRow[] = [
  evalRow,
  startRow,
  keystrokeRow,
  editRow,
  serverStartRow,
  firstFindingsRow,
  diffRow,
  driftReviewRow,
  driftPanelRow,
  historyRow,
  sizesRow,
];

await asProgram(async () => {
  const { values } = parseArgs({
    options: {
      full: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '3' },
      only: { type: 'string' },
      peers: { type: 'string' },
    },
  });
  const only = values.only?.split(',');
  const unknown = only?.find((id) => !ROWS.some((row) => row.id === id));
  if (unknown !== undefined)
    throw new UserError('usage', `There is no row “${unknown}”. The rows are ${ROWS.map(({ id }) => id).join(', ')}.`);
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-bench-'));
  const context: BenchContext = {
    full: values.full,
    rounds: Math.max(1, Number.parseInt(values.rounds, 10) || 3),
    peers: values.peers === undefined ? undefined : resolve(values.peers),
    folder,
    say: (text) => void process.stderr.write(`${text}\n`),
  };
  try {
    const lines: BenchLine[] = [];
    for (const row of ROWS) if (!only || only.includes(row.id)) lines.push(...(await row.run(context)));
    const report = {
      at: new Date().toISOString(),
      node: process.version,
      cores: cpus().length,
      full: values.full,
      rounds: context.rounds,
      lines,
    };
    mkdirSync(join(ROOT, 'test-output'), { recursive: true });
    writeFileSync(join(ROOT, 'test-output/bench.json'), `${JSON.stringify(report, undefined, 2)}\n`);
    console.log(table(lines));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function table(lines: readonly BenchLine[]): string {
  const rows = lines.map(({ work, target, measured, met }) => [met === undefined ? ' ' : met ? '✓' : '✗', work, target, measured]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
