import { join } from 'node:path';
import type { Workspace } from '../../workspace/index.ts';

/** A document that is open in the editor. */
export interface OpenText {
  readonly text: string;
  readonly version: number;
}

/**
 * The workspace as the editor shows it: what is open is read from the editor, everything else from the disk under the workspace's own rules.
 * An open document's version stands for its time, so that caches notice every edit.
 */
export function overlayWorkspace(disk: Workspace, openAt: (absolutePath: string) => OpenText | undefined): Workspace {
  const openText = (path: string): OpenText | undefined => openAt(join(disk.root, path));
  return {
    ...disk,
    read: async (path) => {
      const open = openText(path);
      return open ? { ok: true, path, text: open.text, mtimeMs: -open.version, size: open.text.length } : disk.read(path);
    },
    stat: async (path) => {
      const open = openText(path);
      return open ? { mtimeMs: -open.version, size: open.text.length } : disk.stat(path);
    },
  };
}
