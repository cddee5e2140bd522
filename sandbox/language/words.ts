/** Lower case, accents off, ß → ss: the form in which words are compared. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (ASCII.test(lower)) return lower;
  return lower
    .replace(/ß/g, 'ss')
    .replace(/[’‘]/g, "'")
    .normalize('NFD')
    .replace(/\p{M}+/gu, '');
}

/** The words of a text, folded, in order: letters and digits with inner apostrophes; French and Italian elisions (l', d', qu') taken off. */
export function wordsOf(text: string): readonly string[] {
  return fold(text).replace(ELISION, ' ').match(WORD) ?? [];
}

/** The words of an identifier such as `refundAmount`, `due_date` or `Invoice No.`, folded. */
export function nameWords(name: string): readonly string[] {
  return wordsOf(name.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2').replace(/[_\-./]+/g, ' '));
}

/**
 * A crude stem for six languages: one inflection ending off, a doubled last consonant made single, then at most seven letters.
 * Words of one family mostly meet (invoice, invoices, invoicing); a rare false meeting is the price.
 */
export function stem(word: string): string {
  let base = word;
  if (base.length > 3) {
    for (const ending of ENDINGS) {
      if (base.length - ending.length >= (ending === 's' ? 3 : 4) && base.endsWith(ending)) {
        base = base.slice(0, -ending.length);
        break;
      }
    }
  }
  const last = base.at(-1);
  if (base.length > 4 && last !== undefined && last === base.at(-2) && !VOWELS.includes(last)) base = base.slice(0, -1);
  return base.length > 7 ? base.slice(0, 7) : base;
}

const ASCII = /^[\p{ASCII}]*$/u;
const WORD = /[\p{L}\p{N}]+(?:'\p{L}+)*/gu;
const ELISION = /(?<!\p{L})(?:[ldjnmtscq]|qu|un|dell|nell|all)'/gu;
const VOWELS = 'aeiouy';
const ENDINGS = 'ations ation ungen ingen ments ment ingly ings ing ies ied ung eren ieren ers ene en em es ed er ly st e s n'.split(' ');
