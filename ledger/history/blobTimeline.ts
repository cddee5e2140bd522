import type { CommitGraph } from '../git/commitGraph.ts';

/** A file's blob after each node of a graph: small, since a graph has many nodes and a file few texts. */
export interface Timeline {
  /** By the node's place, which of `blobs` it has; equal where the blobs are. */
  readonly ids: Int32Array;
  /** Undefined, for no such file, is the first; the others from the oldest to the newest. */
  readonly blobs: readonly (string | undefined)[];
}

export function blobAt({ ids, blobs }: Timeline, place: number): string | undefined {
  return blobs[ids[place] ?? 0];
}

/**
 * Follows one path from the oldest commit to the newest. What a merge took from one of its parents is not in the graph: where they differ,
 * `lookUp` tells what it has.
 */
export async function timelineOf(
  { nodes, changes }: CommitGraph,
  path: string,
  lookUp: (commit: string, path: string) => Promise<string | undefined>,
): Promise<Timeline> {
  const ids = new Int32Array(nodes.length);
  const blobs: (string | undefined)[] = [undefined];
  const known = new Map<string | undefined, number>([[undefined, 0]]);
  const idOf = (blob: string | undefined): number => {
    const id = known.get(blob) ?? blobs.push(blob) - 1;
    known.set(blob, id);
    return id;
  };
  const changed = changes.get(path);
  if (!changed) return { ids, blobs };
  for (let place = nodes.length - 1; place >= 0; place--) {
    const node = nodes[place];
    if (!node) continue;
    if (changed.has(place)) ids[place] = idOf(changed.get(place));
    else if (haveOne(ids, node.parents)) ids[place] = ids[node.parents[0] ?? -1] ?? 0;
    else ids[place] = idOf(await lookUp(node.commit, path));
  }
  return { ids, blobs };
}

function haveOne(ids: Int32Array, parents: readonly number[]): boolean {
  for (let at = 1; at < parents.length; at++) if (ids[parents[at] ?? -1] !== ids[parents[0] ?? -1]) return false;
  return true;
}
