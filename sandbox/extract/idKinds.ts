import { type Kind, kind } from './kinds.ts';

/** What a number in a document identifies. */
export type IdKind =
  | 'invoice'
  | 'order'
  | 'customer'
  | 'tax'
  | 'bank'
  | 'delivery'
  | 'contract'
  | 'case'
  | 'project'
  | 'quote'
  | 'credit'
  | 'phone';

/** The words in seven languages, folded, that tell what a number identifies. */
export const ID_KINDS: readonly Kind<IdKind>[] = [
  kind('invoice', { stems: 'invoice|rechnung|facture|factuur|fattura|faktur|rachun|belegn', words: 'factura|bill|receipt' }),
  kind('order', {
    stems: 'order(?! ?(?:to|that))|bestell|auftrag|commande|pedido|bestel|ordine|zamowieni|purchase',
    words: 'po|p\\.o\\.',
  }),
  kind('customer', { stems: 'customer|client|kunde|klant|client|cliente|klient|member|mitglied|abonn', words: 'debitor|user' }),
  kind('tax', {
    stems: 'steuern|ust|umsatzsteuer|btw|siret|siren|handelsreg|kvk|regon|partita',
    words:
      '(?<!faktura )vat (?:id|no|nr|number|reg\\p{L}*)|tax|tva|nif|nip|cif|iva|p\\.? ?iva|hrb|krs|ein|company (?:no|number|reg\\p{L}*)|registered|registration|reg',
  }),
  kind('bank', { stems: 'iban|konto|account|compte|cuenta|rekening|rachunek bank|swift', words: 'bic|bank|conto' }),
  kind('delivery', { stems: 'deliver|lieferschein|livraison|albaran|pakbon|shipment|tracking|sendung|colis|parcel|ddt' }),
  kind('contract', { stems: 'contract|vertrag|contrat|contrato|contratt|umow|policy|police|polizza|polis' }),
  kind('case', { stems: 'case|ticket|vorgang|dossier|incident|claim|expediente|sprawa' }),
  kind('project', { stems: 'project|projekt|projet|proyecto|progett|job' }),
  kind('quote', { stems: 'quote|quotation|angebot|devis|presupuesto|offerte|preventiv|ofert' }),
  kind('credit', { stems: 'credit note|gutschrift|avoir|creditnota|nota de credito|korekt' }),
  kind('phone', { stems: 'phone|telefo|telep|fax|mobil', words: 'tel' }),
];
