/** Name of the person who wrote a text: after "From:", "Name:", "my name is", or under a closing formula; undefined when none is plain. */
export function findSender(text: string): string | undefined {
  for (const pattern of SENDER) {
    const name = pattern.exec(text)?.[1]?.trim();
    if (name && !NOT_A_NAME.test(name)) return name;
  }
  for (const closing of text.matchAll(CLOSING)) {
    const name = SIGNED.exec(text.slice(closing.index + closing[0].length))?.[1];
    if (name && !NOT_A_NAME.test(name)) return name;
  }
  return undefined;
}

/** Name in the greeting ("Dear Ms Patel,"), without the form of address; undefined when there is none. */
export function findRecipient(text: string): string | undefined {
  return new RegExp(
    String.raw`(?:^|\n)\s*(?:Dear|Hi|Hello|Hey|Liebe[r]?|Sehr geehrte[r]?|Hallo|Guten Tag|Bonjour|Cher|Chère|Hola|Estimad[oa]|Beste|Geachte|Gentile|Buongiorno|To:|An:)\s+(?:(?:Mr|Mrs|Ms|Dr|Herrn?|Frau|Monsieur|Madame|M|Mme|Señora?|Sig|Signora?|Heer|Mevrouw)\.?\s+)*(${NAME})`,
    'u',
  ).exec(text)?.[1];
}

const WORD = String.raw`\p{Lu}[\p{L}’'.-]*`;
const NAME = String.raw`${WORD}(?:[ \t]+(?:(?:van|von|de|der|den|da|di|del|la|le|bin|al)[ \t]+){0,2}${WORD}){0,3}`;
const CLOSING =
  /(?<=^|\n|[.!?,] )[ \t]*(?:(?:best|kind|warm|many|with|yours|kindest)\s+(?:regards|wishes|thanks|truly|sincerely|faithfully)|regards|sincerely|cheers|thanks|thank you|best|mit (?:freundlichen|besten|herzlichen) grüßen|(?:viele|beste|liebe|freundliche|herzliche) grüße|gruß|mfg|cordialement|bien à vous|salutations|un saludo|saludos(?: cordiales)?|atentamente|gracias|met vriendelijke groet(?:en)?|groeten|cordiali saluti|distinti saluti|grazie|merci|danke)(?!\p{L})/giu;
const SIGNED = new RegExp(String.raw`^[ \t]*[,.!]?\s*(?:[-–—]+\s*)?(${NAME})[ \t]*(?:\n|,|$)`, 'u');
const SENDER: readonly RegExp[] = [
  new RegExp(
    String.raw`(?:^|\n)\s*(?:From|Von|De|Da|Van|Sender|Absender|Name|Nom|Nombre|Naam|Nome|Customer|Kunde|Contact)(?: name)?\s*:\s*"?(${NAME})`,
    'u',
  ),
  new RegExp(
    String.raw`(?:[Mm]y name is|[Mm]ein Name ist|[Ii]ch heiße|[Jj]e m[’']appelle|[Mm]i nombre es|[Mm]e llamo|[Mm]ijn naam is|[Mm]i chiamo|[Tt]his is)\s+(${NAME})`,
    'u',
  ),
];
const NOT_A_NAME = /^(?:The|Hi|Hello|Dear|Your|Our|We|Sent|Regards|Team|Support)\b/;
