import { lineAt } from './maskSource.ts';
import type { Problem, Tree } from './tree.ts';

/** A test picked out, left out or promised; `skipIf` with a reason is fine, and so is `context.skip()` within a test. */
const HELD_BACK = /(?<![.\w$])(?:it|test|describe|suite)(?:\s*\.\s*\w+(?:\([^()]*\))?)*?\s*\.\s*(only|skip|todo)\b/g;

/** Every test runs. */
export function testsRun({ files }: Tree): readonly Problem[] {
  return files
    .filter(({ path }) => path.startsWith('test/'))
    .flatMap(({ path, text, masked }) =>
      [...masked.matchAll(HELD_BACK)].map((match) => ({
        file: path,
        line: lineAt(text, match.index),
        message: `.${match[1]} keeps tests from running`,
      })),
    );
}
