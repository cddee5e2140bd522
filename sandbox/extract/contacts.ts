/** A piece of text found, and where. */
export interface Found {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** E-mail addresses. */
export function findEmails(text: string): readonly Found[] {
  return matches(text, /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g);
}

/** Web addresses with a scheme or starting with www. */
export function findUrls(text: string): readonly Found[] {
  return matches(text, /(?:https?:\/\/|www\.)[^\s<>"')\]]{3,300}(?<![.,;:!?])/gi);
}

/** Phone numbers: at least seven digits, starting with +, 0 or a bracket, or in the North American grouping. */
export function findPhones(text: string): readonly Found[] {
  return matches(
    text,
    /(?<![\w.-])(?:\+\d{1,3}[ ./-]?)?(?:\(\d{1,5}\)[ ./-]?)?\d{2,5}(?:[ ./-]\d{2,5}){1,5}(?![\w.-]*\d)|(?<![\w-])\+?\d{9,15}(?!\w)/g,
  ).filter((found) => {
    const digits = found.text.replace(/\D/g, '').length;
    return (
      digits >= 7 &&
      digits <= 15 &&
      (/^[+(0]/.test(found.text) || /^\d{3}[ .-]\d{3}[ .-]\d{4}$/.test(found.text)) &&
      !/^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/.test(found.text) &&
      !/^\d{4}-\d{2}-\d{2}/.test(found.text)
    );
  });
}

/** Identifiers by shape: letters and digits joined (INV-2026-0042, AB1234), #48213, and digit strings behind "no.", "number", "id", "Nr.". */
export function findIds(text: string): readonly Found[] {
  const shaped = matches(
    text,
    /(?<![\w@.-])#?(?=[\w/-]{0,40}\d)(?:[A-Z]{1,8}[-_/]?\d[\w/-]*|\d+[A-Z]{1,6}[\w-]*|[A-Z]{1,8}(?:[-_/][A-Z0-9]{1,12}){1,5})(?![\w@])|#\d[\d/-]{1,20}|(?<![\w.])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?!\w)/gi,
  ).filter(
    (found) =>
      /\d/.test(found.text) &&
      !/^\d{1,4}(?:st|nd|rd|th|am|pm|h|x|eur|usd|gbp|chf|kg|km|gb|mb|tb|ms|cm|mm|ml|k|m|g|l)$/i.test(found.text) &&
      !/^[A-Z]{3}\d{1,3}(?:[.,]\d+)?$/.test(found.text.replace(/^(?!EUR|USD|GBP|CHF)/, '-')),
  );
  const labelled: Found[] = [];
  for (const match of text.matchAll(LABELLED_ID)) {
    const id = (match[1] ?? '').replace(/[-_/.]+$/, '');
    if (id.length < 3) continue;
    const start = match.index + match[0].length - (match[1] ?? '').length;
    const end = start + id.length;
    const clash = shaped.findIndex((found) => found.start < end && start < found.end);
    const other = shaped[clash];
    if (other && (other.end > end || other.start < start || (other.start === start && other.end === end))) continue;
    if (clash >= 0) shaped.splice(clash, 1);
    labelled.push({ text: id, start, end });
  }
  return [...shaped.map((found) => ({ ...found, text: found.text.replace(/[-_/]+$/, '') })), ...labelled].sort((a, b) => a.start - b.start);
}

/** Digits, with or without letters in front, behind a word for "number" or for a document that has one. */
const LABELLED_ID =
  /(?:(?:number|nummer|n[uú]m[eé]ro|numer|\b(?:no|nr|num|ref|id)\b\.?|nr\.|\bn[.°º]°?|(?<=\p{L})(?:nr|id)\b\.?|\breferen\p{L}+|\bréf\p{L}*\.?|\bcode\b)[ \t]*(?:is|lautet|est|es)?[ \t]*(?:[:#=|][ \t]*\n?|\n)?[ \t]*|\b(?:invoice|rechnung|facture|factuur|factura|fattura|faktura(?: vat)?|gutschrift|quote|devis|angebot|offerte)[ \t]*[:#]?[ \t]+(?=\S*\d[-/]\d|\d{5}))((?:[A-Z]{1,5}[ \t.]?)?\d[\w/-]*(?:\.\d[\w/-]*)*)(?![\p{L}\p{N}]|[.,]\d|[ ]\d{3}(?!\d)|[ \u00a0]?(?:[€$£]|EUR|USD|GBP|CHF|PLN|zł))/giu;

function matches(text: string, pattern: RegExp): readonly Found[] {
  return [...text.matchAll(pattern)].map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }));
}
