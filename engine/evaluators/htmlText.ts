/** What a text is, read as HTML. */
export interface HtmlText {
  /** Known elements that are closed, or need no end. */
  readonly elements: number;
  /** Why it is not HTML alone; undefined where it is. */
  readonly fault: string | undefined;
}

/**
 * Reads a text as browsers' rules for authors have it, tolerantly: known elements and those with a hyphen, attributes with or without
 * quotes, ends that may be left out left out. Linear in the text.
 */
export function readHtml(text: string): HtmlText {
  const open: string[] = [];
  let elements = 0;
  let fault: string | undefined;
  const note = (reason: string): void => {
    fault ??= reason;
  };
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const content = text.slice(at, next < 0 ? text.length : next);
    if (open.length === 0 && content.trim() !== '') note('has text outside of its elements');
    if (next < 0) break;
    if (text.startsWith('<!--', next)) {
      const close = text.indexOf('-->', next + 4);
      if (close < 0) note('has a comment that never ends');
      at = close < 0 ? text.length : close + 3;
      continue;
    }
    TAG.lastIndex = next;
    const tag = TAG.exec(text);
    if (!tag) {
      if (open.length === 0) note('has text outside of its elements');
      at = next + 1;
      continue;
    }
    at = TAG.lastIndex;
    const name = tag.groups?.name?.toLowerCase();
    if (name === undefined) continue; // the document type
    if (!isKnown(name)) {
      note(`has <${name}>, which is no element of HTML`);
      continue;
    }
    if (tag.groups?.end) {
      const place = open.lastIndexOf(name);
      if (place < 0) note(`closes <${name}>, which is not open`);
      else {
        const left = open.splice(place).slice(1);
        const unclosed = left.find((inner) => !MAY_STAY_OPEN.has(inner));
        if (unclosed) note(`does not close <${unclosed}>`);
        elements += 1 + left.length;
      }
    } else if (VOID.has(name) || tag[0].endsWith('/>')) elements++;
    else {
      open.push(name);
      if (RAW.has(name)) at = endOfRaw(text, at, name);
    }
  }
  const unclosed = open.find((name) => !MAY_STAY_OPEN.has(name));
  if (unclosed) note(`does not close <${unclosed}>`);
  elements += unclosed ? 0 : open.length;
  if (elements === 0) note('has no element');
  return { elements, fault };
}

const TAG =
  /<!DOCTYPE[^<>]*>|<(?<end>\/)?(?<name>[a-z][a-z0-9-]*)(?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?>/iy;

/** Elements whose content is no HTML. */
const RAW: ReadonlySet<string> = new Set(['script', 'style', 'textarea', 'title']);

function endOfRaw(text: string, from: number, name: string): number {
  const found = text.slice(from).search(new RegExp(`</${name}\\s*>`, 'i'));
  return found < 0 ? text.length : from + found;
}

function isKnown(name: string): boolean {
  return VOID.has(name) || MAY_STAY_OPEN.has(name) || OTHERS.has(name) || /^[a-z][a-z0-9]*-[a-z0-9-]*$/.test(name);
}

const VOID: ReadonlySet<string> = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));

/** Elements whose end may be left out. */
const MAY_STAY_OPEN: ReadonlySet<string> = new Set(
  'html head body p li dt dd option optgroup rb rt rtc rp thead tbody tfoot tr td th colgroup caption'.split(' '),
);

const OTHERS: ReadonlySet<string> = new Set(
  [
    'a abbr address article aside audio b bdi bdo blockquote button canvas center cite code data datalist del details dfn dialog div dl em',
    'fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hgroup i iframe ins kbd label legend main map mark math menu meter',
    'nav noscript object ol output picture pre progress q ruby s samp script search section select slot small span strong style sub summary',
    'sup svg table template textarea time title tt u ul var video path g circle rect line polyline polygon text ellipse defs use',
  ]
    .join(' ')
    .split(' '),
);
