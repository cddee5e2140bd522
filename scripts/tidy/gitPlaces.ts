import { lineAt } from './maskSource.ts';
import { type Problem, roomOf, type Tree } from './tree.ts';

/** Git runs in the engine host and in the CLI; the code that reads its history is the ledger's. */
const PLACES = /^(engine\/(host|git)\/|engine\/([\w-]+\/)*git\w*\.ts$|cli\/|ledger\/([\w-]+\/)*git(\/|\w*\.ts$))/i;

/** Only the files that may start git name it in a file that starts programs. */
export function gitPlaces({ files }: Tree): readonly Problem[] {
  return files
    .filter(
      ({ path, imports }) =>
        roomOf(path) && !PLACES.test(path) && imports.some(({ specifier }) => /^(node:)?child_process$/.test(specifier)),
    )
    .flatMap(({ path, text, literals }) =>
      literals
        .filter(({ value }) => /^git( |$)/.test(value))
        .map(({ start }) => ({
          file: path,
          line: lineAt(text, start),
          message: 'git is started only in engine/host, cli/ and the git files of ledger/',
        })),
    );
}
