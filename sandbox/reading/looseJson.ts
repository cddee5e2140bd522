import type { Json } from '../json.ts';

/** A JSON object written in a prompt, where it stands. */
export interface FoundObject {
  readonly value: { readonly [key: string]: Json };
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the outermost `{…}` objects of a text. Real JSON is parsed as such; what people write as an example (`"team": <one of a, b>`,
 * `urgent: true|false`, comments, trailing commas, `…`) is read leniently, an unquoted value becoming the string of its words.
 */
export function findObjects(text: string): readonly FoundObject[] {
  const found: FoundObject[] = [];
  for (let start = text.indexOf('{'); start >= 0 && found.length < 20; start = text.indexOf('{', start + 1)) {
    if (text[start + 1] === '{') {
      start++;
      continue;
    }
    const reader = createReader(text, start);
    const value = reader.object(0);
    if (value && Object.keys(value).length > 0) {
      found.push({ value, start, end: reader.position() });
      start = reader.position() - 1;
    }
  }
  return found;
}

const MAX_DEPTH = 12;

function createReader(text: string, from: number) {
  let at = from;
  const space = () => {
    for (;;) {
      const gap = /\s*(?:\/\/[^\n]*|\/\*[\s\S]*?\*\/)?/y;
      gap.lastIndex = at;
      const length = gap.exec(text)?.[0].length ?? 0;
      if (length === 0) return;
      at += length;
    }
  };
  const quoted = (): string | undefined => {
    const mark = text[at];
    const string = mark === "'" ? /'(?:[^'\\\n]|\\.)*'/y : /"(?:[^"\\\n]|\\.)*"/y;
    string.lastIndex = at;
    const whole = string.exec(text)?.[0];
    if (whole === undefined) return undefined;
    at += whole.length;
    try {
      return String(
        JSON.parse(
          `"${whole
            .slice(1, -1)
            .replace(/\\'/g, "'")
            .replace(/(?<!\\)"/g, '\\"')}"`,
        ),
      );
    } catch {
      return whole.slice(1, -1);
    }
  };
  const bare = (): Json => {
    const rest = /(?:<[^>\n]*>|\([^)\n]*\)|"[^"\n]*"|[^,{}\][\n"(<])+/y;
    rest.lastIndex = at;
    const whole = rest.exec(text)?.[0] ?? '';
    at += whole.length;
    const words = whole.trim();
    if (words === 'true' || words === 'false') return words === 'true';
    if (words === 'null') return null;
    return words !== '' && Number.isFinite(Number(words)) ? Number(words) : words;
  };
  const value = (depth: number): Json | undefined => {
    space();
    if (text[at] === '{') return object(depth + 1);
    if (text[at] === '[') return array(depth + 1);
    if (text[at] === '"' || text[at] === "'") {
      const start = at;
      const string = quoted();
      space();
      if (string !== undefined && /[,}\]]/.test(text[at] ?? '')) return string;
      if (string !== undefined && text[at] !== '|') return string;
      at = start;
    }
    return bare();
  };
  const array = (depth: number): Json[] | undefined => {
    if (depth > MAX_DEPTH) return undefined;
    const list: Json[] = [];
    at++;
    for (;;) {
      space();
      if (text[at] === ']') {
        at++;
        return list;
      }
      const before = at;
      const entry = value(depth);
      if (entry === undefined) return undefined;
      if (entry !== '' && entry !== '...' && entry !== '…') list.push(entry);
      space();
      if (text[at] === ',') at++;
      else if (text[at] !== ']' && at === before) return undefined;
      if (at >= text.length) return undefined;
    }
  };
  const object = (depth: number): { readonly [key: string]: Json } | undefined => {
    if (depth > MAX_DEPTH) return undefined;
    const entries: [string, Json][] = [];
    at++;
    for (;;) {
      space();
      if (text[at] === '}') {
        at++;
        return Object.fromEntries(entries);
      }
      const more = /(?:\.\.\.|…),?/y;
      more.lastIndex = at;
      const dots = more.exec(text)?.[0];
      if (dots) {
        at += dots.length;
        continue;
      }
      const key = text[at] === '"' || text[at] === "'" ? quoted() : identifier();
      space();
      if (key === undefined || text[at] !== ':') return undefined;
      at++;
      const entry = value(depth);
      if (entry === undefined) return undefined;
      entries.push([key, entry]);
      space();
      if (text[at] === ',') at++;
      else if (text[at] !== '}' && !/["'\p{L}]/u.test(text[at] ?? '')) return undefined;
    }
  };
  const identifier = (): string | undefined => {
    const name = /[\p{L}_][\p{L}\p{N}_-]*\??/uy;
    name.lastIndex = at;
    const whole = name.exec(text)?.[0];
    at += whole?.length ?? 0;
    return whole;
  };
  return { object, position: () => at };
}
