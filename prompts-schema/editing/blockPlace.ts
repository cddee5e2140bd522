import { lineStart } from '../text/lineStart.ts';
/** A place in block YAML (no brackets), found by indentation alone. */
export interface BlockPlace {
  /** Keys and list places that lead to the map or list the place is in. */
  readonly path: readonly (string | number)[];
  /** The key on this line, when the place is behind its colon. */
  readonly valueOf: string | undefined;
  /** What stands before the place: of a key, or of a value. */
  readonly prefix: string;
  /** Other keys of the same map. */
  readonly siblings: readonly string[];
  /** The column is that of a list, and the line has no dash yet. */
  readonly needsDash: boolean;
}

/** Where an offset is, whether or not the text parses. Undefined where the indentation fits nothing above. */
export function blockPlaceAt(text: string, offset: number): BlockPlace | undefined {
  const start = lineStart(text, offset);
  const own = readLine(text.slice(start, offset));
  const walk = new Upwards(own);
  for (let end = start - 1; end >= 0 && !walk.done; ) {
    const from = lineStart(text, end);
    const line = text.slice(from, end);
    if (line.trim() && !/^\s*#/.test(line)) walk.line(readLine(line.replace(/\r$/, '')));
    end = from - 1;
  }
  if (!walk.complete) return undefined;
  const valueKey = own.value === undefined ? undefined : own.key;
  return {
    path: walk.path,
    valueOf: valueKey,
    prefix: own.value ?? own.rest,
    siblings: [...walk.siblings.reverse(), ...keysBelow(text, offset, own.column)],
    needsDash: walk.needsDash,
  };
}

interface Line {
  /** Columns of the dashes at its start. */
  readonly dashes: readonly number[];
  /** Where the content behind them begins. */
  readonly column: number;
  readonly rest: string;
  readonly key: string | undefined;
  /** What stands behind the key's colon; undefined when there is no key. */
  readonly value: string | undefined;
}

function readLine(line: string): Line {
  const dashes: number[] = [];
  let column = line.length - line.trimStart().length;
  while (/^-(?:\s|$)/.test(line.slice(column))) {
    dashes.push(column);
    column++;
    while (line.charAt(column) === ' ') column++;
  }
  const rest = line.slice(column);
  const pair = /^(?:"([^"]*)"|'([^']*)'|([^\s"'{}[\],#&*!|>%@`-][^:#]*?|-[^\s:#][^:#]*?))\s*:(?:\s+(.*))?$/.exec(rest);
  return { dashes, column, rest, key: pair ? (pair[1] ?? pair[2] ?? pair[3]) : undefined, value: pair ? (pair[4] ?? '') : undefined };
}

/** Walks the lines above, from the nearest, and gathers what they say of the place. */
class Upwards {
  readonly path: (string | number)[] = [];
  readonly siblings: string[] = [];
  needsDash = false;
  complete = false;
  done = false;
  #column: number;
  /** In a list whose dashes are in this column, rather than in a map whose keys are. */
  #inList = false;
  /** Items above the place, in the list at hand. */
  #items = 0;
  #collecting = true;

  constructor(own: Line) {
    this.#column = own.column;
    this.#enterDashes(own.dashes);
    this.#settle();
  }

  line(line: Line): void {
    if (this.#inList) this.#lineInList(line);
    else this.#lineInMap(line);
    this.#settle();
  }

  #lineInMap(line: Line): void {
    const dash = line.dashes.at(-1);
    if (line.key !== undefined && line.column === this.#column) {
      if (this.#collecting) this.siblings.push(line.key);
      if (dash !== undefined) this.#enterDashes(line.dashes);
    } else if (line.dashes.includes(this.#column)) {
      if (!this.#collecting || this.siblings.length) return;
      this.needsDash = true;
      this.#inList = true;
      this.#items = 1;
      this.#collecting = false;
      this.path.unshift(-1); // the place itself: set when the list ends
    } else if (line.column < this.#column) {
      if (line.key !== undefined && isOpen(line.value)) this.#enterKey(line);
      else if (!line.rest && dash !== undefined) this.#enterDashes(line.dashes);
      else this.done = true;
    } else if (!line.rest && dash !== undefined && dash < this.#column) this.#enterDashes(line.dashes);
  }

  #lineInList(line: Line): void {
    const at = line.dashes.indexOf(this.#column);
    if (at >= 0) {
      this.#items++;
      if (at > 0) this.#enterDashes(line.dashes.slice(0, at));
      return;
    }
    if (line.column <= this.#column && line.key !== undefined && isOpen(line.value)) this.#enterKey(line);
    else if (line.column < this.#column) this.done = true;
  }

  #enterKey(line: Line): void {
    this.#collecting = false;
    this.#closeList();
    this.path.unshift(line.key ?? '');
    this.#column = line.column;
    this.#enterDashes(line.dashes);
  }

  #enterDashes(dashes: readonly number[]): void {
    for (const dash of dashes.toReversed()) {
      this.#collecting = false;
      this.#closeList();
      this.path.unshift(-1);
      this.#column = dash;
      this.#inList = true;
      this.#items = 0;
    }
  }

  #closeList(): void {
    if (!this.#inList) return;
    if (this.path[0] === -1) this.path[0] = this.#items;
    this.#inList = false;
    this.#items = 0;
  }

  #settle(): void {
    this.complete = !this.#inList && this.#column === 0;
    if (this.complete && !this.#collecting) this.done = true;
  }
}

/** A key with nothing behind it, or with an anchor or a comment, can have children. */
function isOpen(value: string | undefined): boolean {
  return value !== undefined && /^(?:[&!]\S+\s*)?(?:#.*)?$/.test(value);
}

function keysBelow(text: string, offset: number, column: number): readonly string[] {
  const keys: string[] = [];
  for (let start = text.indexOf('\n', offset) + 1; start > 0 && start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const line = readLine(text.slice(start, end).replace(/\r$/, ''));
    if (line.rest && !line.rest.startsWith('#')) {
      if (line.column < column || line.dashes.some((dash) => dash < column)) break;
      if (line.column === column && line.key !== undefined) keys.push(line.key);
    }
    start = found < 0 ? 0 : end + 1;
  }
  return keys;
}
