/** Whether a word or two name a form or an absence (YYYY-MM-DD, ISO 8601, three-letter code, an empty string, null): never a value to choose. */
export function isFormatWord(words: string): boolean {
  return FORMAT.test(words.trim());
}

/** Whether the words stand for nothing at all: null, none, n/a, an empty string. */
export function isAbsence(words: string): boolean {
  return ABSENCE.test(words.trim());
}

/**
 * What a field's description says to write when nothing is found: '' for "or an empty string", the quoted word for
 * `or "unknown" if it is not stated`; undefined when it says nothing.
 */
export function saidWhenAbsent(description: string): string | undefined {
  if (EMPTY.test(description)) return '';
  return LITERAL.exec(description)?.[1];
}

/** How a description wants dates written: a template such as DD.MM.YYYY; 'YYYY-MM-DD' when it says ISO; '' when it says nothing. */
export function saidDateForm(description: string): string {
  const template = /(?<![\p{L}\d])(?:YYYY([-./])MM\1DD|(?:DD|MM)([-./])(?:MM|DD)\2YYYY)(?![\p{L}\d])/iu.exec(description)?.[0];
  return template?.toUpperCase() ?? (/\bISO(?:[ -]?8601)?\b(?! ?(?:4217|639|3166))/.test(description) ? 'YYYY-MM-DD' : '');
}

const ABSENCE =
  /^(?:an? |the |eine? |une? |leerer? )?(?:null|none|nil|n\/?a|nothing|undefined|blank|empty|(?:empty|blank) (?:string|text|value|field)|leer(?:er string|er text)?|leerstring|cha[iî]ne vide|vide|cadena vac[ií]a|vac[ií]o|lege (?:string|tekst)|stringa vuota|vuoto|pusty (?:ciąg|napis|tekst))$/iu;
const FORMAT = new RegExp(
  `${ABSENCE.source}|${
    /^(?:an? |the |in |as |als |au |en )*(?:ISO\b.*|RFC\b.*|[YMDJATGRhms]{1,4}(?:[-./: ][YMDJATGRhms]{1,4})+|YYYY.*|string|text|number|integer|float|decimal|digits?|json|xml|yaml|csv|html|markdown|plain text|utc|date|timestamp|(?:two|three|2|3)[- ]letter.*|.*\bformat|.*\bcodes?|.*\bnotation|.*\bdate|lower ?case|upper ?case)$/
      .source
  }`,
  'iu',
);
const EMPTY =
  /\b(?:empty|blank) (?:string|text|value|if|when|otherwise)\b|\b(?:or|else|otherwise|leave(?: it)?) (?:empty|blank)\b|["“]["”]|(?<!')''(?!')|\bleer(?:er|en|e|es)? (?:string|text|zeichenkette|lassen)\b|\bsonst leer\b|\bleerstring\b|cha[iî]ne vide|cadena vac[ií]a|lege (?:string|tekst)|stringa vuota|pust[yae] (?:ciąg|napis|tekst|string)/iu;
const LITERAL =
  /(?<!\p{L})(?:or|else|otherwise|oder|sonst|ou|sinon|o|of|anders|altrimenti|albo)\s+(?:(?:write|use|return|say|put|just|simply)\s+)?["“„«'`]([^"”“»'`\n]{1,30})["”“»'`]\s*(?:if|when|where|wenn|falls|si|als|se|jeśli)(?!\p{L})/iu;
