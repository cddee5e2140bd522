import type { PromptDocument } from '../document.ts';
import { ownEntry } from '../formats/ownFields.ts';
import type { MapEntry, MapNode, PositionedNode } from '../parse/positioned.ts';
import { entryOf } from '../parse/tree.ts';
import type { Range } from '../text/range.ts';
import { type Addition, addToMap, blockLines, inBraces } from './addToMap.ts';
import { settingsRange } from './settingsRange.ts';

/**
 * The prompt's text with another version, as small an edit as there is: the value alone, in the quotes that it has. Where there is none, a line
 * below the name, else above the first key, with the file's own line ends; a template without settings gets them. Undefined where the file has no
 * such place.
 */
export function withVersion(document: PromptDocument, version: string): string | undefined {
  const { text, version: written } = document;
  const root = rootOf(document);
  const entry = root && versionEntry(document, root);
  const place = written?.range ?? valueRange(entry?.value);
  const plain = root && isJson(text, root) ? JSON.stringify(version) : version;
  if (place) return replaced(text, place, quotedAs(text.slice(place.start, place.end), version, written ? version : plain));
  if (entry) return replaced(text, { start: entry.keyRange.end, end: colonEnd(text, entry.keyRange.end) }, `: ${plain}`);
  return root ? added(document, root, version) : withSettings(document, version);
}

/** How a version is written into a file of this format, for messages: `version: 1.0.0`. */
export function versionWords({ format, key }: Pick<PromptDocument, 'format' | 'key'>, version: string): string {
  if (format === 'promptfoo') return inBraces({ keys: ['evenkeel', 'versions', key ?? 'name'], value: version }, false);
  return `${format === 'dotprompt' ? OWN_KEY : 'version'}: ${version}`;
}

const OWN_KEY = 'evenkeel.version';

function rootOf({ tree }: PromptDocument): MapNode | undefined {
  return tree?.kind === 'map' && tree.entries.length > 0 ? tree : undefined;
}

/** The entry that says the version, or would if its value were one. A label of Prompty's that is no version is the author's and stays. */
function versionEntry({ format, key }: PromptDocument, root: MapNode): MapEntry | undefined {
  switch (format) {
    case 'native':
      return entryOf(root, 'version');
    case 'dotprompt':
      return ownEntry(root, 'version');
    case 'prompty': {
      const label = entryOf(root, 'version');
      return ownEntry(root, 'version') ?? (label && !valueRange(label.value) ? label : undefined);
    }
    case 'promptfoo': {
      const versions = mapIn(mapIn(root, 'evenkeel'), 'versions');
      return versions && key !== undefined ? entryOf(versions, key) : undefined;
    }
  }
}

function added(document: PromptDocument, root: MapNode, version: string): string | undefined {
  const { text, format, key } = document;
  const add = (map: MapNode, keys: readonly string[], after?: MapEntry): string | undefined =>
    addToMap(text, map, { keys, value: version }, after);
  if (format === 'promptfoo') {
    if (key === undefined) return undefined;
    const own = mapIn(root, 'evenkeel');
    const versions = mapIn(own, 'versions');
    if (versions) return add(versions, [key], versions.entries.at(-1));
    if (own) return entryOf(own, 'versions') ? undefined : add(own, ['versions', key], own.entries.at(-1));
    return entryOf(root, 'evenkeel') ? undefined : add(root, ['evenkeel', 'versions', key], entryOf(root, 'description'));
  }
  const name = entryOf(root, 'name');
  if (format === 'native') return add(root, ['version'], name);
  const own = mapIn(root, 'evenkeel');
  if (own && own.entries.length > 0) return add(own, ['version']);
  return add(root, [format === 'prompty' && !entryOf(root, 'version') ? 'version' : OWN_KEY], name);
}

/** A file that begins with its template, or whose settings are empty. */
function withSettings(document: PromptDocument, version: string): string | undefined {
  const { text, format, tree } = document;
  if ((format !== 'dotprompt' && format !== 'prompty') || (tree && !isNothing(tree))) return undefined;
  const addition: Addition = { keys: [format === 'prompty' ? 'version' : OWN_KEY], value: version };
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const [line = ''] = blockLines(addition);
  const front = settingsRange(document);
  if (!front) {
    const start = text.startsWith('\uFEFF') ? 1 : 0;
    return replaced(text, { start, end: start }, `---${lineEnd}${line}${lineEnd}---${lineEnd}`);
  }
  const { start } = front;
  const own = text.charAt(start - 1) === '\n' ? `${line}${lineEnd}` : `${lineEnd}${line}`;
  return replaced(text, { start, end: start }, own);
}

function isNothing(tree: PositionedNode): boolean {
  return tree.kind === 'scalar' && tree.value === null;
}

function mapIn(map: MapNode | undefined, key: string): MapNode | undefined {
  const value = map && entryOf(map, key)?.value;
  return value?.kind === 'map' ? value : undefined;
}

function isJson(text: string, { entries, range }: MapNode): boolean {
  return text.charAt(range.start) === '{' && text.charAt(entries[0]?.keyRange.start ?? 0) === '"';
}

/** Of a value that is there, whatever it is. */
function valueRange(value: PositionedNode | undefined): Range | undefined {
  return value && value.range.end > value.range.start ? value.range : undefined;
}

function quotedAs(written: string, version: string, plain: string): string {
  const quote = written.charAt(0);
  return quote === '"' || quote === "'" ? `${quote}${version}${quote}` : plain;
}

function colonEnd(text: string, from: number): number {
  return from + (/^[ \t]*:/.exec(text.slice(from))?.[0].length ?? 0);
}

function replaced(text: string, { start, end }: Range, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}
