import type { Issue } from '../../parse/issue.ts';
import type { MapEntry, MapNode, PositionedNode } from '../../parse/positioned.ts';
import { entryOf } from '../../parse/tree.ts';
import { nearest } from '../../text/nearest.ts';
import type { Located, Range } from '../../text/range.ts';

/** The keys of one map of a prompt file, read one by one; what is wrong goes to the issues of the file. */
export class Fields {
  readonly file: string;
  readonly map: MapNode;
  readonly issues: Issue[];
  /** Of the map, for messages: `messages[0]`; empty at the top. */
  readonly place: string;

  constructor(file: string, map: MapNode, issues: Issue[], place = '') {
    this.file = file;
    this.map = map;
    this.issues = issues;
    this.place = place;
  }

  entry(key: string): MapEntry | undefined {
    return entryOf(this.map, key);
  }

  /** A key as messages show it: `messages[0].role`. */
  nameOf(key: string): string {
    return `\`${this.place ? `${this.place}.` : ''}${key}\``;
  }

  /** The text of a key; anything else is an issue, to which `advice` is added. */
  text(key: string, advice?: string): Located<string> | undefined {
    const entry = this.entry(key);
    if (!entry) return undefined;
    const { value } = entry;
    if (value.kind === 'scalar' && typeof value.value === 'string') return { value: value.value, range: value.range };
    this.wrongType(entry, 'a text', advice);
    return undefined;
  }

  /** The same, except that numbers and such count as the text they are written as: what readers of these files have always done. */
  lenientText(key: string): Located<string> | undefined {
    const value = this.entry(key)?.value;
    if (value?.kind === 'scalar' && value.style === 'plain' && value.value !== null)
      return { value: typeof value.value === 'string' ? value.value : this.source(value), range: value.range };
    return this.text(key);
  }

  /** One of a few words. */
  choice<T extends string>(key: string, allowed: readonly T[]): Located<T> | undefined {
    const found = this.text(key);
    if (!found) return undefined;
    const value = allowed.find((one) => one === found.value);
    if (value !== undefined) return { value, range: found.range };
    const near = nearest(found.value, allowed);
    this.issues.push({
      code: 'schema.wrong-value',
      message: `${this.nameOf(key)} is one of ${allowed.join(', ')}, not "${shorten(found.value)}".`,
      range: this.visible(found.range, this.entry(key)),
      data: near ? { allowed, nearest: near } : { allowed },
    });
    return undefined;
  }

  /** A path: a text, or `{ file: ./path }`. */
  pathText(key: string): Located<string> | undefined {
    const value = this.entry(key)?.value;
    const file = value && fileReferenceOf(value);
    if (file) return file;
    const found = value?.kind === 'map' ? undefined : this.text(key);
    if (value?.kind === 'map') this.wrongType(this.entry(key), 'the path of a file');
    if (found && !found.value.trim()) {
      this.issues.push({
        code: 'schema.wrong-value',
        message: `${this.nameOf(key)} needs the path of a file.`,
        range: this.visible(found.range, this.entry(key)),
      });
      return undefined;
    }
    return found;
  }

  /** The items of a list; anything but a list is an issue. */
  list(key: string): readonly PositionedNode[] | undefined {
    const entry = this.entry(key);
    if (!entry) return undefined;
    if (entry.value.kind === 'list') return entry.value.items;
    this.wrongType(entry, 'a list');
    return undefined;
  }

  wrongType(entry: MapEntry | undefined, wanted: string, advice?: string): void {
    if (!entry) return;
    const braces = entry.value.kind === 'map' && this.file.startsWith('{{', entry.value.range.start);
    this.issues.push({
      code: 'schema.wrong-type',
      message: braces
        ? `${this.nameOf(entry.key)} begins with {{ and needs quotes, or YAML reads it as a map: "{{name}}".`
        : `${this.nameOf(entry.key)} is ${wanted}${foundWords(entry.value)}.${advice ? ` ${advice}` : ''}`,
      range: this.visible(entry.value.range, entry),
      ...(braces ? { data: { quote: true } } : {}),
    });
  }

  /** An empty range cannot be seen: then the key's. */
  visible(range: Range, entry: MapEntry | undefined): Range {
    return range.start === range.end && entry ? entry.keyRange : range;
  }

  source(node: PositionedNode): string {
    return this.file.slice(node.range.start, node.range.end);
  }
}

/** The path of a value that is `{ file: ./path }`. */
export function fileReferenceOf(node: PositionedNode): Located<string> | undefined {
  if (node.kind !== 'map' || node.entries.length !== 1) return undefined;
  const value = entryOf(node, 'file')?.value;
  return value?.kind === 'scalar' && typeof value.value === 'string' && value.value.trim()
    ? { value: value.value, range: value.range }
    : undefined;
}

/** `, not a list` and the like, to end a sentence about what was wanted. */
export function foundWords(node: PositionedNode): string {
  if (node.kind !== 'scalar') return `, not a ${node.kind}`;
  if (node.style === 'missing' || node.value === null) return '; nothing is given';
  return typeof node.value === 'string' ? ', not a text' : `, not ${String(node.value)}`;
}

export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}
