/** Why the linear-time engine refuses a pattern, and the place in the pattern. */
export interface RegexTrouble {
  readonly message: string;
  readonly at: number;
  readonly length: number;
}

/**
 * The first thing in a pattern that RE2 syntax does not have, or undefined where there is none. A scan of the pattern's own, so that
 * neither the engine (150 kB) nor a native expression is needed to say it while somebody types; a test holds it against the engine.
 */
export function regexTrouble(pattern: string): RegexTrouble | undefined {
  const scan = new Scan(pattern);
  return scan.run();
}

/** A group that is open: where it began, and what it repeats so far. */
interface Open {
  readonly at: number;
  /** The largest product of counted repeats inside. */
  repeats: number;
}

class Scan {
  readonly #text: string;
  #at = 0;
  readonly #groups: Open[] = [{ at: 0, repeats: 1 }];
  readonly #names = new Set<string>();
  /** What a quantifier here would repeat: nothing, something, or something that is repeated already. */
  #before: 'nothing' | 'atom' | 'repeated' = 'nothing';
  /** Where the last atom's own repeats stand, for products such as `(a{100}){100}`. */
  #lastRepeats = 1;

  constructor(text: string) {
    this.#text = text;
  }

  run(): RegexTrouble | undefined {
    while (this.#at < this.#text.length) {
      const trouble = this.#step();
      if (trouble) return trouble;
    }
    const open = this.#groups.length > 1 ? this.#groups.at(-1) : undefined;
    return open && { message: 'This group is not closed. Add `)`, or write `\\(` for the character.', at: open.at, length: 1 };
  }

  #step(): RegexTrouble | undefined {
    const start = this.#at;
    const character = this.#text.charAt(start);
    if (character === '\\') return this.#escape();
    if (character === '[') return this.#class();
    if (character === '(') return this.#open();
    this.#at++;
    if (character === ')') return this.#close(start);
    if (character === '|') {
      this.#before = 'nothing';
      return undefined;
    }
    if (character === '*' || character === '+' || character === '?') return this.#repeat(start, 1, 1);
    const counted = character === '{' ? COUNTED.exec(this.#text.slice(start, start + 24)) : null;
    if (!counted) {
      this.#atom();
      return undefined;
    }
    const [whole, least = '0', comma, most] = counted;
    this.#at = start + whole.length;
    const max = Number(most || least);
    if (Number(least) > LARGEST_REPEAT || max > LARGEST_REPEAT || (comma && most && max < Number(least)))
      return {
        message: `\`${whole}\` is no repeat that can be used: at most ${LARGEST_REPEAT}, the smaller number first.`,
        at: start,
        length: whole.length,
      };
    return this.#repeat(start, whole.length, Math.max(1, max));
  }

  #repeat(start: number, length: number, count: number): RegexTrouble | undefined {
    if (this.#before === 'nothing')
      return { message: 'Nothing stands here to be repeated. Put `\\` before the character to mean itself.', at: start, length };
    if (this.#before === 'repeated')
      return {
        message: 'A repeat of a repeat, as in possessive `a++`, is not part of RE2 syntax. Remove one, or put the first in a group.',
        at: start,
        length,
      };
    if (this.#text.charAt(this.#at) === '?') this.#at++;
    const repeats = this.#lastRepeats * count;
    if (count > 1 && repeats > LARGEST_REPEAT)
      return {
        message: `Repeats within repeats come to ${repeats}; at most ${LARGEST_REPEAT} are taken. Lower one of them.`,
        at: start,
        length,
      };
    this.#raise(repeats);
    this.#lastRepeats = repeats;
    this.#before = 'repeated';
    return undefined;
  }

  #raise(repeats: number): void {
    const group = this.#groups.at(-1);
    if (group && repeats > group.repeats) group.repeats = repeats;
  }

  #atom(repeats = 1): void {
    this.#before = 'atom';
    this.#lastRepeats = repeats;
  }

  /** What takes no room: a repeat behind it is of what stands before, and no repeat of a repeat. */
  #between(): void {
    if (this.#before === 'repeated') this.#before = 'atom';
  }

  #open(): RegexTrouble | undefined {
    const start = this.#at;
    const rest = this.#text.slice(start, start + 200);
    const unsupported = UNSUPPORTED_GROUPS.find(({ form }) => form.test(rest));
    if (unsupported) return { message: unsupported.message, at: start, length: form(rest, unsupported.form) };
    const flags = FLAGS.exec(rest);
    if (flags) {
      this.#at = start + flags[0].length;
      if (flags[0].endsWith(':')) this.#push(start);
      else this.#between();
      return undefined;
    }
    const named = NAMED.exec(rest);
    const name = named?.[1];
    if (name !== undefined) {
      if (this.#names.has(name))
        return { message: `Two groups are called \`${name}\`. Rename one.`, at: start, length: named?.[0].length ?? 1 };
      this.#names.add(name);
      this.#at = start + (named?.[0].length ?? 1);
    } else if (rest.startsWith('(?')) {
      return {
        message: 'This kind of group is not part of RE2 syntax. Use `(…)`, `(?:…)` or `(?<name>…)`.',
        at: start,
        length: Math.min(3, rest.length),
      };
    } else this.#at = start + 1;
    this.#push(start);
    return undefined;
  }

  #push(at: number): void {
    this.#groups.push({ at, repeats: 1 });
    this.#before = 'nothing';
  }

  #close(start: number): RegexTrouble | undefined {
    if (this.#groups.length === 1)
      return { message: 'This `)` closes nothing. Write `\\)` for the character, or open the group.', at: start, length: 1 };
    const group = this.#groups.pop();
    this.#atom(group?.repeats ?? 1);
    this.#raise(group?.repeats ?? 1);
    return undefined;
  }

  #escape(): RegexTrouble | undefined {
    const start = this.#at;
    const rest = this.#text.slice(start);
    if (rest.startsWith('\\Q')) {
      const end = rest.indexOf('\\E', 2);
      this.#at = end < 0 ? this.#text.length : start + end + 2;
      if (rest.length > 2 && end !== 2) this.#atom();
      else this.#between();
      return undefined;
    }
    const length = escapeLength(rest, false);
    if (length === undefined) return badEscape(rest, start);
    this.#at = start + length;
    this.#atom();
    return undefined;
  }

  #class(): RegexTrouble | undefined {
    const start = this.#at;
    let at = start + 1;
    if (this.#text.charAt(at) === '^') at++;
    for (let first = true; first || this.#text.charAt(at) !== ']'; first = false) {
      if (at >= this.#text.length)
        return { message: 'This set of characters is not closed. Add `]`, or write `\\[` for the character.', at: start, length: 1 };
      const low = this.#classItem(at);
      if ('message' in low) return low;
      at = low.end;
      if (this.#text.charAt(at) !== '-' || this.#text.charAt(at + 1) === ']' || low.isSet) continue;
      if (at + 1 >= this.#text.length) continue;
      const high = this.#classItem(at + 1);
      if ('message' in high) return high;
      if (high.isSet || (high.code !== undefined && low.code !== undefined && high.code < low.code))
        return {
          message: 'This range of characters runs backwards or ends in a set. Turn it round, or write `\\-` for the character.',
          at,
          length: high.end - at,
        };
      at = high.end;
    }
    this.#at = at + 1;
    this.#atom();
    return undefined;
  }

  /** One character or one set within brackets. */
  #classItem(at: number): { readonly end: number; readonly isSet: boolean; readonly code?: number | undefined } | RegexTrouble {
    const rest = this.#text.slice(at);
    const posix = /^\[:\^?(\w*):\]/.exec(rest);
    if (posix) {
      if (POSIX.has(posix[1] ?? '')) return { end: at + posix[0].length, isSet: true };
      return { message: `There is no set \`${posix[0]}\`.`, at, length: posix[0].length };
    }
    if (!rest.startsWith('\\')) {
      const code = rest.codePointAt(0) ?? 0;
      return { end: at + (code > 0xffff ? 2 : 1), isSet: false, code };
    }
    const length = escapeLength(rest, true);
    if (length === undefined) return badEscape(rest, at);
    const isSet = /^\\[dDsSwWpP]/.test(rest);
    return { end: at + length, isSet, code: isSet ? undefined : codeOf(rest.slice(0, length)) };
  }
}

function form(rest: string, unsupported: RegExp): number {
  return unsupported.exec(rest)?.[0].length ?? 1;
}

/** How long an escape is; undefined where RE2 has none like it. */
function escapeLength(rest: string, inClass: boolean): number | undefined {
  const found = (inClass ? CLASS_ESCAPE : ESCAPE).exec(rest);
  return found?.[0].length;
}

/** The character that an escape stands for. */
function codeOf(written: string): number {
  const hex = /^\\x\{?([0-9a-fA-F]+)/.exec(written)?.[1];
  if (hex !== undefined) return Number.parseInt(hex, 16);
  const octal = /^\\([0-7]+)/.exec(written)?.[1];
  if (octal !== undefined) return Number.parseInt(octal, 8);
  return CONTROLS[written.charAt(1)] ?? written.charCodeAt(1);
}

function badEscape(rest: string, at: number): RegexTrouble {
  if (rest.length < 2) return { message: 'A pattern cannot end with `\\`. Write `\\\\` for the character.', at, length: 1 };
  const written = /^\\(?:k<[^>]*>?|u\{?[0-9a-fA-F]*\}?|p\{?\w*\}?|.)/isu.exec(rest)?.[0] ?? rest.slice(0, 2);
  const why = /^\\(?:[1-9]|k)/.test(rest)
    ? 'refers back to what a group matched, which RE2 syntax does not have. Write the text out, or use another evaluator'
    : rest.startsWith('\\u')
      ? 'is not part of RE2 syntax. Write `\\x{…}` with the character’s number'
      : 'is not part of RE2 syntax. Remove the `\\` to mean the character';
  return { message: `\`${written}\` ${why}.`, at, length: written.length };
}

const CONTROLS: Readonly<Record<string, number>> = { a: 7, t: 9, n: 10, v: 11, f: 12, r: 13 };
const LARGEST_REPEAT = 1000;
const COUNTED = /^\{(\d+)(,?)(\d*)\}/;
const NAMED = /^\(\?P?<([A-Za-z0-9_]+)>/;
const FLAGS = /^\(\?[imsU]*(?:-[imsU]+)?[:)]/;
const ESCAPE =
  /^\\(?:[abBAzdDfnrstvSwW]|p\{\^?\w+\}|P\{\^?\w+\}|[pP][A-Z]|0[0-7]{0,2}|[1-7][0-7]{1,2}|x[0-9a-fA-F]{2}|x\{[0-9a-fA-F]{1,6}\}|[!-/:-@[-`{-~ \t\n\r])/u;
const CLASS_ESCAPE =
  /^\\(?:[adDfnrstvSwW]|p\{\^?\w+\}|P\{\^?\w+\}|[pP][A-Z]|0[0-7]{0,2}|[1-7][0-7]{1,2}|x[0-9a-fA-F]{2}|x\{[0-9a-fA-F]{1,6}\}|[!-/:-@[-`{-~ \t\n\r])/u;
const POSIX: ReadonlySet<string> = new Set(
  'alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit'.split(' '),
);

const UNSUPPORTED_GROUPS: readonly { readonly form: RegExp; readonly message: string }[] = [
  { form: /^\(\?<?[=!]/, message: 'Look-around is not part of RE2 syntax. Match the text itself, or use a second evaluator.' },
  { form: /^\(\?>/, message: 'Atomic groups are not part of RE2 syntax, and not needed: the engine does not go back. Write `(?:`.' },
  { form: /^\(\?#/, message: 'Comments are not part of RE2 syntax. Remove it; YAML has comments.' },
  { form: /^\(\?P?[=&]/, message: 'A reference to a group is not part of RE2 syntax. Write the text out, or use another evaluator.' },
];
