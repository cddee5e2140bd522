import { type Kind, kind } from './kinds.ts';

/** What a date in a document is for. */
export type DateKind = 'due' | 'discount' | 'issue' | 'delivery' | 'order' | 'end' | 'start' | 'birth' | 'meeting';

/** The words in seven languages, folded, that tell a date's kind. */
export const DATE_KINDS: readonly Kind<DateKind>[] = [
  kind(
    'due',
    {
      stems: String.raw`\p{L}*fallig|zahlbar|\p{L}*zahlungsziel|\p{L}*zahlungsfrist|zahlungstermin|zahldatum|uberweisen|begleichen|echeance|payer|regler|reglement|paiement|vervaldat|vervaldag|vervalt|betal|vencim|vence|pagad|pagar|pago|abonar|scaden|pagament|pagare|pagabil|platn|zaplat|deadline`,
      words:
        'due(?! to)|payable|pay|(?:to|must|should) be paid|payment(?! (?:received|was|confirmation))|settle(?:d|ment)?|zu zahlen|date limite|fecha limite|te voldoen|voldoen|uiterlijk',
    },
    { words: 'by|before|until|till|no later than|bis|spatestens|avant|jusqu.?au|voor|tot|antes|hasta|prima|entro|przed|najpozniej|do' },
  ),
  kind('discount', {
    stems: 'skonto|escompte|betalingskorting|korting|discount',
    words: 'descuento por pronto pago|pronto pago|sconto|rabat',
  }),
  kind(
    'issue',
    {
      stems:
        'rechnungsdatum|belegdatum|ausstell|ausgestellt|emise?|emission|emitid|emess|emissione|factuurdatum|wystawi|faktureringsdato|briefdatum',
      words:
        '(?:invoice|issue|document|letter|bill|billing|statement) date|date of (?:issue|invoice|the invoice)|issued|dated|fait|date (?:de|d.) ?(?:la )?facture|fecha de (?:la )?factura|data (?:della )?fattura|data faktury',
    },
    { words: 'date|datum|fecha|data|dato|du|le|den|vom|van|del|on' },
  ),
  kind('delivery', {
    stems:
      'deliver|liefer|\\p{L}*lieferung|livr|entreg|leverdat|levering|geleverd|consegn|dostaw|ship|versand|versend|expedi|leistung|sprzedaz|arriv',
    words: 'service date|date of service|supply',
  }),
  kind('order', { stems: 'bestell|commande|pedido|bestel|zamow', words: 'orders?|ordered|ordine|purchase|auftrag|auftragsdatum' }),
  kind('end', {
    stems: 'expir|ablauf|endet|enddat|terminat|kundig|caduc|wygas|valable|gultig|wazn|geldig',
    words: 'valid|ends?|ending|end date|last day|fin',
  }),
  kind('start', {
    stems: 'beginn?|effective|debut|inicio|inizio|ingang|ingaand|rozpocz',
    words: 'starts?|starting|start date|ab|vanaf|from',
  }),
  kind('birth', { stems: 'birth|geburt|geboren|naissance|nacimient|nascita|geboorte|urodz', words: 'born|dob|nee?' }),
  kind('meeting', { stems: 'meeting|appointment|besprech|reunion|afspraak|riunion|spotkan|rendez' }),
];
