import { LONGEST_FILE, LONGEST_TEST } from '../house.ts';
import type { Problem, Tree } from './tree.ts';

/** No file is longer than the house allows; folders called data/ hold tables and are exempt. */
export function fileLength({ files }: Tree): readonly Problem[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.replace(/\n$/, '').split('\n').length;
    const most = path.startsWith('test/') ? LONGEST_TEST : LONGEST_FILE;
    if (lines <= most || /(^|\/)data\//.test(path)) return [];
    return [{ file: path, line: most + 1, message: `${lines} lines; ${most} is the most: make two files of it` }];
  });
}
