import { findRows } from '../extract/rows.ts';
import { findSentences, leadingClause } from '../extract/sentences.ts';
import type { ModelTraits } from '../models.ts';
import { gumbel, type Random } from '../random.ts';
import type { LengthLimits } from '../reading/lengthLimits.ts';

/** What a summary is made under. */
export interface SummaryStyle {
  readonly limits: LengthLimits;
  readonly traits: ModelTraits;
  readonly temperature: number;
  readonly random: Random;
  /** Sentences when nothing else is asked. */
  readonly defaultSentences: number;
}

/**
 * A summary by leading sentences, cut to the limits asked for. A text that is a list of items with ids becomes each item's leading
 * clause with its id, in order, up to the model's capacity: a long list honestly loses its tail. With temperature a draw may end
 * on the first clause instead of the whole sentence.
 */
export function summarise(text: string, style: SummaryStyle): string {
  const { limits, traits } = style;
  const rows = findRows(text).filter((row) => row.id !== '');
  if (rows.length >= 3 && limits.sentences > 2 && limits.words > 40) {
    const lines = rows.slice(0, traits.listCapacity).map((row) => `- [${row.id}] ${leadingClause(findSentences(row.text)[0] ?? row.text)}`);
    return trimText(lines.join('\n'), { ...limits, sentences: Number.POSITIVE_INFINITY });
  }
  const sentences = findSentences(text);
  const wanted = Math.min(limits.sentences, style.defaultSentences + traits.extraSentences);
  const chosen = sentences.slice(0, wanted);
  const last = chosen.at(-1);
  if (last !== undefined && style.temperature > 0 && gumbel(style.random) * style.temperature > 1.6) {
    const clause = leadingClause(last);
    chosen[chosen.length - 1] = /[.!?]$/.test(clause) ? clause : `${clause}.`;
  }
  const summary = chosen.join(' ') || text.replace(/\s+/g, ' ').trim();
  return trimText(summary.charAt(0).toUpperCase() + summary.slice(1), limits);
}

/** Cuts a text to its limits at a word's end. */
export function trimText(text: string, limits: LengthLimits): string {
  let result = text;
  const words = result.split(/(?<=\S)(?=\s)/);
  if (words.length > limits.words)
    result = words
      .slice(0, limits.words)
      .join('')
      .replace(/[\s,;:–—-]+$/, '');
  if (result.length > limits.characters) {
    const cut = result.slice(0, limits.characters);
    const space = cut.lastIndexOf(' ');
    result = (space > limits.characters / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:–—-]+$/, '').replace(/[\ud800-\udbff]$/, '');
  }
  return result;
}
