import { nameWords } from '../language/words.ts';

/** What kind of thing a field wants, told by its name, else by its description. */
export type FieldRole =
  | 'email'
  | 'phone'
  | 'url'
  | 'currency'
  | 'date'
  | 'id'
  | 'amount'
  | 'quantity'
  | 'confidence'
  | 'rating'
  | 'company'
  | 'recipient'
  | 'person'
  | 'language'
  | 'title'
  | 'reason'
  | 'reply'
  | 'quote'
  | 'summary'
  | 'tags'
  | 'questions'
  | 'item'
  | 'none';

/** The role of a field; the first row of the table with a word of the name wins, then the first with a word of the description. */
export function roleOf(name: string, description: string): FieldRole {
  const words = nameWords(name);
  for (const [role, wanted] of ROLES) if (words.some((word) => wanted.has(word))) return role;
  const said = nameWords(description.slice(0, 160));
  for (const [role, wanted] of ROLES) if (TELLING.has(role) && said.some((word) => wanted.has(word))) return role;
  return 'none';
}

const TELLING: ReadonlySet<FieldRole> = new Set(['email', 'phone', 'url', 'currency', 'date', 'summary', 'language', 'reply']);
const ROLES: readonly (readonly [FieldRole, ReadonlySet<string>])[] = (
  [
    ['confidence', 'confidence probability certainty konfidenz confiance confianza likelihood'],
    ['email', 'email emails mail courriel correo'],
    ['phone', 'phone telephone mobile tel telefon telefonnummer telephone telefono telefoon fax'],
    ['url', 'url urls link links website webseite homepage'],
    ['currency', 'currency currencies wahrung devise moneda valuta'],
    ['date', 'date dates datum deadline fecha data frist echeance birthday'],
    ['id', 'id ids number nr nummer numero num reference ref code sku identifier tracking iban'],
    ['quantity', 'quantity qty count menge anzahl quantite cantidad aantal quantita pieces units'],
    [
      'amount',
      'amount amounts total subtotal price sum cost fee value betrag summe preis gesamtbetrag montant prix importe precio bedrag prijs importo prezzo balance net gross salary budget revenue discount tax payment refund',
    ],
    ['rating', 'rating stars score grade level urgency'],
    [
      'company',
      'company vendor supplier firma lieferant entreprise fournisseur empresa proveedor bedrijf azienda fornitore seller organisation organization merchant employer',
    ],
    ['recipient', 'recipient addressee empfanger destinataire destinatario ontvanger'],
    ['language', 'language lang sprache langue idioma taal lingua locale'],
    ['title', 'title subject headline betreff titel titre objet asunto titulo onderwerp oggetto titolo heading'],
    [
      'reason',
      'reason rationale reasoning explanation justification why cause begrundung grund raison motivo reden analysis thinking thought',
    ],
    ['reply', 'reply response draft antwort reponse respuesta antwoord risposta'],
    ['quote', 'quote evidence excerpt citation zitat span snippet'],
    ['questions', 'question questions fragen preguntas vragen domande'],
    ['tags', 'tags keywords topics schlagworter stichworte themes entities terms'],
    [
      'summary',
      'answer summary summarise summarize abstract description details gist overview tldr note notes comment message text zusammenfassung resume resumen samenvatting riassunto issue problem content body synopsis',
    ],
    [
      'person',
      'name person customer sender author contact signer signatory kunde nom cliente nombre klant naam nome absender from firstname lastname who',
    ],
    ['item', 'item product article produkt artikel article producto articulo prodotto goods'],
  ] as const
).map(([role, words]) => [role, new Set(words.split(' '))] as const);
