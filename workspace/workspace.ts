import type { Capabilities } from '../safety/index.ts';
import type { Matching } from './matchingFiles.ts';

/** A file's text, or why it was not read. Reads are confined to the root: links out of it, devices and very large files are refused. */
export type ReadResult =
  | {
      readonly ok: true;
      readonly path: string;
      readonly text: string;
      readonly mtimeMs: number;
      readonly size: number;
      /** The file begins with a byte-order mark, which is not in the text. */
      readonly byteOrderMark?: boolean;
    }
  | {
      readonly ok: false;
      readonly path: string;
      readonly reason: 'missing' | 'outside' | 'notAFile' | 'tooLarge' | 'notText' | 'unreadable';
      readonly message: string;
    };

/** The user's folder as the other rooms see it. Paths are root-relative with `/`, except `root` itself. An in-memory one is in test/support. */
export interface Workspace {
  /** Absolute path of the root. */
  readonly root: string;
  readonly capabilities: Capabilities;
  readonly read: (path: string) => Promise<ReadResult>;
  /** Cheap: for caches. Undefined when there is no such file inside the root. */
  readonly stat: (path: string) => Promise<{ readonly mtimeMs: number; readonly size: number } | undefined>;
  /** Every prompt file under the root, sorted; ignored folders (.git, node_modules, .evenkeel, .gitignore's) are left out. */
  readonly promptFiles: () => Promise<readonly string[]>;
  /** The files that a pattern in the file `from` stands for (`tests/*.yaml`, `../shared/**`), sorted; a few hundred at most. */
  readonly matching: (from: string, pattern: string) => Promise<Matching>;
  /** Root-relative path of what `reference` in the file `from` names (`./x`, `../x`, `x`); undefined when it leads outside. */
  readonly resolve: (from: string, reference: string) => string | undefined;
  /** Root-relative path of an absolute one; undefined when outside. */
  readonly relative: (absolute: string) => string | undefined;
}
