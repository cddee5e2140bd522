import { MAX_DEPTH } from '../../safety/index.ts';
import type { MapEntry, PositionedNode } from './positioned.ts';

/** What a JSON text says, with places; or the first thing that is wrong and where. */
export type JsonTree =
  | { readonly ok: true; readonly node: PositionedNode }
  | { readonly ok: false; readonly message: string; readonly at: number };

/** Strict JSON (RFC 8259) with the place of every value, between two offsets of a text. Nesting is bounded. Never throws. */
export function parseJsonTree(text: string, start = 0, end = text.length): JsonTree {
  const reader = new JsonReader(text, start, end);
  const node = reader.document();
  return node ? { ok: true, node } : { ok: false, message: reader.message, at: reader.at };
}

/** Reads by recursive descent; undefined means that `message` and `at` say what is wrong. */
class JsonReader {
  readonly #text: string;
  readonly #end: number;
  at: number;
  message = '';

  constructor(text: string, start: number, end: number) {
    this.#text = text;
    this.#end = end;
    this.at = start;
  }

  document(): PositionedNode | undefined {
    this.#space();
    const node = this.#value(0);
    if (!node) return undefined;
    this.#space();
    return this.at < this.#end ? this.#fail('nothing may follow the value') : node;
  }

  #value(depth: number): PositionedNode | undefined {
    if (depth > MAX_DEPTH) return this.#fail(`nested more than ${MAX_DEPTH} levels deep`);
    switch (this.#peek()) {
      case '{':
        return this.#map(depth);
      case '[':
        return this.#list(depth);
      case '"': {
        const start = this.at;
        const value = this.#string();
        return value === undefined ? undefined : { kind: 'scalar', value, range: { start, end: this.at }, style: 'double' };
      }
      case '':
        return this.#fail('the text ends where a value is expected');
    }
    return this.#word();
  }

  #map(depth: number): PositionedNode | undefined {
    const start = this.at++;
    const entries: MapEntry[] = [];
    this.#space();
    if (this.#take('}')) return { kind: 'map', entries, range: { start, end: this.at } };
    for (;;) {
      const keyStart = this.at;
      if (this.#peek() !== '"') return this.#fail(this.#peek() === '}' ? 'a comma stands before }' : 'a key in double quotes is expected');
      const key = this.#string();
      if (key === undefined) return undefined;
      const keyRange = { start: keyStart, end: this.at };
      this.#space();
      if (!this.#take(':')) return this.#fail('a colon is expected after the key');
      this.#space();
      const value = this.#value(depth + 1);
      if (!value) return undefined;
      entries.push({ key, keyRange, value, range: { start: keyStart, end: this.at } });
      this.#space();
      if (this.#take('}')) return { kind: 'map', entries, range: { start, end: this.at } };
      if (!this.#take(',')) return this.#fail('a comma or } is expected');
      this.#space();
    }
  }

  #list(depth: number): PositionedNode | undefined {
    const start = this.at++;
    const items: PositionedNode[] = [];
    this.#space();
    if (this.#take(']')) return { kind: 'list', items, range: { start, end: this.at } };
    for (;;) {
      const item = this.#value(depth + 1);
      if (!item) return undefined;
      items.push(item);
      this.#space();
      if (this.#take(']')) return { kind: 'list', items, range: { start, end: this.at } };
      if (!this.#take(',')) return this.#fail('a comma or ] is expected');
      this.#space();
      if (this.#peek() === ']') return this.#fail('a comma stands before ]');
    }
  }

  #string(): string | undefined {
    const start = this.at;
    for (let at = start + 1; at < this.#end; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === BACKSLASH) at++;
      else if (code < 32) {
        this.at = at;
        return this.#fail('a line end or control character stands inside a string; write it as an escape such as \\n');
      } else if (code === QUOTE) {
        try {
          const value: unknown = JSON.parse(this.#text.slice(start, at + 1));
          this.at = at + 1;
          return String(value);
        } catch {
          return this.#fail('an escape in this string is not one that JSON knows');
        }
      }
    }
    return this.#fail('this string is never closed');
  }

  #word(): PositionedNode | undefined {
    const start = this.at;
    WORD.lastIndex = start;
    const word = WORD.exec(this.#text)?.[0] ?? '';
    const range = { start, end: start + word.length };
    const value = CONSTANTS.get(word);
    if (range.end <= this.#end && word) {
      if (value !== undefined || NUMBER.test(word)) {
        this.at = range.end;
        return { kind: 'scalar', value: value === undefined ? Number(word) : value, range, style: 'plain' };
      }
    }
    return this.#fail(this.#peek() === "'" ? 'strings need double quotes' : 'a value is expected; text needs double quotes');
  }

  #space(): void {
    while (this.at < this.#end) {
      const code = this.#text.charCodeAt(this.at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.at++;
    }
  }

  #peek(): string {
    return this.at < this.#end ? this.#text.charAt(this.at) : '';
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.at++;
    return true;
  }

  #fail(message: string): undefined {
    this.message = message;
    return undefined;
  }
}

const QUOTE = 34;
const BACKSLASH = 92;
const WORD = /[\w.+-]*/y;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const CONSTANTS: ReadonlyMap<string, true | false | null> = new Map<string, true | false | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
