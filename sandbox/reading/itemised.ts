/** One item of a listed input. */
export interface Item {
  /** Its mark exactly as given: `[T-1042]`, `(A7)`, `#12`, `3.`, `-`. */
  readonly id: string;
  /** What follows the mark, all its lines. */
  readonly text: string;
}

/** Whether instructions ask for one line, bullet or sentence for each item of the input. */
export function asksForEachItem(instructions: string): boolean {
  return EACH.test(instructions);
}

/** Whether they ask for bullets. */
export function asksForBullets(instructions: string): boolean {
  return /\bbullet|spiegelstrich|stichpunkt|aufzählung|\bpuces?\b|\btirets?\b|viñeta|guion|opsommingsteken|punt(?:o|i) elenco/iu.test(
    instructions,
  );
}

/** Whether a text starts with an item's mark. */
export function startsAnItem(text: string): boolean {
  return MARK.test(text);
}

/**
 * The items of a list: each starts on its own line with a mark of the same sort as the first, and reaches to the next one. Text before
 * the first item belongs to none; marks of another sort inside an item are part of it. Fewer than two are no list.
 */
export function findItems(text: string): readonly Item[] {
  const items: { id: string; lines: string[] }[] = [];
  const sorts = text.split('\n').map((line) => sortOf(line));
  const sort = SORTS.find((candidate) => sorts.filter((found) => found === candidate).length >= 2);
  if (sort === undefined) return [];
  for (const [place, line] of text.split('\n').entries()) {
    const match = sorts[place] === sort ? MARK.exec(line) : null;
    if (match) items.push({ id: idOf(match), lines: [line.slice(match[0].length)] });
    else items.at(-1)?.lines.push(line);
  }
  return items.map(({ id, lines }) => ({ id, text: lines.join('\n').trim() })).filter((item) => item.text !== '');
}

const UNIT =
  '(?:line|bullet(?: point)?|sentence|point|entry|row|summary|item|zeile|satz|punkt|stichpunkt|ligne|phrase|puce|l[ií]nea|frase|oraci[oó]n|vi[nñ]eta|regel|zin|riga|linia|wiersz|zdanie)';
const ONE = `(?:one|a|an|exactly one|a single|single|1|each|eine?n?|je eine?n?|genau eine?n?|une?|una?|één|een|jedn[aąoy]|jedno|po jednym)`;
const THING = `(?:items?|sources?|tickets?|notes?|entr(?:y|ies)|messages?|reports?|records?|points?|lines?|rows?|excerpts?|documents?|complaints?|requests?|reviews?|comments?|findings?|incidents?|id|of them|one|einträge?|eintrag|quellen?|meldung(?:en)?|notiz(?:en)?|éléments?|sources|entrées?|elementos?|fuentes?|entradas?|bron(?:nen)?|items|element[oi]|font[ei]|voc[ei]|pozycj[iaę]|element)`;
const EACH = new RegExp(
  [
    String.raw`\b${ONE}\s+(?:[\p{L}-]+\s+){0,2}?${UNIT}s?\s+(?:per|for (?:each|every|all)|each|pro|je|für jede[nrs]?|zu jede[nrmsi]*|par|pour chaque|por|para cada|voor (?:elk|iedere?)e?|per ogni|na|dla każde\p{L}+)(?!\p{L})`,
    String.raw`\b(?:for |of |cover |mention |include |list |keep |report |summari[sz]e |give )(?:each|every|all)(?: of)?(?: the| these| those)?(?: [\p{L}-]+)? ${THING}(?!\p{L})`,
    String.raw`\b(?:each|every) (?:[\p{L}-]+ )?${THING} (?:[\p{L}-]+ ){0,3}?(?:line|bullet|sentence|row|in order)`,
    String.raw`\beach ${THING}, in (?:the )?(?:same |given |that )?order`,
    String.raw`\b(?:each|one|every one|all) (?:on|in) (?:its|their) own lines?`,
    String.raw`\bone (?:\w+ )?per line\b|\bline by line\b|\bitem by item\b|\bnone (?:may|must|should) be (?:left out|missing|skipped)`,
    String.raw`(?<!\p{L})(?:für jede[nrs]?|jede[nrs]?|pour chaque|chaque|para cada|cada|voor elke?|elke?|per ogni|ogni|dla każde\p{L}+) ${THING}(?!\p{L})`,
  ].join('|'),
  'iu',
);

const MARK =
  /^[ \t]*(?:(?:[-*•–]|\d{1,3}[.)])[ \t]+)?(?:(\[[^\]\n]{1,32}\]|\([A-Za-z]{0,8}[-_ ]?\d{1,10}[a-z]?\))[:.,]?|(#[A-Za-z]{0,6}-?\d{1,12}|[A-Z]{1,8}[-_]\d{1,12})[:.)]?)(?=[ \t]|$)[ \t]*(?:[|–—-][ \t]+)?|^[ \t]*(?:(\d{1,4}[.)])|([-*•–]))[ \t]+/;
const SORTS = ['bracket', 'id', 'number', 'bullet'] as const;

function sortOf(line: string): (typeof SORTS)[number] | undefined {
  const match = MARK.exec(line);
  if (!match) return undefined;
  if (match[1] !== undefined) return 'bracket';
  if (match[2] !== undefined) return 'id';
  return match[3] !== undefined ? 'number' : 'bullet';
}

function idOf(match: RegExpExecArray): string {
  return match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
}
