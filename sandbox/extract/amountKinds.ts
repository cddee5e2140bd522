import { type Kind, kind } from './kinds.ts';

/** What an amount in a document is. */
export type AmountKind = 'total' | 'net' | 'tax' | 'discount' | 'shipping' | 'paid' | 'unit' | 'reference';

/**
 * The words in seven languages, folded, that tell an amount's kind. A total is told by what has to be paid or includes tax; a bare
 * "total" is weak, for totals without tax, of the tax or of a page are called so too.
 */
export const AMOUNT_KINDS: readonly Kind<AmountKind>[] = [
  kind(
    'total',
    {
      stems:
        'payable|\\p{L}*gesamtbetrag|endbetrag|rechnungsbetrag|zahlbetrag|bruttobetrag|brutto|gesamtsumme|te betalen|te voldoen|do zaplaty|zu zahlen|zu uberweisen|zahlbar|factuurbedrag|totaalbedrag|lordo|verschuldigd',
      words:
        '(?:grand|invoice|order|final) total|total (?:due|payable|to pay|ttc|amount|incl\\p{L}*|iva incl\\p{L}*|a pagar|factura|fattura|general|general ttc)|(?:amount|balance) (?:due|payable|owed|owing|outstanding)|(?:amount|sum) to (?:be )?pa(?:y|id)|to pay|due|gross|ttc|net a payer|a payer|montant du|a pagar|importe total|totale (?:da pagare|documento|fattura|dovuto)|da pagare|totaal (?:incl\\p{L}*|te betalen)|razem brutto|naleznosc|kwota do zaplaty',
    },
    {
      stems: 'gesamt|totaal|razem|suma',
      words:
        'total|totale|summe|sum|amount|betrag|montant|importe|bedrag|importo|kwota|wartosc|pay|uberweisen|zahlen|regler|payer|pagar|betalen|pagare|zaplacic',
    },
  ),
  kind('net', {
    stems: 'sub-?total|nett|zwischensumme|sous-?total|warenwert|imponibile|subtotaal|wartosc netto',
    words:
      'net|ht|hors taxes?|base imponible|total (?:net|ht|excl\\p{L}*|before (?:tax|vat))|totaal excl\\p{L}*|excl\\p{L}*|before (?:tax|vat)|without (?:tax|vat)|razem netto|sin iva',
  }),
  kind('tax', {
    stems: 'mwst|mehrwertsteuer|umsatzsteuer',
    words:
      'vat|ust|taxe?s?|tva|iva|btw|imposta|steuer|podatek|gst|moms|(?:total|kwota|montant|betrag) (?:vat|tva|tax|btw|iva|mwst)|total de la tva',
  }),
  kind('discount', { stems: 'discount|rabatt|rabat|skonto|remise|escompte|descuento|korting|sconto|voucher|gutschein' }),
  kind('shipping', {
    stems: 'shipping|versand|porto|livraison|frais de port|envio|verzend|spedizion|wysylk|dostaw|freight|postage|transport',
  }),
  kind('paid', {
    stems: 'deposit|anzahlung|acompte|anticipo|aanbetaling|acconto|zaliczk|prepaid',
    words: 'already paid|paid|bereits (?:be|ge)zahlt|deja (?:paye|regle)|ya pagado|reeds betaald|zaplacono|received|previous balance',
  }),
  kind('unit', {
    stems: 'einzelpreis|stuckpreis|stuksprijs',
    words: 'unit price|each|per|prix unitaire|pu|precio unitario|prezzo unitario|cena|je',
  }),
  kind('reference', {
    stems: 'bestell|auftragsn|kundenn|rechnungsn|iban|konto|telefo|phone',
    words:
      '(?:order|invoice|customer|account|purchase|po|ref\\p{L}*|commande|pedido|ordine|facture|factuur|fattura|factura|faktura)(?: (?:no|nr|n|number|id|num\\p{L}*|ref\\p{L}*))?|no|nr|number|number|n°|nº|nummer|numero|tel|po',
  }),
];
