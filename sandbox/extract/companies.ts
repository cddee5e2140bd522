import { findSender } from './people.ts';

/** Whose company is asked for: who sends the document or sells, or whom it is addressed to. */
export type Side = 'seller' | 'buyer';

/** Company names by their legal form (Acme GmbH, Foo Ltd, Bar sp. z o.o.), each once. */
export function findCompanies(text: string): readonly string[] {
  return [...new Set(byForm(text).map((found) => found.name))];
}

/**
 * The company on one side of a document. The seller: behind a label such as "Supplier:", in the letterhead, in a "From:" header or
 * under the closing formula, otherwise the first company that is not the addressee. The buyer: behind "Bill to:", "An:" and their
 * kin. Undefined when nothing speaks for one.
 */
export function findCompany(text: string, side: Side): string | undefined {
  const lines = readLines(text);
  const candidates: Candidate[] = byForm(text).map((found) => ({ ...found, score: 1.5 }));
  for (const line of lines) {
    const name = nameOf(line.value);
    if (name === undefined) continue;
    const formal = byForm(line.value)[0]?.name;
    if (line.role === 'seller' || line.role === 'buyer')
      candidates.push({ name: formal ?? name, start: line.start, score: formal ? 1.5 : 1 });
    else if (line.role === 'from') candidates.push({ name: formal ?? name, start: line.start, score: formal ? 1.5 : 0.2 });
    else if (line.role === 'head' && formal === undefined) candidates.push({ name, start: line.start, score: 0.5 });
    else if (line.role === 'signature' && formal === undefined && name !== findSender(text))
      candidates.push({ name, start: line.start, score: 0 });
  }
  let best: Candidate | undefined;
  for (const candidate of candidates) {
    const role = lines.findLast((line) => line.start <= candidate.start)?.role ?? '';
    const weight = candidate.score + (side === 'seller' ? SELLER[role] : role === 'buyer' ? 4 : -1.5);
    if (weight > 0.4 && (!best || weight > best.score)) best = { ...candidate, score: weight };
  }
  return best?.name;
}

interface Candidate {
  readonly name: string;
  readonly start: number;
  readonly score: number;
}

type LineRole = 'seller' | 'buyer' | 'from' | 'head' | 'signature' | '';

interface Line {
  readonly role: LineRole;
  /** The line without its label. */
  readonly value: string;
  readonly start: number;
}

const SELLER: Readonly<Record<LineRole, number>> = { seller: 4, from: 1.5, head: 2, signature: 1, '': 0, buyer: -9 };

/** Tells what each line is: labelled as one side, the head of the document, under its closing formula. A label alone on its line holds for the block below. */
function readLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  let at = 0;
  let open: LineRole = '';
  let left = 0;
  let headed = false;
  let signed = 0;
  for (const whole of text.slice(0, MAX_READ).split('\n')) {
    const start = at;
    at += whole.length + 1;
    const line = whole.trim();
    if (line === '') {
      left = left === BLOCK ? left : 0;
      continue;
    }
    const label = LABEL.exec(line);
    const side = label ? sideOf(label[1] ?? '') : GREETING.test(line) ? 'buyer' : undefined;
    if (side !== undefined) {
      const value = label ? line.slice(label[0].length).trim() : line;
      open = side;
      left = value === '' ? BLOCK : 0;
      if (side === 'seller') headed = true;
      lines.push({ role: side, value, start });
    } else if (CLOSING.test(line)) {
      signed = 5;
      left = 0;
      lines.push({ role: '', value: '', start });
    } else if (left > 0 && !/^[^:]{1,30}:(?:\s|$)/.test(line)) {
      left--;
      lines.push({ role: open, value: left === BLOCK - 1 ? line : '', start });
    } else if (signed > 0) {
      signed--;
      lines.push({ role: 'signature', value: line, start });
    } else if (!headed && !/^[\p{L} .-]{2,20}:/u.test(line)) {
      headed = !TITLE.test(line);
      lines.push({ role: headed ? 'head' : '', value: line, start });
    } else lines.push({ role: '', value: '', start });
  }
  return lines;
}

const MAX_READ = 20_000;
const BLOCK = 4;
const LABEL =
  /^(?:[-*•#>|]+\s*)?(?:\*\*)?(from|to|for|supplier|seller|vendor|issuer|issued by|sold by|sender|payee|biller|merchant|company|service provider|bill(?:ed)? to|billing address|invoice(?:d)? to|ship to|sold to|deliver to|customer|client|buyer|attn\.?|attention|recipient|addressee|von|an|lieferant|verkäufer|rechnungssteller|aussteller|absender|auftragnehmer|rechnungsempfänger|rechnung an|rechnungsadresse|kunde|käufer|empfänger|auftraggeber|zu händen|z\. ?hd\.|de|fournisseur|vendeur|émetteur|expéditeur|prestataire|à|à l[’']attention de|facturé à|adresse de facturation|destinataire|acheteur|proveedor|vendedor|emisor|remitente|para|cliente|facturar a|facturado a|comprador|destinatario|van|leverancier|verkoper|afzender|aan|t\.a\.v\.|klant|koper|factuur aan|factuuradres|da|fornitore|venditore|mittente|emittente|spett\.?(?:le)?|acquirente|committente|sprzedawca|dostawca|wystawca|nadawca|od|do|nabywca|odbiorca|kupujący|klient)(?:\*\*)?(?:\s*(?:name|nom|nombre|naam|nome|nazwa)|\s*\([^)]{0,30}\))?(?:\*\*)?\s*(?::(?:\*\*)?\s*|$)/iu;
const BUYERS =
  /^(?:to|for|bill|ship|sold to|deliver to|invoice|customer|client|buyer|attn|attention|recipient|addressee|an$|rechnungsempfänger|rechnung an|rechnungsadresse|kunde|käufer|empfänger|auftraggeber|zu händen|z\.|à|facturé|adresse|destinataire|acheteur|para|facturar|facturado|comprador|destinatario|aan|t\.a\.v|klant|koper|factuur|spett|acquirente|committente|do$|nabywca|odbiorca|kupujący|klient)/iu;
const FROMS = /^(?:from|von|de|van|da|od)$/iu;
const GREETING =
  /^(?:dear|hi|hello|sehr geehrte[rs]?|liebe[rs]?|hallo|guten tag|bonjour|cher|chère|madame|monsieur|hola|estimad[oa]s?|beste|geachte|gentile|egregi\p{L}+|spett(?:abile|\.le)|buongiorno|szanown\p{L}+|attn\.?|z\.\s?hd\.|à l[’']attention)(?!\p{L})/iu;
const CLOSING =
  /^(?:(?:best|kind|warm|many|yours|kindest)\s+\p{L}+|regards|sincerely|(?:yours )?(?:faithfully|truly)|cheers|thanks|thank you|mit (?:freundlichen|besten|herzlichen) grüßen|(?:viele|beste|liebe|freundliche|herzliche) grüße|cordialement|bien (?:à vous|cordialement)|salutations(?: distinguées)?|un (?:cordial )?saludo|saludos(?: cordiales)?|atentamente|met vriendelijke groet(?:en)?|hoogachtend|cordiali saluti|distinti saluti|z poważaniem|pozdrawiam)[,.!]?$/iu;
/** Lines that open a document without naming anybody: its title, numbers, dates, pages. */
const TITLE =
  /^(?:[*#=_\s-]*)(?:(?:tax |pro ?forma |final |e-)?invoice|receipt|bill|statement|reminder|order|quote|credit note|rechnung|mahnung|zahlungserinnerung|gutschrift|angebot|facture|avoir|devis|rappel|factura|recibo|presupuesto|factuur|herinnering|offerte|fattura|preventivo|faktura|rachunek|nota|total|amount|betrag|summe|montant|importe|page|seite|copy|kopie|original|date|datum|re|subject|betr)(?!\p{L})|^\W*\d|^\W*$|@|https?:|^www\./iu;

function sideOf(label: string): LineRole {
  if (FROMS.test(label)) return 'from';
  return BUYERS.test(label) ? 'buyer' : 'seller';
}

/** The name at the start of a line, without address, quotes and brackets; undefined when the line is rather a sentence or a figure. */
function nameOf(line: string): string | undefined {
  const bare = line.replace(/<[^>]*>|\S+@\S+/g, ' ').replace(/\*\*|["“”„«»]/g, '');
  const name = (bare.split(/\s[|·•–—-]\s|[|·•]|,\s(?!(?:Inc|Ltd|LLC|Corp|S\.))|\s{2,}|\t/)[0] ?? '').replace(/[\s,;:.]+$/, '').trim();
  if (name.length < 2 || name.length > 60 || name.split(/\s+/).length > 7) return undefined;
  return /^[\p{L}\d]/u.test(name) && /\p{Lu}|^\p{Ll}+$/u.test(name) && !/[.!?]\s|\?$|:/.test(name) ? name : undefined;
}

function byForm(text: string): readonly { readonly name: string; readonly start: number }[] {
  return [...text.matchAll(COMPANY)].flatMap((match) => {
    const lead = LEAD_IN.exec(match[0])?.[0].length ?? 0;
    const name = match[0].slice(lead).trim();
    return /^\p{Lu}|^\d|^\p{Ll}/u.test(name) && name.includes(' ') ? [{ name, start: match.index + lead }] : [];
  });
}

const LEAD_IN =
  /^(?:(?:Dear|Hi|Hello|From|To|Our|Your|We|At|The|This|Bill|Invoice|Rechnung|Facture|Factura|Factuur|Fattura|Faktura|Firma|Fa\.|Société|Sté|An|Von|Liebe|Bei|Die|Der|Das|Chez|Para|Spett\.le|Regards|Thanks)[ \t]+)+(?=\S+[ \t]+\S)/u;
const FORM = String.raw`GmbH(?: & Co\.? ?KG)?|gGmbH|mbH|AG(?: & Co\.? ?KG)?|e\. ?K\.|GbR|UG(?: \(haftungsbeschränkt\))?|OHG|KGaA|KG|SE|Inc\.?|Incorporated|Ltd\.?|Limited|LLC|L\.L\.C\.|LLP|PLC|plc|Corp\.?|Corporation|Pty\.? Ltd\.?|SARL|S\.à ?r\.l\.|S\.A\.R\.L\.|SASU|SAS|S\.A\.S\.|EURL|SNC|S\.A\.U\.|S\.A\.|SA|B\.V\.?|BV|N\.V\.?|NV|V\.O\.F\.|VOF|BVBA|S\.p\.A\.?|SpA|S\.r\.l\.?s?|Srl|SRL|S\.n\.c\.|S\.L\.U\.|S\.L\.?|SLU|SL|[Ss]p\. ?z ?o\. ?o\.|[Ss]p\. ?[jk]\.|Oyj?|AB|ApS|A/S|ASA?|s\.r\.o\.|Kft\.?|Lda\.?|d\.o\.o\.`;
const TOKEN = String.raw`[\p{Lu}\d][\p{L}\p{N}&’'.+-]*`;
const COMPANY = new RegExp(
  String.raw`(?<![\p{L}\p{N}])${TOKEN}(?:[ \t]+(?:(?:&|\+|und|and|et|y|e|i|of|the|de|du|des|la|van|von|der|den|di|del|da)[ \t]+){0,2}${TOKEN}){0,5}?,?[ \t]+(?:${FORM})(?![\p{L}\p{N}])`,
  'gu',
);
