import { nameWords } from '../language/words.ts';
import { saidDateForm } from '../reading/formatWords.ts';

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

/** What of a field's shape bears on its role. */
export type RoleFor = 'text' | 'number' | 'other';

/**
 * The role of a field. A date form in the description settles it for a text; else the first row of the table with a word of the name;
 * else, for a text or a number, with a word of what the description is about (its first noun phrase); else, for a few roles, with
 * any word of the description. A person whom the description calls a company is one.
 */
export function roleOf(name: string, description: string, shape: RoleFor = 'other'): FieldRole {
  if (shape === 'text' && saidDateForm(description) !== '') return 'date';
  const said = nameWords(description.slice(0, 160));
  const named = rowWith(nameWords(name));
  if (named === 'person' && shape === 'text' && said.some((word) => COMPANY.has(word))) return 'company';
  if (named === 'amount' && shape === 'text' && /^(?:pay|payable|due|is|by|on|until)+$/.test(nameWords(name).join(''))) return 'date';
  if (named !== undefined) return named;
  const about = shape === 'other' ? undefined : rowWith(nameWords(headPhrase(description)));
  const fits = shape === 'text' ? about !== undefined && !NAMED_ONLY.has(about) : about === 'amount' || about === 'quantity';
  if (about !== undefined && fits) return about === 'person' && said.some((word) => COMPANY.has(word)) ? 'company' : about;
  for (const [role, wanted] of ROLES) if (TELLING.has(role) && said.some((word) => wanted.has(word))) return role;
  return 'none';
}

/** The words a description is about: those before the first preposition, relative or comma. */
function headPhrase(description: string): string {
  return (
    description
      .replace(/^\s*(?:the|a|an|der|die|das|le|la|les|el|los|il|lo|de|het)\s+/iu, '')
      .split(
        /[,.;:(]|\s(?:of|by|that|which|who|whom|in|on|at|as|from|for|to|with|if|is|are|was|when|where|the|a|an|des|der|die|das|den|dem|von|vom|bis|für|als|wenn|du|de|des|qui|que|pour|si|del|della|di|che|para|van|voor|die|z|na)\s/iu,
      )[0] ?? ''
  );
}

function rowWith(words: readonly string[]): FieldRole | undefined {
  return ROLES.find(([, wanted]) => words.some((word) => wanted.has(word)))?.[0];
}

/** Roles a description alone does not give. */
const NAMED_ONLY: ReadonlySet<FieldRole> = new Set([
  'confidence',
  'rating',
  'tags',
  'questions',
  'item',
  'title',
  'reason',
  'quote',
  'quantity',
]);
const TELLING: ReadonlySet<FieldRole> = new Set(['email', 'phone', 'url', 'currency', 'date', 'summary', 'language', 'reply']);
const ROLES: readonly (readonly [FieldRole, ReadonlySet<string>])[] = (
  [
    ['confidence', 'confidence probability certainty konfidenz confiance confianza likelihood'],
    ['email', 'email emails mail courriel correo'],
    ['phone', 'phone telephone mobile tel telefon telefonnummer telephone telefono telefoon fax'],
    ['url', 'url urls link links website webseite homepage'],
    ['currency', 'currency currencies wahrung devise moneda valuta'],
    ['date', 'date dates datum deadline fecha data frist echeance birthday vervaldatum rechnungsdatum vencimiento scadenza termin'],
    ['id', 'id ids number nr nummer numero num reference ref code sku identifier tracking iban'],
    ['quantity', 'quantity qty count menge anzahl quantite cantidad aantal quantita pieces units'],
    [
      'amount',
      'amount amounts total subtotal price sum cost fee value betrag summe preis gesamtbetrag montant prix importe precio bedrag prijs importo prezzo balance net gross salary budget revenue discount tax payment refund sum payable due',
    ],
    ['rating', 'rating stars score grade level urgency'],
    [
      'company',
      'company vendor supplier issuer payee biller firma lieferant rechnungssteller verkaufer entreprise fournisseur vendeur emetteur empresa proveedor vendedor emisor bedrijf leverancier verkoper azienda fornitore venditore seller organisation organization merchant employer sprzedawca dostawca wystawca firm business',
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

const COMPANY: ReadonlySet<string> = new Set([...(ROLES.find(([role]) => role === 'company')?.[1] ?? [])]);
