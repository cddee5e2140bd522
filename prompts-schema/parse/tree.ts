import { type Json, ownObject } from '../../safety/index.ts';
import type { MapEntry, MapNode, PositionedNode } from './positioned.ts';

/** The first entry with that key; a key given twice counts once. */
export function entryOf(map: MapNode, key: string): MapEntry | undefined {
  return map.entries.find((entry) => entry.key === key);
}

/** The value as plain data with own properties only, whatever the keys are called. */
export function toJson(node: PositionedNode): Json {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(toJson);
    case 'map': {
      const own = new Map<string, Json>();
      for (const { key, value } of node.entries) if (!own.has(key)) own.set(key, toJson(value));
      return ownObject(own);
    }
  }
}

/** The node that keys and list places lead to, or undefined. */
export function nodeAtPath(root: PositionedNode | undefined, path: readonly (string | number)[]): PositionedNode | undefined {
  let node = root;
  for (const step of path) {
    if (node?.kind === 'map') node = entryOf(node, String(step))?.value;
    else if (node?.kind === 'list' && typeof step === 'number') node = node.items[step];
    else return undefined;
  }
  return node;
}
