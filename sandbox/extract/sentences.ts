/** Sentences of a text that carry something: greetings, closings and signatures are left out. Line breaks end a sentence only at an empty line or a list item. */
export function findSentences(text: string): readonly string[] {
  const sentences: string[] = [];
  for (const block of text.split(/\n\s*\n|\n(?=\s*(?:[-*•]|\d{1,3}[.)]|[[(#]|[\p{L}][\p{L} -]{1,24}:)\s*)/u)) {
    const flat = block.replace(/\s+/g, ' ').trim().replace(GREETING, '').replace(SIGN_OFF, '');
    for (const part of flat.split(END)) {
      const sentence = part.trim();
      if (/\p{L}/u.test(sentence) && !EMPTY.test(sentence)) sentences.push(sentence);
    }
  }
  return sentences;
}

/** The first clause of a sentence: up to a semicolon, a dash or a comma before a conjunction, if enough words stand before it. */
export function leadingClause(sentence: string): string {
  const cut = /^(.{24,}?)(?:;|\s[–—-]\s|,\s+(?:but|and|so|which|because|although|aber|und|weil|mais|et|pero|y|maar|en|ma|e)\s)/u.exec(
    sentence,
  );
  return (cut?.[1] ?? sentence).replace(/[\s,;:–—-]+$/, '');
}

const END =
  /(?<=[.!?…]["”»)]?)(?<!\b(?:Mr|Mrs|Ms|Dr|Nr|No|St|Inc|Ltd|Co|vs|etc|e\.g|i\.e|z\.B|bzw|ca|approx|Sr|Sra|Mme|M)\.)(?<!\b\d{1,2}\.)\s+(?=["“„«(]?[\p{Lu}\p{N}€$£])/u;
const GREETING =
  /^(?:dear|hi|hello|hey|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte[rs]?|bonjour|bonsoir|salut|madame, monsieur|hola|buenos días|buenas tardes|estimad[oa]s?|beste|geachte|buongiorno|gentile)\b[^.!?\n:]{0,50}?[,!:]\s+(?=\p{L})/iu;
const SIGN_OFF =
  /(?:^|(?<=[.!?]\s))(?:(?:best|kind|warm) regards|regards|sincerely|cheers|many thanks|thanks|thank you|mit freundlichen grüßen|viele grüße|cordialement|saludos|un saludo|met vriendelijke groet|cordiali saluti)\b[,.!]?(?:\s+\p{Lu}[\p{L}.'-]*){0,4}\s*$/iu;
const EMPTY =
  /^(?:(?:hi|hello|hey|dear|hallo|guten tag|bonjour|hola|thanks?(?: you)?|danke|merci|gracias|grazie|bedankt|regards|best regards|kind regards)[\s\p{L}]{0,30}[,.!]?)$/iu;
