/** The rules of the house that neither compiler nor lint sees; one file of tidy/ each. `node scripts/run.mjs scripts/tidy.ts` */
import { pathToFileURL } from 'node:url';
import { ROOT } from './bootstrap.mjs';
import { docPaths } from './tidy/docPaths.ts';
import { fileLength } from './tidy/fileLength.ts';
import { gitPlaces } from './tidy/gitPlaces.ts';
import { importCycles } from './tidy/importCycles.ts';
import { manifestIds } from './tidy/manifestIds.ts';
import { networkGlobals } from './tidy/networkGlobals.ts';
import { packageImports } from './tidy/packageImports.ts';
import { roomImports } from './tidy/roomImports.ts';
import { testsRun } from './tidy/testsRun.ts';
import { type Rule, readTree, type Tree } from './tidy/tree.ts';

const RULES: readonly Rule[] = [
  roomImports,
  packageImports,
  networkGlobals,
  gitPlaces,
  importCycles,
  fileLength,
  manifestIds,
  docPaths,
  testsRun,
];

/** What is out of order, a line each: `file:line: message`. */
export function tidy(tree: Tree = readTree(ROOT)): readonly string[] {
  return RULES.flatMap((rule) => rule(tree)).map(({ file, line, message }) => `${file}:${line}: ${message}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const problems = tidy();
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length ? 1 : 0;
}
