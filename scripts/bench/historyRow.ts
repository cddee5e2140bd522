import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SERVER_FLAGS } from '../../protocol/index.ts';
import { ROOT } from '../bootstrap.mjs';
import { type BenchContext, type BenchLine, type BenchRow, notHere } from './benchRow.ts';
import { type HistoryRepository, makeHistoryRepository } from './historyRepository.ts';
import { startLanguageServer } from './languageClient.ts';
import { wallOfNode } from './measureProcess.ts';
import { serverBundle } from './serverStartRow.ts';
import { median, round } from './statistics.ts';

const SIZE = { prompts: 50, versions: 300 };
const OF = `${SIZE.prompts} prompts × ${SIZE.versions} versions`;
const HISTORY = [`\`evenkeel history\` of one prompt, nothing stored (${OF})`, '≤ 1 s'] as const;
const STATUS = [`\`evenkeel status\` (${OF})`, '≤ 2 s'] as const;
const HOVER = [`Hover on \`version:\` with what is deployed, warm (${OF})`, '≤ 100 ms'] as const;

/** A repository with a long past: the history of a prompt, the status of all, and the hover that tells what is deployed. */
export const historyRow: BenchRow = {
  id: 'history',
  run: async (context) => {
    const cli = join(ROOT, 'dist/cli/main.mjs');
    if (!existsSync(cli))
      return [HISTORY, STATUS, HOVER].map(([work, target]) => notHere(work, target, 'dist/cli is not built (npm run build)'));
    context.say(`making a repository of ${OF}`);
    const repository = await makeHistoryRepository(join(context.folder, 'history'), SIZE);
    // What is deployed is asked once, as the editor does in the background; it is not part of what is measured.
    await wallOfNode([cli, 'deployed'], repository.folder);
    return [await historyLine(cli, repository, context), await statusLine(cli, repository, context), await hoverLine(repository, context)];
  },
};

async function historyLine(cli: string, { folder, prompts }: HistoryRepository, { rounds, say }: BenchContext): Promise<BenchLine> {
  const times: number[] = [];
  for (const prompt of prompts.slice(0, Math.max(3, rounds))) {
    say(`history of ${prompt}`);
    forget(folder);
    times.push(await wallOfNode([cli, 'history', prompt], folder));
  }
  const [cold, slowest] = [median(times), Math.max(...times)];
  const measured = `${round(cold, 0)} ms, ${round(slowest, 0)} ms at most, the program's start included`;
  return { work: HISTORY[0], target: HISTORY[1], measured, met: cold <= 1000, figures: { cold: round(cold), slowest: round(slowest) } };
}

async function statusLine(cli: string, { folder }: HistoryRepository, { rounds, say }: BenchContext): Promise<BenchLine> {
  const [cold, warm]: readonly [number[], number[]] = [[], []];
  for (let at = 0; at < rounds; at++) {
    say(`status, round ${at + 1} of ${rounds}`);
    forget(folder);
    cold.push(await wallOfNode([cli, 'status'], folder));
    warm.push(await wallOfNode([cli, 'status'], folder));
  }
  const figures = { cold: round(median(cold)), warm: round(median(warm)) };
  const measured = `${round(figures.cold, 0)} ms with nothing stored, ${round(figures.warm, 0)} ms after`;
  return { work: STATUS[0], target: STATUS[1], measured, met: figures.cold <= 2000, figures };
}

/** Forgets what was read of the history; what is deployed stays known. */
function forget(folder: string): void {
  rmSync(join(folder, '.evenkeel/history'), { recursive: true, force: true });
}

const HOVERS = 25;

async function hoverLine({ folder, prompts }: HistoryRepository, { say }: BenchContext): Promise<BenchLine> {
  const bundle = serverBundle();
  if (!bundle) return notHere(...HOVER, 'dist/server is not built (npm run build)');
  say('hovering');
  const server = await startLanguageServer([...SERVER_FLAGS, bundle, '--stdio'], { trusted: true });
  const path = join(folder, prompts[0] ?? '');
  const [uri, text] = [pathToFileURL(path).href, readFileSync(path, 'utf8')];
  const line = text.split('\n').findIndex((each) => each.startsWith('version:'));
  try {
    await server.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    const times: number[] = [];
    for (let at = 0; at <= HOVERS; at++) {
      const started = performance.now();
      const hover = await server.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line, character: 12 } });
      times.push(performance.now() - started);
      if (!JSON.stringify(hover).includes('production')) return notHere(...HOVER, 'the hover does not tell what is deployed');
    }
    const [first = 0, ...warm] = times;
    const figures = { first: round(first), warm: round(median(warm)), slowest: round(Math.max(...warm)) };
    const measured = `${round(figures.warm, 1)} ms, ${round(figures.slowest, 1)} ms at most; ${round(first, 0)} ms the first time`;
    return { work: HOVER[0], target: HOVER[1], measured, met: figures.warm <= 100, figures };
  } finally {
    await server.stop();
  }
}
