/** A number found in a text. */
export interface FoundNumber {
  readonly value: number;
  /** ISO 4217 code when a currency stands beside it. */
  readonly currency: string | undefined;
  readonly percent: boolean;
  readonly start: number;
  readonly end: number;
}

/**
 * Numbers of a text in every common notation: 1.249,50 €, £1,249.50, CHF 1'200, 1 249,50 EUR, 19.9, 30 %. Digits that belong
 * to a word or an id (INV-2026-17) are left out. A lone separator with three digits after it groups thousands, unless the number
 * starts with 0.
 */
export function findNumbers(text: string): readonly FoundNumber[] {
  const found: FoundNumber[] = [];
  for (const match of text.matchAll(NUMBER)) {
    const digits = match[3] ?? '';
    const before = currencyOf(match[1] ?? '');
    const after = currencyOf(match[4] ?? '');
    const value = parseNumber(digits);
    if (value === undefined) continue;
    const sign = match[2] ? -1 : 1;
    found.push({
      value: sign * value,
      currency: before ?? after,
      percent: match[4] === '%',
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  return found;
}

/** Reads one number in any notation; undefined when it is none. */
export function parseNumber(written: string): number | undefined {
  const compact = written.replace(/[\s\u00a0\u202f'’]/g, '');
  const point = compact.lastIndexOf('.');
  const comma = compact.lastIndexOf(',');
  let plain: string;
  if (point >= 0 && comma >= 0) {
    const decimal = Math.max(point, comma);
    plain = `${compact.slice(0, decimal).replace(/[.,]/g, '')}.${compact.slice(decimal + 1)}`;
  } else {
    const mark = Math.max(point, comma);
    const separator = compact[mark];
    const groups =
      mark >= 0 &&
      separator !== undefined &&
      (compact.split(separator).length > 2 || (compact.length - mark - 1 === 3 && !compact.startsWith('0')));
    plain = mark < 0 || groups ? compact.replace(/[.,]/g, '') : `${compact.slice(0, mark)}.${compact.slice(mark + 1)}`;
  }
  const value = Number(plain);
  return plain !== '' && Number.isFinite(value) ? value : undefined;
}

/** ISO code of a currency sign, code or word; undefined when it is none. */
export function currencyOf(sign: string): string | undefined {
  return CURRENCIES[sign.trim().toLowerCase().replace(/\.$/, '')];
}

/** Codes of all currencies named in a text, in order, each once. */
export function findCurrencies(text: string): readonly string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(SIGNS)) {
    const code = currencyOf(match[0]);
    if (code) found.add(code);
  }
  return [...found];
}

const CURRENCIES: Readonly<Record<string, string>> = {
  '€': 'EUR',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  $: 'USD',
  us$: 'USD',
  usd: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  '£': 'GBP',
  gbp: 'GBP',
  pound: 'GBP',
  pounds: 'GBP',
  chf: 'CHF',
  sfr: 'CHF',
  fr: 'CHF',
  franken: 'CHF',
  francs: 'CHF',
  '¥': 'JPY',
  jpy: 'JPY',
  yen: 'JPY',
  cad: 'CAD',
  c$: 'CAD',
  aud: 'AUD',
  a$: 'AUD',
  sek: 'SEK',
  nok: 'NOK',
  dkk: 'DKK',
  kr: 'SEK',
  pln: 'PLN',
  zł: 'PLN',
  inr: 'INR',
  '₹': 'INR',
  cny: 'CNY',
  brl: 'BRL',
  r$: 'BRL',
};
const WORDS = String.raw`€|US\$|C\$|A\$|R\$|\$|£|¥|₹|zł|(?:EUR|USD|GBP|CHF|JPY|CAD|AUD|SEK|NOK|DKK|PLN|INR|CNY|BRL|euros?|dollars?|pounds?|Franken|francs|yen|SFr\.?)(?![\p{L}])`;
const NUMBER = new RegExp(
  String.raw`(?<![\p{L}\p{N}_#/@]|[\p{N}][.,:'’-]|[\p{L}]-)(?:(${WORDS})[ \u00a0]{0,2})?(-(?=\d))?(\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)(?![\p{L}\p{N}_]*-\p{N}|\p{N}|[.,:/-]\d)(?:[ \u00a0]{0,2}(${WORDS}|%))?(?!\p{L}*\d)`,
  'giu',
);
const SIGNS = new RegExp(String.raw`(?<!\p{L})(?:${WORDS})`, 'giu');
