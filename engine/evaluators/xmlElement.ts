/** What a text holds from one place on, read as an XML element. */
export type XmlElement =
  | {
      readonly ok: true;
      /** Behind its end. */
      readonly end: number;
      /** Those of the wanted paths, names from the root with dots between them, at which it has an element. */
      readonly found: ReadonlySet<string>;
    }
  | { readonly ok: false; readonly reason: string; readonly at: number };

/**
 * Reads one element with everything in it: tags that match, attributes in quotes and each once, the five entities of XML and
 * characters by number. Comments, CDATA and instructions are passed over; nothing is resolved or loaded. Linear in the text.
 */
export function readXmlElement(text: string, start: number, wanted: readonly string[] = []): XmlElement {
  const open: string[] = [];
  const found = new Set<string>();
  const depths = new Set(wanted.map((path) => path.split('.').length));
  let at = start;
  const fail = (reason: string): XmlElement => ({ ok: false, reason, at });
  for (;;) {
    if (text[at] !== '<') {
      const next = text.indexOf('<', at);
      const end = next < 0 ? text.length : next;
      const content = text.slice(at, end);
      if (badEntity(content) || content.includes(']]>')) return fail('holds an & that begins no entity');
      if (next < 0) return fail(`never closes <${open.at(-1) ?? ''}>`);
      at = next;
    }
    const passed = passOver(text, at);
    if (passed === 'unclosed') return fail('holds a comment that never ends');
    if (passed !== undefined) {
      at = passed;
      continue;
    }
    if (text.startsWith('</', at)) {
      CLOSING.lastIndex = at;
      const closing = CLOSING.exec(text);
      const name = open.pop();
      if (!closing || closing[1] !== name) return fail(`closes <${name ?? ''}> wrongly`);
      at = CLOSING.lastIndex;
    } else {
      OPENING.lastIndex = at;
      const [tag, name = ''] = OPENING.exec(text) ?? [];
      if (tag === undefined) return fail('holds a < that begins no tag');
      const attributes = readAttributes(text, at + tag.length);
      if (!attributes) return fail(`has attributes in <${name}> that are not well-formed`);
      if (open.length >= DEEPEST) return fail('nests too deep');
      if (depths.has(open.length + 1)) found.add([...open, name].join('.'));
      if (!attributes.closed) open.push(name);
      at = attributes.end;
    }
    if (open.length === 0) return { ok: true, end: at, found };
  }
}

/** Behind a comment, an instruction or white space between them; `undefined` where none begins. */
export function passOver(text: string, at: number): number | 'unclosed' | undefined {
  for (const [begin, end] of PASSED_OVER)
    if (text.startsWith(begin, at)) {
      const close = text.indexOf(end, at + begin.length);
      return close < 0 ? 'unclosed' : close + end.length;
    }
  return undefined;
}

const PASSED_OVER = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

const DEEPEST = 200;
const NAME = '[\\p{L}_:][\\p{L}\\p{N}_:.\\u00B7-]*';
const OPENING = new RegExp(`<(${NAME})`, 'uy');
const CLOSING = new RegExp(`</(${NAME})\\s*>`, 'uy');
const ATTRIBUTE = new RegExp(`\\s+(${NAME})\\s*=\\s*(?:"([^<"]*)"|'([^<']*)')`, 'uy');
const TAG_END = /\s*(\/?)>/y;

function readAttributes(text: string, from: number): { readonly end: number; readonly closed: boolean } | undefined {
  const names = new Set<string>();
  for (let at = from; ; at = ATTRIBUTE.lastIndex) {
    TAG_END.lastIndex = at;
    const end = TAG_END.exec(text);
    if (end) return { end: TAG_END.lastIndex, closed: end[1] === '/' };
    ATTRIBUTE.lastIndex = at;
    const [, name, double, single] = ATTRIBUTE.exec(text) ?? [];
    if (name === undefined || names.has(name) || badEntity(double ?? single ?? '')) return undefined;
    names.add(name);
  }
}

function badEntity(text: string): boolean {
  return /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)/.test(text);
}
