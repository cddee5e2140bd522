/** One item of a list in a text. */
export interface Row {
  /** The id or number in front ("T-104", "3"), '' when there is none. */
  readonly id: string;
  readonly text: string;
}

/** Items of a list: lines that start with a bullet, a number or a bracketed id. Fewer than two are no list. */
export function findRows(text: string): readonly Row[] {
  const rows: Row[] = [];
  for (const line of text.split('\n')) {
    const match = ROW.exec(line);
    const body = (match?.[3] ?? '').trim();
    if (match && body !== '') rows.push({ id: (match[1] ?? match[2] ?? '').replace(/^[[(#]+|[\])]+$/g, ''), text: body });
  }
  return rows.length >= 2 ? rows : [];
}

/** Lines that look like invoice or order lines: a list item or a table row with words and at least one number. */
export function findItemLines(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim());
  const priced = lines.filter(
    (line) =>
      /\p{L}{2}/u.test(line) &&
      (PRICED.test(line) || (/^(?:[-*•]|\d+\s*[x×*]|\d+[.)])\s*/.test(line) && /\d/.test(line))) &&
      !TOTAL.test(line),
  );
  return priced.map((line) => line.replace(/^[-*•]\s+/, ''));
}

const ROW =
  /^\s*(?:[-*•]\s+)?(?:(\[[^\]\n]{1,24}\]|\([A-Za-z]{0,6}[-_]?\d{1,10}\)|#\d{1,10}|[A-Z]{1,6}[-_]?\d{1,10})[:.)\s|-]+|(\d{1,6})[.):|]\s+|[-*•]\s+)(.*)$/;
const PRICED = /\d\s*[x×]\s*\S|[x×]\s*\d|(?:\d[.,]\d{2}\b|[€$£]\s?\d|\d\s?(?:€|EUR|USD|CHF|GBP))/;
const TOTAL =
  /^(?:\W*)(?:sub-?total|total|summe|gesamt|zwischensumme|vat|mwst|tva|iva|btw|tax|shipping|versand|amount due|montant|importe|totaal|totale|net|netto|brutto|balance|due|invoice|rechnung|facture|date|datum)/i;
