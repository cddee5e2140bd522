import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A file of other people's prompts. */
export interface CorpusFile {
  /** Its path from the folder of its format. */
  readonly file: string;
  readonly text: string;
}

/** The real files of a format, where they are beside the repository; else none. */
export function corpusFiles(format: string, ending: RegExp): readonly CorpusFile[] {
  const folder = corpusFolder(format);
  if (folder === undefined) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .sort()
    .map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8') }));
}

/** The folder of those files; undefined where it is not there. */
export function corpusFolder(format: string): string | undefined {
  const folder = path.resolve(import.meta.dirname, '../../../shared/corpus', format);
  return existsSync(folder) ? folder : undefined;
}

/** To be put behind the name of a suite over those files. */
export function skippedNote(files: readonly unknown[]): string {
  return files.length > 0 ? '' : ' (skipped: no corpus beside the repository)';
}
