import { isPromptFile } from '../../prompts-schema/index.ts';
import { type Capabilities, TRUSTED } from '../../safety/index.ts';
import {
  confinePath,
  fitsPattern,
  LARGEST_FILE,
  matchingOf,
  outsidePattern,
  type ReadResult,
  readPatterns,
  resolveReference,
  type Workspace,
} from '../../workspace/index.ts';

/** A workspace whose files are texts by root-relative path; `set` adds or changes one, an undefined text removes it. No .gitignore. */
export interface InMemoryWorkspace extends Workspace {
  readonly set: (path: string, text: string | undefined) => void;
}

export function inMemoryWorkspace(
  files: Readonly<Record<string, string>>,
  capabilities: Capabilities = TRUSTED,
  root = '/workspace',
): InMemoryWorkspace {
  let clock = 1;
  const stored = new Map(Object.entries(files).map(([path, text]) => [path, { text, mtimeMs: clock }]));
  const size = (text: string): number => Buffer.byteLength(text);
  const read = async (path: string): Promise<ReadResult> => {
    const confined = confinePath(path);
    if (confined === undefined)
      return { ok: false, path, reason: 'outside', message: `${path} leads outside the folder; only files inside it are read.` };
    const file = stored.get(confined);
    if (!file) {
      const isFolder = [...stored.keys()].some((each) => each.startsWith(`${confined}/`));
      return isFolder
        ? { ok: false, path, reason: 'notAFile', message: `${path} is not a regular file.` }
        : { ok: false, path, reason: 'missing', message: `${path} does not exist.` };
    }
    if (size(file.text) > LARGEST_FILE)
      return { ok: false, path, reason: 'tooLarge', message: `${path} is larger than ${LARGEST_FILE / 1024 / 1024} MB.` };
    if (file.text.includes('\0')) return { ok: false, path, reason: 'notText', message: `${path} is not UTF-8 text. Save it as UTF-8.` };
    const mark = file.text.startsWith('\uFEFF') ? { byteOrderMark: true } : {};
    return { ok: true, path, text: file.text.replace(/^\uFEFF/, ''), mtimeMs: file.mtimeMs, size: size(file.text), ...mark };
  };
  return {
    root,
    capabilities,
    read,
    stat: async (path) => {
      const file = await read(path);
      return file.ok ? { mtimeMs: file.mtimeMs, size: file.size } : undefined;
    },
    promptFiles: async () =>
      [...stored.keys()].filter((path) => isPromptFile(path) && !/(?:^|\/)(?:\.git|node_modules|\.evenkeel|dist)\//.test(path)).sort(),
    matching: async (from, pattern) => {
      const patterns = readPatterns(from, pattern);
      if (!patterns) return outsidePattern(pattern);
      return matchingOf(
        from,
        pattern,
        [...stored.keys()].filter((path) => patterns.some((one) => fitsPattern(path, one))),
      );
    },
    resolve: (from, reference) => resolveReference(from, reference),
    relative: (absolute) => (absolute.startsWith(`${root}/`) ? absolute.slice(root.length + 1) : undefined),
    set: (path, text) => {
      clock++;
      if (text === undefined) stored.delete(path);
      else stored.set(path, { text, mtimeMs: clock });
    },
  };
}
