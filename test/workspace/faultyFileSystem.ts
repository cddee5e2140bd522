import { type FileSystem, nodeFileSystem, type OpenFile } from '../../workspace/index.ts';

/** What happens at a step. `crash`: this and every later step fails, as if the process had died; `half` writes half of the bytes first. */
export type Fault = { readonly code: string } | 'crash' | 'crashAfterHalf' | 'half' | undefined;

/** A disk on which `faultAt` decides what each step does; steps count from 0. `steps` tells what was done. */
export function faultyFileSystem(faultAt: (step: number, name: keyof FileSystem | keyof OpenFile, path: string) => Fault): {
  readonly fileSystem: FileSystem;
  readonly steps: readonly string[];
} {
  const steps: string[] = [];
  let dead = false;
  const run = async <T>(name: keyof FileSystem | keyof OpenFile, path: string, act: (fault: Fault) => Promise<T>): Promise<T> => {
    if (dead) throw failure('CRASHED');
    const fault = faultAt(steps.length, name, path);
    steps.push(name);
    if (fault === 'crash') dead = true;
    if (fault === 'crash') throw failure('CRASHED');
    if (typeof fault === 'object') throw failure(fault.code);
    const result = await act(fault);
    if (fault === 'crashAfterHalf') dead = true;
    return result;
  };
  const real = nodeFileSystem;
  return {
    steps,
    fileSystem: {
      create: (path, mode) =>
        run('create', path, async () => {
          const file = await real.create(path, mode);
          return {
            write: (bytes) =>
              run('write', path, (fault) =>
                file.write(fault === 'half' || fault === 'crashAfterHalf' ? bytes.subarray(0, Math.ceil(bytes.length / 2)) : bytes),
              ),
            sync: () => run('sync', path, file.sync),
            close: async () => {
              await file.close(); // the descriptor goes with the process, whatever happens
              await run('close', path, async () => {});
            },
          };
        }),
      read: (path) => run('read', path, () => real.read(path)),
      mode: (path) => run('mode', path, () => real.mode(path)),
      rename: (from, to) => run('rename', to, () => real.rename(from, to)),
      unlink: (path) => run('unlink', path, () => real.unlink(path)),
      makeFolder: (path) => run('makeFolder', path, () => real.makeFolder(path)),
      syncFolder: (path) => run('syncFolder', path, () => real.syncFolder(path)),
    },
  };
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}
