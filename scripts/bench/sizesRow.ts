import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../bootstrap.mjs';
import { type BenchLine, type BenchRow, notHere } from './benchRow.ts';

/** Sizes of what is shipped; kilobytes of a thousand bytes. */
export const sizesRow: BenchRow = {
  id: 'sizes',
  run: async () => [
    sizeLine('Extension bundle', ['dist/extension.cjs'], 600),
    sizeLine('Server bundle, all its parts', ['dist/server', 'dist/server.cjs'], 900),
    sizeLine('VSIX', ['dist/evenkeel.vsix'], 2500),
  ],
};

function sizeLine(work: string, places: readonly string[], limitKb: number): BenchLine {
  const target = limitKb >= 1000 ? `≤ ${limitKb / 1000} MB` : `≤ ${limitKb} KB`;
  const place = places.map((name) => join(ROOT, name)).find((path) => existsSync(path));
  if (!place) return notHere(work, target, `${places[0]} is not built (npm run build)`);
  const kb = bytesOf(place) / 1000;
  return { work, target, measured: `${kb.toFixed(0)} KB`, met: kb <= limitKb, figures: { kb: Number(kb.toFixed(1)) } };
}

function bytesOf(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return path.endsWith('.map') ? 0 : stats.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}
