import { asksForEachItem, findItems, startsAnItem } from './itemised.ts';
import { findLabels } from './labelList.ts';

/** The last message taken apart: what it tells to do, and the data it brings. */
export interface SplitMessage {
  /** The message without its data; `…` stands where data was. */
  readonly instructions: string;
  /** The data pieces in order; `name` is the tag or line label that marked them, '' when nothing did. */
  readonly data: readonly DataPiece[];
}

/** One piece of data. */
export interface DataPiece {
  readonly name: string;
  readonly text: string;
}

/**
 * Separates instructions from data in a message. Marks of data: `<tag>…</tag>` (unless the tag's name speaks of instructions),
 * triple quotes, ``` fences (unless the line before speaks of format, schema or example), and `Label:` lines such as `Ticket: …`.
 * Without a mark the whole message is data when other messages carry instructions; else paragraphs that read like instructions
 * are told apart from the rest.
 */
export function splitInput(message: string, hasOtherInstructions: boolean): SplitMessage {
  const marked = cutMarked(message);
  if (marked.data.length > 0) return marked;
  const labelled = cutLabelled(message);
  const isLetter = hasOtherInstructions && /[^\s…]/.test(labelled.instructions) && !IMPERATIVE.test(labelled.instructions);
  if (labelled.data.length > 0 && !isLetter && (hasOtherInstructions || labelled.instructions.replace(/…/g, '').trim() !== ''))
    return labelled;
  if (hasOtherInstructions) return { instructions: '', data: [{ name: '', text: message.trim() }] };
  return cutParagraphs(message);
}

const INSTRUCTION_TAG =
  /^(?:instructions?|rules?|guidelines?|examples?|format|output(?:[_-]?format)?|schema|json|labels?|categor(?:y|ies)|classes|options|task|system|role|constraints?|definitions?|anweisung(?:en)?|beispiele?|regeln)$/i;
const FORMAT_LINE =
  /schema|format|example|beispiel|exemple|ejemplo|esempio|voorbeeld|output|answer|antwort|respond|return|reply|structure|shape|like this|following json/i;
const DATA_LABEL =
  /^[ \t]*(?:the )?((?:customer |user |support |incoming |new )?(?:ticket|message|e-?mail|mail|text|input|document|content|review|comment|question|query|body|subject|transcript|conversation|feedback|notes?|article|invoice|receipt|order|request|complaint|statement|sentence|passage|report|description|data|tweet|post|contract|clause|anfrage|nachricht|kunde|eingabe|rechnung|dokument|betreff|frage|bewertung|message du client|courriel|texte|facture|mensaje|correo|texto|factura|bericht|tekst|messaggio|testo|fattura)s?)[ \t]*(?:\([^)\n]{0,40}\))?[ \t]*:[ \t]*/gim;
const TRAILER =
  /\n\s*\n\s*(?:answer|respond|reply|return|output|classify|only|json|category|label|now|please (?:answer|respond|reply|return|classify)|antworte?|gib|réponds?|responde|rispondi|antwoord)\b[^\n]*(?:\n[^\n]+)*\s*$/i;

function cutMarked(message: string): SplitMessage {
  const data: DataPiece[] = [];
  let text = cutTags(message, data);
  text = text.replace(/("""|''')\s*([\s\S]*?)\s*\1/g, (_whole, _mark, inner: string) => {
    data.push({ name: '', text: inner });
    return '…';
  });
  text = cutFences(text, data);
  return { instructions: text.trim(), data };
}

/** Takes out tagged pieces; looks for each closing tag once, so that unclosed tags stay cheap. */
function cutTags(message: string, data: DataPiece[]): string {
  const open = /<([a-z][\w-]{0,40})(?:\s[^<>]{0,200})?>/gi;
  const unclosed = new Set<string>();
  let kept = '';
  let from = 0;
  for (let match = open.exec(message); match; match = open.exec(message)) {
    const tag = match[1] ?? '';
    if (INSTRUCTION_TAG.test(tag) || unclosed.has(tag)) continue;
    const start = match.index + match[0].length;
    const end = message.indexOf(`</${tag}>`, start);
    if (end < 0) {
      unclosed.add(tag);
      continue;
    }
    data.push({ name: tag, text: message.slice(start, end).trim() });
    kept += `${message.slice(from, match.index)}…`;
    from = end + tag.length + 3;
    open.lastIndex = from;
  }
  return kept + message.slice(from);
}

/** Takes out ``` fences, but for JSON or markup announced as a format or an example by the line before. */
function cutFences(message: string, data: DataPiece[]): string {
  if (!message.includes('```')) return message;
  const kept: string[] = [];
  let inside: string[] | undefined;
  let announced = false;
  for (const line of message.split('\n')) {
    const isFence = /^[ \t]*```[\w-]*[ \t]*$/.test(line);
    if (inside === undefined) {
      if (!isFence) {
        kept.push(line);
        continue;
      }
      announced = FORMAT_LINE.test(kept.findLast((before) => before.trim() !== '') ?? '');
      inside = [];
    } else if (!isFence) inside.push(line);
    else {
      if (announced && /^\s*[[{<]/.test(inside.join('\n'))) kept.push(...inside);
      else {
        data.push({ name: '', text: inside.join('\n').trim() });
        kept.push('…');
      }
      inside = undefined;
    }
  }
  return [...kept, ...(inside ?? [])].join('\n');
}

function cutLabelled(message: string): SplitMessage {
  DATA_LABEL.lastIndex = 0;
  const marks = [...message.matchAll(DATA_LABEL)];
  const first = marks[0];
  if (!first) return { instructions: message, data: [] };
  const trailer = TRAILER.exec(message);
  const end = trailer && trailer.index > first.index ? trailer.index : message.length;
  const data: DataPiece[] = [];
  for (const [place, mark] of marks.entries()) {
    if (mark.index >= end) break;
    const from = mark.index + mark[0].length;
    const to = Math.min(end, marks[place + 1]?.index ?? end);
    const text = message.slice(from, to).trim();
    if (text) data.push({ name: mark[1] ?? '', text });
  }
  if (data.length === 0) return { instructions: message, data };
  return { instructions: `${message.slice(0, first.index)}…${message.slice(end)}`.trim(), data };
}

const IMPERATIVE =
  /^(?:#|[-*•]\s|\d+[.)]\s|you are\b|your task|(?:please |now )?(?:classify|categori[sz]e|extract|summari[sz]e|answer|respond|reply|return|output|say|choose|pick|select|list|produce|sort|with (?:exactly )?(?:one|a single) word|decide|determine|label|rate|write|translate|read|given|use|do not|don't|never|always|only|route|assign|identify|list|tell|what is the|is the following|does the following)\b|possible |allowed |valid |labels?\b|categor|du bist|klassifiziere|ordne|fasse|extrahiere|antworte|gib|lies|nutze|tu es|vous êtes|classe|classez|résume|extrais|réponds|eres|clasifica|resume|extrae|responde|classifica|riassumi|estrai|rispondi|classificeer|vat|antwoord|schrijf|schreib|wähle|erstelle|écris|choisi|(?:zeg|sage?|dis|dites|di|escribe|elige|scrivi|scegli|kies|odpowiedz|napisz|sklasyfikuj|wybierz)\b)/i;

function cutParagraphs(message: string): SplitMessage {
  const listed = cutListed(message);
  if (listed) return listed;
  const paragraphs = message.split(/\n\s*\n/);
  const kept: string[] = [];
  const data: string[] = [];
  for (const paragraph of paragraphs) (IMPERATIVE.test(paragraph.trim()) || /[{}]/.test(paragraph) ? kept : data).push(paragraph);
  if (data.length > 0 && kept.length > 0) return { instructions: kept.join('\n\n'), data: [{ name: '', text: data.join('\n\n').trim() }] };
  const colon = /^([^\n:]{8,400}):\s*([\s\S]+)$/.exec(message.trim());
  const leads = colon?.[1] !== undefined && IMPERATIVE.test(colon[1]);
  if (!leads || !findLabels(colon[1] ?? '')) {
    const opening = cutOpening(message.trim());
    if (opening) return opening;
  }
  if (leads && colon[2]) return { instructions: `${colon[1]}: …`, data: [{ name: '', text: colon[2].trim() }] };
  return { instructions: message, data: [{ name: '', text: message.trim() }] };
}

/** A prompt that asks for a line for each item, and the list that ends the message. */
function cutListed(message: string): SplitMessage | undefined {
  if (!asksForEachItem(message)) return undefined;
  const blocks = message.split(/\n/);
  const asked = blocks.findLastIndex((line) => asksForEachItem(line) && !/^\s*(?:\[|\(|#)/.test(line));
  const first = blocks.findIndex((line, place) => place > asked && startsAnItem(line));
  if (first < 0 || findItems(blocks.slice(first).join('\n')).length < 2) return undefined;
  const before = blocks.slice(0, first);
  const from = rulesEnd(blocks, first);
  const rest = blocks.slice(from).join('\n');
  const trailer = TRAILER.exec(rest);
  const end = trailer ? trailer.index : rest.length;
  return {
    instructions: `${[...before, ...blocks.slice(first, from)].join('\n')}\n…${rest.slice(end)}`.trim(),
    data: [{ name: '', text: rest.slice(0, end).trim() }],
  };
}

/** Where the items start when rules in the same form stand before them: behind the last heading that a list follows, else at the first item. */
function rulesEnd(lines: readonly string[], first: number): number {
  for (let place = Math.min(lines.length - 1, first + 60); place > first; place--) {
    const heading = /^\s*(?:#+\s*)?[\p{L}][^\n.]{0,60}:\s*$/u.test(lines[place] ?? '');
    const list = lines.slice(place + 1).findIndex((line) => line.trim() !== '');
    if (heading && list >= 0 && startsAnItem(lines[place + 1 + list] ?? '') && findItems(lines.slice(place + 1).join('\n')).length >= 2)
      return place + 1;
  }
  return first;
}

/** The opening that tells what to do and names the labels, by paragraphs, lines or sentences; a question before the order belongs to it. */
function cutOpening(message: string): SplitMessage | undefined {
  for (const end of [/\n\s*\n/g, /\n/g, /(?<=[.!?])[^\S\n]+/g]) {
    let from = 0;
    let count = 0;
    let ordered = false;
    for (const match of message.matchAll(end)) {
      if (count++ >= 6 || match.index > 1500) break;
      const opening = message.slice(0, match.index);
      ordered ||= sentencesOf(message.slice(from, match.index)).some((sentence) => IMPERATIVE.test(sentence));
      from = match.index + match[0].length;
      const rest = message.slice(from).trimStart();
      if (!ordered || IMPERATIVE.test(rest)) continue;
      const labels = findLabels(opening);
      if (!labels || labels.some(({ name }) => rest.startsWith(name) && /^\s*[:=)–-]/.test(rest.slice(name.length)))) continue;
      return { instructions: opening, data: [{ name: '', text: message.slice(from).trim() }] };
    }
  }
  return undefined;
}

function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.!?])\s+|\n/).map((sentence) => sentence.trim());
}

/** Whether a text by itself tells a task, rather than who the model is and how it speaks. */
export function tellsTask(text: string): boolean {
  return (
    /json|\n[ \t]*[-*•]\s/i.test(text) ||
    text.split(/\n|(?<=[.!?])\s+/).some((part) => /^(?!you are\b)/i.test(part.trim()) && IMPERATIVE.test(part.trim())) ||
    TASK.test(text)
  );
}

const TASK =
  /\b(?:classif|categori|extract|summari|label|triage|translat|route|sort|rate\b|detect)|klassifiz|fass|zusammen|ordn|extrah|classe|résum|extrai|clasific|resum|riassum|classific|samenvat|streszcz/i;
