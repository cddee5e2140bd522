import { NETWORK_PLACES } from '../house.ts';
import { lineAt } from './maskSource.ts';
import { type Problem, roomOf, type Tree } from './tree.ts';

/** A call, an alias, or the property of the global object; not a method that happens to have the name. */
const USES = [
  /(?<![.\w$])(?<!\b(?:function|async|get|set)\s+)(?<name>fetch)\s*\(/g,
  /(?:=|\?\?|\|\||=>|\breturn)\s*(?<name>fetch)\s*(?=[;,)}\n]|$)/g,
  /\b(?:globalThis|window|self)\s*\.\s*(?<name>fetch|WebSocket|EventSource|XMLHttpRequest)\b/g,
  /\bnew\s+(?<name>WebSocket|EventSource|XMLHttpRequest)\b/g,
  /\bnavigator\s*\.\s*(?<name>sendBeacon)\b/g,
];

/** The globals that open the network are used only where the network may be used. */
export function networkGlobals({ files }: Tree): readonly Problem[] {
  return files
    .filter(({ path }) => roomOf(path) && !NETWORK_PLACES.some((place) => path.startsWith(place)))
    .flatMap(({ path, text, masked }) =>
      USES.flatMap((use) =>
        [...masked.matchAll(use)].map((match) => ({
          file: path,
          line: lineAt(text, match.index + match[0].lastIndexOf(match.groups?.name ?? '')),
          message: `${match.groups?.name} uses the network: only ${NETWORK_PLACES.join(', ')} may`,
        })),
      ),
    );
}
