import type { Label } from '../language/labelScores.ts';
import { fold } from '../language/words.ts';
import { isAbsence, isFormatWord } from './formatWords.ts';
import { saidLabels } from './saidLabels.ts';

/**
 * The labels a piece of instruction text offers, or undefined. In order of trust: bullets with definitions (`- billing: invoices`),
 * `one of: a, b, c` and its kin in six languages, `a | b | c`, quoted words, words to say (`yes or no`).
 */
export function findLabels(text: string): readonly Label[] | undefined {
  return bullets(text) ?? enumeration(text) ?? tagged(text) ?? piped(text) ?? quotedWords(text) ?? toLabels(saidLabels(text) ?? []);
}

/**
 * The labels of a short text that is about one value, such as a field's description. Only a clear enumeration counts: `one of: a, b`,
 * `either a or b`, `a | b`, quoted values. Words of format and of absence (YYYY-MM-DD, an empty string, null) are no labels, nor are
 * things described ("either the name or an address").
 */
export function findLabelsInline(text: string): readonly Label[] | undefined {
  const found = enumeration(text, true) ?? piped(text) ?? quotedWords(text) ?? quotedList(text);
  const values = found?.filter(({ name }) => !isFormatWord(name));
  if (!found || !values || values.length < 2 || values.some(({ name }) => DESCRIBED.test(name))) return undefined;
  // A list that names "none" beside two other values means it as one of them.
  return values.length === found.length
    ? found
    : found.filter((label) => values.includes(label) || (/^none$/i.test(label.name) && isAbsence(label.name)));
}

/** The start of a noun phrase that describes a value instead of being one. */
const DESCRIBED =
  /^(?:an?|the|its?|their|your|any|some|whichever|whatever|eine?[nmrs]?|der|die|das|une?|les?|la|el|los|una|uno|het|een|il|lo|gli)\s/iu;

/** What a text says about known labels: a bullet's or parenthesis' gloss, else the sentences that name exactly that label. */
export function describeLabels(names: readonly string[], texts: readonly string[]): readonly string[] {
  const folded = names.map(fold);
  const lines = texts.flatMap((text) => text.split(/\n|(?<=[.;!?])\s+/)).filter((line) => line.trim() !== '');
  const foldedLines = lines.map(fold);
  return folded.map((name) => {
    const found: string[] = [];
    const word = new RegExp(`(?<![\\p{L}\\p{N}_])${escapePattern(name)}(?![\\p{L}\\p{N}_])`, 'u');
    const others = folded
      .filter((other) => other !== name)
      .map((other) => new RegExp(`(?<![\\p{L}\\p{N}_])${escapePattern(other)}(?![\\p{L}\\p{N}_])`, 'u'));
    for (const line of foldedLines) {
      const at = word.exec(line);
      if (!at) continue;
      const rest = line.slice(at.index + at[0].length);
      const gloss = GLOSS.exec(rest);
      if (gloss && !(gloss[0].startsWith(',') || gloss[0] === '')) {
        let text = gloss[1] ?? gloss[2] ?? '';
        for (const other of others) {
          const next = other.exec(text);
          if (next && GLOSS.test(text.slice(next.index + next[0].length))) text = text.slice(0, next.index);
        }
        found.push(text);
      } else if (!others.some((other) => other.test(line))) found.push(line.replace(at[0], ' '));
    }
    return found.join('. ').slice(0, 600);
  });
}

const GLOSS = /^["'`*_\])]*\s*(?:\(([^)]{3,300})\)|(?::|=|–|—|->|→|\s-\s|\bif\b|\bwhen\b|\bfor\b|\bwenn\b|\bsi\b)\s*(.{3,400}))/u;
const BULLET =
  /^[ \t]*(?:[-*•–]|\d{1,2}[.)])[ \t]+(?:\*\*|__|`|["'“„«])?([^\n:`*"“”»(]{1,60}?)(?:\*\*|__|`|["'”»])?[ \t]*(?:(?::|–|—|=|->|→|[ \t]-[ \t])(?:\*\*)?[ \t]*(\S[^\n]*)|\(([^)\n]+)\)[^\n]*)?[ \t]*$/gm;
const LEADS =
  /(?<!\p{L})(?:one of(?: the following| these| those)?(?: (?:two|three|four|five|\d))?(?: (?:categories|labels|teams|values|classes|options|intents|topics|departments|queues|words|terms|answers|letters))?|exactly one(?: label)? (?:of|from)|either|choose (?:from|between)|pick (?:one )?(?:of|from)|(?:categor(?:y|ies)|labels?|classes|options|values|teams|intents|topics|departments|queues|choices|allowed values|possible values)(?: are| is)?|into(?: one of)?|as(?: either| one of)?|eine?(?:r|s|m|n)? (?:von|der folgenden|dieser)(?: \p{L}+)?|kategorien|l[’']une? des?(?: \p{L}+)?|parmi|catégories|una de(?: \p{L}+)?|entre|categorías|een van(?: \p{L}+)?|categorieën|una tra|uno tra|categorie)\s*(?::|\(|\[|\{)?\s*/giu;
const NAME = /^["'“”„«»`*]{0,2}[\p{L}\p{N}][\p{L}\p{N}&/_+ -]*["'“”«»`*]{0,2}\s*(?:\([^()]*\))?$/u;
const TAIL = /\s(?:based|for|and|depending|according|that|which|by|in|with|to|if|when|only|und|et|y|en|e|je nach|selon|según|,)\s.*$/iu;
const SEPARATOR = /\s*(?:[,;|]|\s(?:or|oder|ou|o)\s)\s*(?:(?:or|and|oder|und|ou|et|o|y|of|en|e)\s+)?/iu;
const DUTCH_SEPARATOR = /\s*(?:[,;|]|\sof\s)\s*(?:(?:of|en)\s+)?/iu;

function bullets(text: string): readonly Label[] | undefined {
  const blocks: Label[][] = [];
  let last = -10;
  for (const match of text.matchAll(BULLET)) {
    const name = (match[1] ?? '').trim();
    const line = text.slice(0, match.index).split('\n').length;
    if (name === '' || name.split(/\s+/).length > 4) {
      last = -10;
      continue;
    }
    const label = { name, description: (match[2] ?? match[3] ?? '').trim() };
    if (line === last + 1) blocks.at(-1)?.push(label);
    else blocks.push([label]);
    last = line;
  }
  const fitting = blocks.filter((block) => block.length >= 2);
  return fitting.find((block) => block.every((label) => label.description !== '')) ?? fitting[0];
}

function enumeration(text: string, strict = false): readonly Label[] | undefined {
  for (const lead of text.matchAll(LEADS)) {
    if (strict && /^(?:as|into|entre)\b/i.test(lead[0]) && !/one of/i.test(lead[0])) continue;
    const list = clauseAt(text, lead.index + lead[0].length);
    const labels = toLabels(fitting(splitList(list, /een van|categorieën/i.test(lead[0]) ? DUTCH_SEPARATOR : SEPARATOR)));
    const marked =
      /[:([{]\s*$/.test(lead[0]) ||
      /one of|exactly one|either|choose|pick|eine|parmi|una? (?:de|tra)|een van/i.test(lead[0]) ||
      (!strict && /\s(?:or|oder|ou)\s/.test(list));
    if (labels && marked) return labels;
  }
  return undefined;
}

/** Quoted values that follow each other: `"low", "high" or "none"`. */
function quotedList(text: string): readonly Label[] | undefined {
  const list =
    /(?:["“„«`'][^"“”„«»`'\n]{1,40}["”“»`'])(?:\s*(?:,|\/|;|,?\s(?:or|oder|ou|o|of|and|und|et|y))\s*(?:or\s+|oder\s+|ou\s+)?["“„«`'][^"“”„«»`'\n]{1,40}["”“»`'])+/iu.exec(
      text,
    )?.[0];
  return list === undefined
    ? undefined
    : toLabels([...list.matchAll(/["“„«`']([^"“”„«»`'\n]{1,40})["”“»`']/gu)].map((quote) => quote[1] ?? ''));
}

function tagged(text: string): readonly Label[] | undefined {
  const names = [
    ...text.matchAll(/<(label|category|class|option|name)>\s*([^<>\n]{1,60}?)\s*<\/\1>(?:\s*<\w+>\s*([^<]{3,500}?)\s*<\/\w+>)?/gi),
  ];
  return names.length >= 2 ? names.map((match) => ({ name: match[2] ?? '', description: match[3] ?? '' })) : undefined;
}

function piped(text: string): readonly Label[] | undefined {
  for (const match of text.matchAll(/["'`]?[\p{L}\p{N}_-]{1,40}["'`]?(?:\s*[|]\s*["'`]?[\p{L}\p{N}_-]{1,40}["'`]?)+/gu)) {
    const labels = toLabels(match[0].split('|'));
    if (labels) return labels;
  }
  return undefined;
}

function quotedWords(text: string): readonly Label[] | undefined {
  const lead =
    /\b(?:classif\w+|categori\w+|answer|reply|respond|return|output|label|say|write|antworte?\w*|klassifizier\w+|répond\w*|respond\w+|rispond\w+|antwoord\w*)\b[^\n]*/giu;
  for (const match of text.matchAll(lead)) {
    const names = [...match[0].matchAll(/["“„«'`]([^"”“»'`\n]{1,40})["”“»'`]/gu)].map((quote) => quote[1] ?? '');
    const labels = toLabels(names);
    if (labels) return labels;
  }
  return undefined;
}

/** The text from a place to the end of its clause: a full stop, a line's end or the bracket that closes one opened before. */
function clauseAt(text: string, from: number): string {
  let depth = 0;
  let at = from;
  for (; at < text.length && at - from < 600; at++) {
    const character = text[at] ?? '';
    if (
      character === '\n' ||
      (character === '.' && !/[\p{L}\p{N}]/u.test(text[at + 1] ?? '')) ||
      character === '?' ||
      character === '!' ||
      character === ':'
    )
      break;
    if (character === '(' || character === '[' || character === '{') depth++;
    else if ((character === ')' || character === ']' || character === '}') && --depth < 0) break;
  }
  return text.slice(from, at);
}

/** The leading parts that can be names; the last may trail off into the sentence. */
function fitting(parts: readonly string[]): readonly string[] {
  const names: string[] = [];
  for (const [place, part] of parts.entries()) {
    const quoted = /^\s*["'“„«`]([^"'”“»`]{1,40})["'”“»`]/u.exec(part)?.[1];
    const name = quoted ?? (place === parts.length - 1 ? ` ${part}`.replace(TAIL, '') : part).trim();
    if (!NAME.test(name) || name.replace(/\(.*$/, '').split(/\s+/).length > 4) break;
    names.push(name);
  }
  return names;
}

function splitList(list: string, separator: RegExp): readonly string[] {
  const glossed = list.replace(/\([^()]*\)/g, (gloss) =>
    gloss.replace(/[,;|]/g, '\u0001').replace(/\s(or|oder|ou|o|of)\s/g, '\u0002$1\u0002'),
  );
  return glossed.split(separator).map((part) => part.replaceAll('\u0001', ',').replaceAll('\u0002', ' '));
}

function toLabels(parts: readonly string[]): readonly Label[] | undefined {
  const labels: Label[] = [];
  for (const part of parts) {
    const gloss = /^(.*?)\s*\(([^()]*)\)/u.exec(part);
    const name = (gloss?.[1] ?? part).replace(/^[\s"'“”„«»`*]+|[\s"'“”«»`*.]+$/gu, '');
    if (name === '' || name.length > 40 || name.split(/\s+/).length > 4) return undefined;
    if (!labels.some((label) => label.name === name)) labels.push({ name, description: gloss?.[2] ?? '' });
  }
  return labels.length >= 2 ? labels : undefined;
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
